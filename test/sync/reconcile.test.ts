import { expect, test } from 'vitest';
import type { LoggedRequest } from '../../simulator/plex/requestLog.ts';
import { ratingKey } from '../../src/core/ids.ts';
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

/** Which of these items the file index has. */
async function areIndexed(world: World, ...keys: readonly string[]): Promise<readonly boolean[]> {
  const { index } = world.engine.store;
  const sections = await index.sections();
  const parts = await index.partsOf(
    sections.flatMap(({ uuid }) => keys.map((key) => ({ section: uuid, ratingKey: ratingKey(key) }))),
  );
  return keys.map((key) => parts.some(({ item }) => item.ratingKey === ratingKey(key)));
}

/** One goes and one of long ago comes, so that neither dates nor the number of items tell: only a listing shows it. */
function swapItem(world: World, number: number): Promise<{ gone: string; come: string }> {
  return swap(world, world.itemKey(number));
}

async function swap(world: World, gone: string): Promise<{ gone: string; come: string }> {
  world.plex.library.removeItem(gone);
  const come = world.plex.library.addItem('1', {
    files: [{ path: `/media/restored/${gone}.mp4`, size: 77 }],
    addedAt: 1_000_000,
    updatedAt: 1_000_000,
  });
  await world.engine.poll();
  expect(await areIndexed(world, gone, come)).toEqual([true, false]);
  return { gone, come };
}

/** Not one that asks for what changed, nor for the total alone. */
const isListing = ({ path, query, headers }: LoggedRequest): boolean =>
  path === '/library/sections/1/all' &&
  !query.some(([key]) => key.includes('At>')) &&
  headers['x-plex-container-size'] !== '0';

test('answers at once with counts, and asks Plex for nothing', async () => {
  const world = await openSynced();
  const asked = await requestsDuring(world, async () => {
    expect(await world.operations.reconcile()).toEqual({
      ok: true,
      value: { added: 1, coalesced: 0, scenes: 5 },
    });
  });
  expect(asked).toEqual([]);
});

test('the next batch lists the libraries whole, so that what was deleted in Plex shows, and looks at every scene', async () => {
  const world = await openSynced();
  world.stash.library.editScene(world.scene(3), { title: 'Found by looking' });
  const { gone, come } = await swapItem(world, 1);
  await world.operations.reconcile();
  await settle(world);
  expect(await areIndexed(world, gone, come)).toEqual([false, true]);
  expect(itemAt(world, 3).title).toBe('Found by looking');
});

test('a process that ends before the listing leaves it to the next one, which lists once', async () => {
  const world = await openSynced();
  const { gone, come } = await swapItem(world, 1);
  await world.operations.reconcile();
  await world.restart();
  await settle(world);
  expect(await areIndexed(world, gone, come)).toEqual([false, true]);
  world.clock.advance(60_000);
  await world.restart();
  const asked = await requestsDuring(world, async () => {
    await world.trigger(2);
    await settle(world);
  });
  expect(asked).not.toEqual([]);
  expect(asked.filter(isListing)).toEqual([]);
});

test('a library that Plex does not show just then is listed as soon as it does', async () => {
  const world = await openSynced();
  const { gone, come } = await swapItem(world, 1);
  world.plex.faults.add({ fault: 'status', argument: 500, url: /\/library\/sections\/1\/all/, count: 1 });
  await world.operations.reconcile();
  await settle(world);
  expect(await areIndexed(world, come)).toEqual([false]);
  world.clock.advance(10 * 60_000);
  await world.engine.poll();
  expect(await areIndexed(world, gone, come)).toEqual([false, true]);
});

test('a library that Plex does not show just then is listed by the next process', async () => {
  const world = await openSynced();
  // Of no scene, so that no look at one shows that it is gone.
  const strange = world.plex.library.addItem('1', { files: [{ path: '/media/strange.mp4', size: 5 }] });
  await world.engine.poll();
  const { gone, come } = await swap(world, strange);
  world.plex.faults.add({ fault: 'status', argument: 500, url: /\/library\/sections\/1\/all/, count: 1 });
  await world.operations.reconcile();
  await world.engine.reconcile.tick();
  await world.restart();
  await settle(world);
  expect(await areIndexed(world, gone, come)).toEqual([false, true]);
});

const mapsOf = async (world: World): Promise<readonly string[]> =>
  (await world.operations.status()).pathMaps.map(({ from, to }) => `${from} => ${to}`);

/** As of another time. @returns what was there. */
async function spoilPathMaps(world: World): Promise<readonly string[]> {
  const learned = await mapsOf(world);
  await world.engine.store.meta.set(
    'path-maps',
    JSON.stringify({ schema: 1, maps: [{ from: '/old', to: '/older', support: 9 }] }),
  );
  expect(await mapsOf(world)).not.toEqual(learned);
  return learned;
}

test('path maps are learned anew', async () => {
  const world = await openSynced();
  const learned = await spoilPathMaps(world);
  await world.operations.reconcile();
  await settle(world);
  expect(await mapsOf(world)).toEqual(learned);
});

test('path maps are learned anew also where Stash was away after the listing', async () => {
  const world = await openSynced();
  const learned = await spoilPathMaps(world);
  await world.operations.reconcile();
  await world.stash.goDown();
  await world.engine.reconcile.tick();
  await world.stash.comeBack();
  await world.workFor(60_000);
  expect(await mapsOf(world)).toEqual(learned);
});

test('asked for while a batch begins, it is not lost', async () => {
  const world = await openSynced();
  const { gone, come } = await swapItem(world, 1);
  world.engine.worker.startOver();
  await world.trigger(2);
  const batch = world.engine.worker.tick();
  world.clock.advance(1_000);
  await world.operations.reconcile();
  await batch;
  await settle(world);
  expect(await areIndexed(world, gone, come)).toEqual([false, true]);
});
