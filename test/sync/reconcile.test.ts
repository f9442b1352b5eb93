import { expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import { itemAt, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

async function openSynced(options: Parameters<typeof open>[0] = {}): Promise<World> {
  const world = await open({ files: 5, ...options });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  world.clock.advance(60_000);
  return world;
}

const indexed = async (world: World): Promise<number> =>
  (await world.operations.status()).index.reduce((sum, { items }) => sum + items, 0);

/** One goes and one comes, so that the number of items tells nothing. */
function swapItem(world: World): void {
  world.plex.library.removeItem(world.itemKey(1));
  world.plex.library.addItem('1', { files: [{ path: '/media/new/other.mp4', size: 77 }] });
}

test('answers at once with counts, and asks Plex for nothing', async () => {
  const world = await openSynced();
  const asked = await requestsDuring(world, async () => {
    expect(await world.operations.reconcile()).toEqual({ added: 1, coalesced: 0, scenes: 5 });
  });
  expect(asked).toEqual([]);
});

test('the next batch lists the libraries whole, so that what was deleted in Plex shows, and looks at every scene', async () => {
  const world = await openSynced();
  world.stash.library.editScene(world.scene(3), { title: 'Found by looking' });
  swapItem(world);
  await world.engine.poll();
  expect(await indexed(world)).toBe(6);
  await world.operations.reconcile();
  await settle(world);
  expect(await indexed(world)).toBe(5);
  expect(itemAt(world, 3).title).toBe('Found by looking');
});

test('a process that ends before the listing leaves it to the next one, which lists once', async () => {
  const world = await openSynced();
  swapItem(world);
  await world.engine.poll();
  await world.operations.reconcile();
  await world.restart();
  await settle(world);
  expect(await indexed(world)).toBe(5);
  swapItem(world);
  world.clock.advance(60_000);
  await world.restart();
  const asked = await requestsDuring(world, async () => {
    await world.trigger(2);
    await settle(world);
  });
  expect(asked.filter(({ url }) => url.includes('sort=addedAt') && !url.includes('addedAt%3E'))).toEqual([]);
});

test('a library that Plex does not show just then is listed as soon as it does', async () => {
  const world = await openSynced();
  swapItem(world);
  await world.engine.poll();
  world.plex.faults.add({ fault: 'status', status: 500, url: /\/library\/sections\/1\/all/, count: 1 });
  await world.operations.reconcile();
  await settle(world);
  expect(await indexed(world)).toBe(6);
  world.clock.advance(10 * 60_000);
  await world.engine.poll();
  expect(await indexed(world)).toBe(5);
});

test('path maps are learned anew', async () => {
  const world = await openSynced();
  const learned = (await world.operations.status()).pathMaps;
  expect(learned).not.toEqual([]);
  await world.engine.store.meta.set(
    'path-maps',
    JSON.stringify({ schema: 1, maps: [{ from: '/old', to: '/older', support: 9 }] }),
  );
  await world.operations.reconcile();
  await settle(world);
  expect((await world.operations.status()).pathMaps).toMatchObject(
    learned.map(({ from, to }) => ({ from, to })),
  );
});

test('asked for while a batch begins, it is not lost', async () => {
  const world = await openSynced();
  swapItem(world);
  await world.engine.poll();
  world.engine.worker.startOver();
  await world.trigger(2);
  const batch = world.engine.worker.tick();
  world.clock.advance(1_000);
  await world.operations.reconcile();
  await batch;
  await settle(world);
  expect(await indexed(world)).toBe(5);
});
