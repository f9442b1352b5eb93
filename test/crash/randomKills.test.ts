import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type BothServers, numbersTo, openBothServers } from '../processes/bothServers.ts';
import { startNode } from '../processes/childProcess.ts';
import { eventually } from '../processes/eventually.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { MAIN } from '../processes/mainScript.ts';
import { serve } from '../processes/plexsync.ts';
import { expectSoundDatabase, syncOnce } from './dataFolder.ts';

const KILLS = 25;
const FILES = 300;
const SEED = 20_261_124;
/** Long enough for a start, an intake and some batches. */
const LONGEST_LIFE_MS = 1_500;
/** In the middle of the kills comes a bulk edit of everything. */
const BULK_ROUND = 10;
const EDITS_A_ROUND = 8;

test(`${KILLS} kills at random moments of a stream of edits lose nothing`, { timeout: 300_000 }, async () => {
  const random = randomNumbers(SEED);
  const servers = await openBothServers({ files: FILES });
  titleAll(servers);
  await syncOnce(servers, numbersTo(FILES));
  // Only what hooks told and the database kept may bring an edit: the look for changes is blind.
  for (const matching of ['{ scenes { id updated_at', 'PlexSyncNewest']) {
    servers.stash.faults.add({ fault: 'busy', matching });
  }
  const tag = servers.stash.library.addTag({ name: 'In the bulk' });

  for (let round = 0; round < KILLS; round++) {
    const daemon = startNode([MAIN, 'serve'], { env: servers.env, cwd: servers.folder });
    if (round === BULK_ROUND) {
      for (const number of numbersTo(FILES)) edit(servers, number, { tagIds: [tag.id] });
    }
    // What is random here is the moment, so that this is a time and no condition.
    const lifeMs = random() * LONGEST_LIFE_MS;
    for (let each = 0; each < EDITS_A_ROUND; each++) {
      const number = 1 + Math.floor(random() * FILES);
      const isTagged = random() < 0.5;
      edit(servers, number, { title: `Round ${round}.${each}`, tagIds: isTagged ? [tag.id] : [] });
      await delay(lifeMs / EDITS_A_ROUND);
    }
    daemon.signal('SIGKILL');
    expect(await daemon.ended).toEqual({ code: null, signal: 'SIGKILL' });
  }

  const last = await serve({ env: servers.env, cwd: servers.folder });
  await eventually(() => expect(servers.differences(numbersTo(FILES)).slice(0, 3)).toEqual([]));
  for (const number of numbersTo(FILES)) edit(servers, number, { tagIds: [] });
  await eventually(() => expect(servers.differences(numbersTo(FILES)).slice(0, 3)).toEqual([]));
  servers.plex.log.assertHarmless();
  last.signal('SIGTERM');
  expect(await last.ended).toEqual({ code: 0, signal: null });
  await expectSoundDatabase(servers);
});

function titleAll({ stash, scene }: BothServers): void {
  for (const number of numbersTo(FILES)) stash.library.editScene(scene(number), { title: `Scene ${number}` });
}

function edit(
  { stash, scene, inboxDir }: BothServers,
  number: number,
  change: { readonly title?: string; readonly tagIds: readonly number[] },
): void {
  stash.library.editScene(scene(number), change);
  leaveHookEvent(inboxDir, { type: 'Scene.Update.Post', id: scene(number).id });
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
