import { mkdirSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Edits } from './edits.ts';
import type { Ledger } from './ledger.ts';
import type { Site } from './site.ts';

interface LostEndsParts {
  readonly site: Site;
  readonly edits: Edits;
  readonly random: Random;
  readonly ledger: Ledger;
}

const LONGEST_LIFE_MS = 600;

/**
 * After a kill the ends of the newest files are gone, as when the power fails and the disk had not written what it said
 * it had: the log of the database is cut anywhere, events are cut or gone. What they told is found by the poll.
 *
 * Commits are synced, so that a disk that keeps its word loses none. One that does not may lose that a tag in Plex came
 * from PlexSync: such a tag counts as a person's and stays (counted below), since nothing of a person's is taken away
 * in doubt.
 */
export async function loseEnds(parts: LostEndsParts, step: string): Promise<void> {
  const { site, edits, random, ledger } = parts;
  site.see();
  // Else it would mostly die before it has written anything.
  const daemon = random.isChance(0.8) ? await site.daemon() : site.command('serve');
  const count = random.integer(2, 6);
  const lifeMs = random.integer(0, LONGEST_LIFE_MS);
  for (let each = 0; each < count; each++) {
    edits.told();
    await delay(lifeMs / count);
  }
  await site.kill(daemon, step);
  for (let late = random.integer(0, 4); late > 0; late--) edits.told();
  cutLog(parts);
  cutInbox(parts);
  site.examine(step);

  ledger.count('power cuts');
  await site.end(await site.settle(step), step);
}

function cutLog({ site, random, ledger }: LostEndsParts): void {
  const log = path.join(site.dataDir, 'plexsync.db-wal');
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const kept = random.integer(0, size);
  truncateSync(log, kept);
  ledger.count('bytes cut off the log', size - kept);
}

function cutInbox({ site, random, ledger }: LostEndsParts): void {
  const { inboxDir } = site.servers;
  mkdirSync(inboxDir, { recursive: true });
  for (const name of readdirSync(inboxDir).filter((each) => each.startsWith('v1-'))) {
    const file = path.join(inboxDir, name);
    const isGone = random.isChance(0.5);
    if (isGone) rmSync(file);
    else truncateSync(file, random.integer(0, statSync(file).size - 1));
    ledger.count('events cut or gone');
  }
}
