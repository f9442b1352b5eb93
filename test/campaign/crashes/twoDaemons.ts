import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../processes/eventually.ts';
import type { NodeProcess } from '../../processes/nodeProcess.ts';
import type { Random } from '../random.ts';
import type { Edits } from './edits.ts';
import type { Ledger } from './ledger.ts';
import type { Site } from './site.ts';

const SAYS_IT_RUNS = '"PlexSync runs"';

/**
 * Several daemons are started at once on one data folder: one works and the others wait, until the one that works is
 * killed. At no time do two work.
 */
export async function startSeveral(
  parts: { readonly site: Site; readonly edits: Edits; readonly random: Random; readonly ledger: Ledger },
  step: string,
): Promise<void> {
  const { site, edits, random, ledger } = parts;
  site.blind();
  const alive = new Set(Array.from({ length: random.integer(2, 4) }, () => site.command('serve')));
  ledger.count('daemons started at once', alive.size);
  for (let worked = 0; alive.size > 1 && worked < 2; worked++) {
    const running = await eventually(() => {
      const [first, ...others] = [...alive].filter(({ stderr }) => stderr.includes(SAYS_IT_RUNS));
      if (first === undefined) throw new Error('none of them runs');
      if (others.length > 0) site.broke(step, 'two daemons work on one data folder');
      return first;
    });
    edits.several(4);
    await delay(random.integer(0, 300));
    await end(running, alive);
    site.afterEnd(running, step);
    ledger.count('kills of the daemon that held the folder');
  }
  for (const daemon of alive) await end(daemon, alive);
  site.examine(step);
}

async function end(daemon: NodeProcess, alive: Set<NodeProcess>): Promise<void> {
  daemon.signal('SIGKILL');
  await daemon.ended;
  alive.delete(daemon);
}
