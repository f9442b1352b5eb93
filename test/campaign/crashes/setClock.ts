import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Edits } from './edits.ts';
import type { Ledger } from './ledger.ts';
import { runs, type Site } from './site.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUMPS_MS = [-400 * DAY_MS, -DAY_MS, -HOUR_MS, -90_000, 0, 90_000, HOUR_MS, DAY_MS, 400 * DAY_MS];

/** The clock is set back and forth under a daemon that runs, and between two of them. */
export async function setClock(
  parts: { readonly site: Site; readonly edits: Edits; readonly random: Random; readonly ledger: Ledger },
  step: string,
): Promise<void> {
  const { site, edits, random, ledger } = parts;
  site.blind();
  const clockFile = path.join(site.servers.folder, 'clock');
  const set = (ms: number): void => {
    // Whole or not there, since it is read at any time.
    writeFileSync(`${clockFile}.new`, String(ms));
    renameSync(`${clockFile}.new`, clockFile);
    ledger.count('times the clock was set');
  };
  set(random.pick(JUMPS_MS));
  const daemon = site.killable({ clockFile });
  await runs(daemon);
  for (let jumps = random.integer(1, 3); jumps > 0; jumps--) {
    edits.several(3);
    await delay(random.integer(0, 200));
    set(random.pick(JUMPS_MS));
  }
  if (random.isChance(0.5)) {
    await site.settle(`${step}, set while it ran`, daemon);
    await site.end(daemon, step);
    return;
  }
  await site.kill(daemon, step);
  ledger.count('kills of the daemon at any moment');
  // The next one has the machine's clock.
}
