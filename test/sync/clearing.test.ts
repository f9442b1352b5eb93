import { expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import { comparePages, itemAt, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

const counts = async (world: World) => (await world.operations.status()).queue;

/** Scene 1 has a dead letter: its file is not in Plex. */
async function openWithDeadLetter(): Promise<World> {
  const world = await open({ settings: { max_retries: 1 } });
  world.plex.library.removeItem(world.itemKey(1));
  await world.edit(1, { title: 'Lost' });
  await settle(world);
  expect((await counts(world)).deadByClass).toEqual({ 'no-match': 1 });
  return world;
}

test('a dead letter that was cleared is found again by a full sync', async () => {
  const world = await openWithDeadLetter();
  expect(await world.operations.clearDead({ kind: 'class', class: 'rejected' })).toEqual({ cleared: 0 });
  expect(await world.operations.clearDead({ kind: 'all' })).toEqual({ cleared: 1 });
  expect(await counts(world)).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  expect((await counts(world)).deadByClass).toEqual({ 'no-match': 1 });
});

test('a dead letter that was cleared is synced by a full sync once its file is in Plex', async () => {
  const world = await openWithDeadLetter();
  await world.operations.clearDead({ kind: 'all' });
  const [sample] = world.samples;
  world.plex.library.addItem('1', {
    files: [{ path: sample?.plexPath ?? '', size: sample?.size ?? 0, durationMs: sample?.durationMs ?? 0 }],
  });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Lost');
  expect(await counts(world)).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
});

test('what was dropped from the queue is found again by a full sync', async () => {
  const world = await open({ files: 5 });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  for (const number of [2, 4]) await world.edit(number, { title: `Dropped ${number}` });
  expect(await world.operations.clearQueue()).toEqual({ cleared: 2 });
  await settle(world);
  expect(itemAt(world, 2).title).not.toBe('Dropped 2');
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  expect([2, 4].map((number) => itemAt(world, number).title)).toEqual(['Dropped 2', 'Dropped 4']);
});

test('a sync of all scenes that is under way ends when the queue is cleared', async () => {
  const world = await open({ files: 1_250 });
  await world.operations.sync({ kind: 'all' });
  await comparePages(world, 2);
  expect((await world.operations.clearQueue()).cleared).toBeGreaterThan(999);
  expect(await counts(world)).toMatchObject({ pending: 0, running: 0, waiting: 0 });
});
