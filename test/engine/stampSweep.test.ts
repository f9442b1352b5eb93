import { afterEach, expect, test } from 'vitest';
import { openSynced, titlesIn } from '../faults/syncedWorld.ts';
import { openWorld, type World } from '../world/world.ts';

const POLL_MS = 30_000;

let world: World;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

async function pollAndWork(): Promise<void> {
  world.clock.advance(POLL_MS);
  expect(await world.engine.poll()).toMatchObject({ ok: true });
  await world.work();
}

async function openQuiet(files: number): Promise<World> {
  world = await openSynced({ files });
  for (let round = 0; round < 4; round++) await pollAndWork();
  return world;
}

/** As an import does: another title under a stamp of long ago, below all that polls look at. */
function importOld(number: number, title: string): void {
  world.stash.library.scenes.update(world.scene(number), { title, updatedAt: '2020-01-01T00:00:00Z' });
}

const arrived = (title: string): boolean => titlesIn(world).includes(title);

test('after a task of Stash changes are found that no poll looks at', async () => {
  await openQuiet(250);
  importOld(7, 'Imported');
  await pollAndWork();
  expect(arrived('Imported')).toBe(false);
  world.engine.stampSweep.ask();
  await pollAndWork();
  expect(arrived('Imported')).toBe(true);
});

test('scenes that a clean or a merge took away in silence are noticed', async () => {
  await openQuiet(5);
  for (const number of [2, 5]) world.stash.library.scenes.delete(number);
  world.engine.stampSweep.ask();
  await pollAndWork();
  const known = await world.engine.store.scenes.seenBetween({ after: null, upTo: null });
  expect([...known.keys()]).toEqual(['1', '3', '4']);
});

test('it goes through thousands page by page, and queues nothing when nothing changed', async () => {
  await openQuiet(2_300);
  importOld(1_500, 'Imported');
  world.stash.library.scenes.delete(2_300);
  world.engine.stampSweep.ask();
  const before = world.stash.log.requests.length;
  world.clock.advance(POLL_MS);
  await world.engine.poll();
  expect(await world.operations.status()).toMatchObject({ queue: { pending: 2 } });
  const pages = world.stash.log.requests
    .slice(before)
    .filter(({ variables }) => JSON.stringify(variables).includes('"sort":"id"'));
  expect(pages).toHaveLength(3);
  await world.work();
  world.clock.advance(60_000);
  world.engine.stampSweep.ask();
  await world.engine.poll();
  expect(await world.operations.status()).toMatchObject({ queue: { pending: 0 } });
});

test('it is done once when asked for, at most once a minute, and again after it failed', async () => {
  await openQuiet(3);
  const sweeps = async (ms: number): Promise<number> => {
    world.clock.advance(ms);
    const before = world.stash.log.requests.length;
    await world.engine.poll();
    const meanwhile = world.stash.log.requests.slice(before);
    return meanwhile.filter(({ variables }) => JSON.stringify(variables).includes('"sort":"id"')).length;
  };
  expect(await sweeps(POLL_MS)).toBe(0);
  world.engine.stampSweep.ask();
  expect(await sweeps(POLL_MS)).toBe(1);
  world.engine.stampSweep.ask();
  expect(await sweeps(POLL_MS)).toBe(0);
  expect(await sweeps(POLL_MS)).toBe(1);
  expect(await sweeps(60_000)).toBe(0);
  world.engine.stampSweep.ask();
  world.stash.faults.add({ fault: 'busy', times: 1, matching: '{ scenes { id updated_at' });
  expect((await sweeps(POLL_MS)) + (await sweeps(POLL_MS)) + (await sweeps(POLL_MS))).toBe(1);
});

test('scenes that were there before PlexSync came are no changes for it either', async () => {
  world = await openWorld({ files: 20 });
  await world.engine.poll();
  world.engine.stampSweep.ask();
  await pollAndWork();
  const { details, edits } = world.plex.log.counts();
  expect([details, edits]).toEqual([0, 0]);
});
