import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { World } from '../world/world.ts';
import { settle, worldOfEachTest } from './eachWorld.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const open = worldOfEachTest();

/** Each day everything is compared. */
async function days(world: World, count: number): Promise<void> {
  for (let day = 0; day < count; day++) {
    world.clock.advance(DAY_MS);
    await world.operations.reconcile();
    await settle(world);
  }
}

const linksOf = async (world: World, number: number) => {
  const id = sceneId(String(number));
  return (await world.engine.store.links.ofScenes([id])).get(id) ?? [];
};

test('a link whose item never comes back is forgotten with what was written there, others are not', async () => {
  const world = await open();
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  await days(world, 20);
  const [link] = await linksOf(world, 2);
  if (link === undefined) throw new Error('scene 2 was never linked');
  const basesLeft = async () => (await world.engine.store.links.bases([link])).size;
  expect(await basesLeft()).toBe(1);
  world.plex.library.removeItem(world.itemKey(2));
  await days(world, 30);
  expect([await linksOf(world, 2), await basesLeft()]).toEqual([[expect.anything()], 1]);
  await days(world, 16);
  expect([await linksOf(world, 2), await basesLeft()]).toEqual([[], 0]);
  expect([await linksOf(world, 1), await linksOf(world, 3)]).toEqual([
    [expect.anything()],
    [expect.anything()],
  ]);
});
