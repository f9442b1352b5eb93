import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { World } from '../world/world.ts';
import { itemAt, messagesOf, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const DAY_MS = 24 * 3_600_000;
const FILES = 100;

async function openInStep(files = FILES): Promise<World> {
  const world = await open({ files });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  await world.engine.poll();
  await settle(world);
  return world;
}

/** Destroyed in Stash, and each told of by its hook. */
async function destroy(world: World, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number++) {
    world.stash.library.scenes.delete(number);
    await world.trigger(number);
  }
  await settle(world);
}

const links = async (world: World): Promise<number> => (await world.operations.status()).links;
const warnings = async (world: World): Promise<readonly string[]> =>
  (await world.operations.status()).warnings;

async function passDays(world: World, days: number): Promise<void> {
  world.clock.advance(days * DAY_MS);
  await world.engine.poll();
}

test('a scene destroyed leaves its item as it is; link and base go after 30 days', async () => {
  const world = await openInStep(3);
  const before = itemAt(world, 2);
  const requests = await requestsDuring(world, () => destroy(world, 2, 2));
  expect(requests.filter(({ kind }) => kind === 'edits')).toEqual([]);
  expect(itemAt(world, 2)).toEqual(before);
  await passDays(world, 29);
  expect(await links(world)).toBe(3);
  await passDays(world, 1.1);
  expect(await links(world)).toBe(2);
  expect(itemAt(world, 2)).toEqual(before);
  expect(await warnings(world)).toEqual([]);
});

test('a scene that comes back within that time is as before', async () => {
  const world = await openInStep(3);
  // As a restored backup of Stash brings it.
  await world.engine.store.destroyed.note([sceneId('2')], world.clock.now());
  await passDays(world, 29);
  await world.edit(2, { title: 'Back again' });
  await settle(world);
  await passDays(world, 29);
  expect(await links(world)).toBe(3);
  expect(itemAt(world, 2).title).toBe('Back again');
});

test('many at once are told, and kept until a person says that it was meant', async () => {
  const world = await openInStep();
  await destroy(world, 1, 11);
  expect(await warnings(world)).toEqual([expect.stringMatching(/^11 scenes that Plex shows were destroyed/)]);
  expect(messagesOf(world, 'warn')).toHaveLength(1);
  await destroy(world, 12, 20);
  expect(await warnings(world)).toEqual([expect.stringMatching(/^20 scenes/)]);
  expect(messagesOf(world, 'warn')).toHaveLength(1);
  await world.restart();
  await passDays(world, 40);
  expect(await links(world)).toBe(FILES);
  expect(await world.operations.resume()).toEqual({ wasStopped: false, destroyedAccepted: 20 });
  expect(await warnings(world)).toEqual([]);
  await world.engine.poll();
  expect(await links(world)).toBe(FILES - 20);
});

test('the others are synced meanwhile, and what was accepted is not asked about again', async () => {
  const world = await openInStep();
  await destroy(world, 1, 11);
  await world.edit(50, { title: 'Meanwhile' });
  await settle(world);
  expect(itemAt(world, 50).title).toBe('Meanwhile');
  await world.operations.resume();
  await destroy(world, 12, 12);
  expect(await warnings(world)).toEqual([]);
});

test.each([
  ['nine, though they are most of all', 12, 9],
  ['a tenth of all', 100, 10],
])('%s are everyday work', async (_, files, destroyed) => {
  const world = await openInStep(files);
  await destroy(world, 1, destroyed);
  expect(await warnings(world)).toEqual([]);
});

test('ones and twos over days do not add up', async () => {
  const world = await openInStep(30);
  for (let number = 1; number <= 15; number++) {
    await destroy(world, number, number);
    world.clock.advance(600_000);
  }
  expect(await warnings(world)).toEqual([]);
});

test('the warning ends when the scenes are back', async () => {
  const world = await openInStep();
  await destroy(world, 1, 11);
  await world.engine.store.destroyed.takeBack(
    Array.from({ length: 11 }, (_, index) => sceneId(String(index + 1))),
  );
  expect(await warnings(world)).toEqual([]);
  await destroy(world, 12, 12);
  await passDays(world, 31);
  expect(await links(world)).toBe(FILES - 1);
});
