import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { comparePages, itemAt, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const HOUR_MS = 3_600_000;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

test('sync of named scenes syncs just those', async () => {
  const world = await open({ files: 5 });
  for (const number of numbers(5))
    world.stash.library.editScene(world.scene(number), { title: `T${number}` });
  expect(await world.operations.sync({ kind: 'scenes', scenes: ['2', '4'].map(sceneId) })).toMatchObject({
    ok: true,
    value: { added: 2, coalesced: 0 },
  });
  await settle(world);
  expect(numbers(5).filter((number) => itemAt(world, number).title === `T${number}`)).toEqual([2, 4]);
});

test('sync and plan of a scene that Stash does not have say so; it is done without a word in Plex', async () => {
  const world = await open();
  const scenes = ['1', '999'].map(sceneId);
  expect(await world.operations.sync({ kind: 'scenes', scenes })).toMatchObject({
    value: { missing: ['999'] },
  });
  expect(await world.operations.plan(scenes)).toMatchObject({
    value: [
      { failure: null },
      {
        failure: {
          message: 'Stash has no scene 999.',
          advice: expect.stringContaining('address of the scene'),
        },
      },
    ],
  });
  await settle(world);
  const { queue } = await world.operations.status();
  expect(queue).toMatchObject({ pending: 0, running: 0, waiting: 0, dead: 0 });
});

test.each(['+00:00', '-05:00', '+05:30'])(
  'sync --recent takes what changed within the time given, with Stash in the zone %s',
  async (zone) => {
    const world = await open({ files: 450, stash: { zone } });
    world.clock.advance(48 * HOUR_MS);
    for (const number of [7, 400]) world.stash.library.editScene(world.scene(number), { title: 'Yesterday' });
    world.clock.advance(20 * HOUR_MS);
    for (const number of numbers(210)) {
      if (number !== 7) world.stash.library.editScene(world.scene(number), { title: `Today ${number}` });
    }
    world.clock.advance(3 * HOUR_MS);
    expect(await world.operations.sync({ kind: 'recent', sinceMs: 4 * HOUR_MS })).toMatchObject({
      value: { added: 209 },
    });
    await settle(world);
    expect(itemAt(world, 210).title).toBe('Today 210');
    expect(itemAt(world, 400).title).not.toBe('Yesterday');
    expect(await world.operations.sync({ kind: 'recent', sinceMs: 24 * HOUR_MS })).toMatchObject({
      value: { added: 211 },
    });
    await settle(world);
    expect(itemAt(world, 400).title).toBe('Yesterday');
  },
);

test('sync --all reaches every scene, page by page, also while some are deleted', async () => {
  const world = await open({ files: 1_250 });
  for (const number of numbers(1_250)) {
    world.stash.library.editScene(world.scene(number), { title: `All ${number}` });
  }
  await world.operations.sync({ kind: 'all' });
  // Two pages are in the queue, and the rest is to come.
  await comparePages(world, 2);
  expect((await world.operations.status()).queue.pending).toBeGreaterThan(999);
  for (const number of numbers(30)) world.stash.library.scenes.delete(number * 3);
  await settle(world);
  const missed = numbers(1_250).filter(
    (number) =>
      world.stash.library.scenes.get(number) !== undefined && itemAt(world, number).title !== `All ${number}`,
  );
  expect(missed).toEqual([]);
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, dead: 0 });
});

test('what is asked for is answered with the number of scenes that it is about', async () => {
  const world = await open({ files: 5 });
  const { operations } = world;
  expect(await operations.sync({ kind: 'scenes', scenes: ['2', '4'].map(sceneId) })).toMatchObject({
    value: { scenes: 2 },
  });
  expect(await operations.sync({ kind: 'recent', sinceMs: HOUR_MS })).toMatchObject({ value: { scenes: 5 } });
  expect(await operations.sync({ kind: 'all' })).toEqual({
    ok: true,
    value: { added: 1, coalesced: 0, scenes: 5 },
  });
});

test('with Stash away named scenes are queued, and nobody waits for long to hear whether they are there', async () => {
  const world = await open();
  await world.stash.close();
  const scenes = ['1', '999'].map(sceneId);
  expect(await world.operations.sync({ kind: 'scenes', scenes })).toEqual({
    ok: true,
    value: { added: 2, coalesced: 0, scenes: 2 },
  });
});

test('with Stash away all scenes are queued as well, only their number is not known', async () => {
  const world = await open();
  await world.stash.close();
  expect(await world.operations.sync({ kind: 'all' })).toMatchObject({ value: { added: 1, scenes: null } });
  expect(await world.operations.reconcile()).toMatchObject({
    value: { added: 0, coalesced: 1, scenes: null },
  });
});

test('sync --all goes on where it was when the process ends in the middle', async () => {
  const world = await open({ files: 1_250 });
  await world.operations.sync({ kind: 'all' });
  await comparePages(world, 1);
  await world.restart();
  await settle(world);
  const unwritten = numbers(1_250).filter((number) => !itemAt(world, number).locks.includes('studio'));
  expect(unwritten).toEqual([]);
});

test('a single edit goes before the rest of a sync --all', async () => {
  const world = await open({ files: 200 });
  await world.operations.sync({ kind: 'all' });
  await comparePages(world, 1);
  await world.engine.worker.tick();
  await world.edit(190, { title: 'Just now' });
  await world.engine.worker.tick();
  expect(itemAt(world, 190).title).toBe('Just now');
  expect((await world.operations.status()).queue.pending).toBeGreaterThanOrEqual(100);
});
