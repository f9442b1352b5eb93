import { afterEach, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../world/world.ts';

const FILES = 30;

let world: World;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

/** Every scene was looked at once, so that all have links. */
async function linkedWorld(): Promise<World> {
  const linked = await openWorld({ files: FILES });
  for (let number = 1; number <= FILES; number++) await linked.trigger(number);
  await linked.workFor(10_000);
  expect(await linked.engine.store.links.count()).toBe(FILES);
  linked.plex.log.clear();
  return linked;
}

const editsOf = ({ plex }: World): number => plex.log.counts().edits;
const titleOf = (number: number): string | undefined =>
  world.plex.library.read(world.itemKey(number))?.fields.title;

describe('scenes that are others under their old ids', () => {
  /** As after an import of metadata: each id now stands for the file of another scene. */
  const renumber = (): void => {
    const { scenes } = world.stash.library;
    const fileIds = Array.from({ length: FILES }, (_, index) => world.scene(index + 1).fileIds);
    fileIds.forEach((_, index) => {
      scenes.update(world.scene(index + 1), { fileIds: fileIds[(index + 7) % FILES] ?? [] });
    });
  };

  test('stop everything before anything is written, and say so', async () => {
    world = await linkedWorld();
    renumber();
    for (let number = 1; number <= FILES; number++) await world.edit(number, { title: 'Wrong item' });
    expect(await world.work()).toMatchObject({ kind: 'shut', retryAt: null });
    expect(editsOf(world)).toBe(0);
    expect((await world.operations.status()).stop?.reason).toMatch(/^\d+ of the last \d+ links/);
    expect((await world.operations.status()).queue.pending).toBe(FILES);
  });

  test('are looked at with fresh eyes after a person said that all is well', async () => {
    world = await linkedWorld();
    renumber();
    await world.restart();
    await world.edit(1, { title: 'Renumbered' });
    await world.work();
    expect(await world.operations.resume()).toMatchObject({ wasStopped: true });
    expect(await world.work()).toMatchObject({ kind: 'idle' });
    expect((await world.operations.status()).stop).toBeNull();
    // Scene 1 now has the file of what was scene 8.
    expect(titleOf(8)).toBe('Renumbered');
    expect(titleOf(1)).not.toBe('Renumbered');
  });

  test('stop again when it happens again', async () => {
    world = await linkedWorld();
    renumber();
    await world.restart();
    await world.edit(1, { title: 'Renumbered' });
    await world.work();
    await world.operations.resume();
    for (let number = 1; number <= FILES; number++) await world.trigger(number);
    await world.workFor(10_000);
    renumber();
    for (let number = 1; number <= FILES; number++) await world.edit(number, { title: 'Wrong item' });
    expect(await world.work()).toMatchObject({ kind: 'shut', retryAt: null });
  });
});

describe('a library that lost most of its items', () => {
  const loseMost = (): void => {
    for (let number = 1; number <= 20; number++) world.plex.library.removeItem(world.itemKey(number));
  };

  test('stops everything, in the very batch that was about to write', async () => {
    world = await linkedWorld();
    loseMost();
    await world.restart();
    for (let number = 1; number <= FILES; number++) await world.edit(number, { title: 'After the loss' });
    expect(await world.work()).toMatchObject({ kind: 'shut', retryAt: null });
    expect(editsOf(world)).toBe(0);
    expect((await world.operations.status()).stop?.reason).toContain('20 of 30 items are gone');
    expect((await world.operations.status()).index[0]?.items).toBe(FILES);
  });

  test('is taken as it is after a person said that all is well', async () => {
    world = await linkedWorld();
    loseMost();
    await world.restart();
    await world.edit(25, { title: 'Still there' });
    await world.work();
    await world.operations.resume();
    await world.workFor(60_000);
    expect((await world.operations.status()).index[0]?.items).toBe(10);
    expect(titleOf(25)).toBe('Still there');
  });
});

test('items that are gone from Plex although the index still has them stop everything, base kept', async () => {
  world = await linkedWorld();
  world.plex.faults.add({
    fault: 'status',
    argument: 404,
    url: /^\/library\/metadata\//,
    count: Number.POSITIVE_INFINITY,
  });
  for (let number = 1; number <= FILES; number++) await world.edit(number, { title: 'Nowhere' });
  await world.work();
  expect((await world.operations.status()).stop).not.toBeNull();
  expect(await world.engine.store.links.count()).toBe(FILES);
});

test('a few scenes without their items, looked at again and again, are no reason to stop', async () => {
  world = await linkedWorld();
  for (let number = 1; number <= 3; number++) world.plex.library.removeItem(world.itemKey(number));
  for (let number = 1; number <= 3; number++) await world.edit(number, { title: 'Alone' });
  await world.workFor(3_600_000);
  const { stop, queue } = await world.operations.status();
  expect(stop).toBeNull();
  expect(queue.deadByClass).toEqual({ 'no-match': 3 });
});

describe('another Plex server at the same address', () => {
  test('is noticed before the first write of a process', async () => {
    world = await linkedWorld();
    world.plex.library.replaceServer('another-machine');
    await world.restart();
    await world.edit(1, { title: 'On the wrong server' });
    await world.work();
    expect(editsOf(world)).toBe(0);
    expect((await world.operations.status()).stop?.reason).toContain('another-machine');
  });

  test('is noticed although a safety stop stands, and outlasts it', async () => {
    world = await linkedWorld();
    await world.engine.stop.engage({ kind: 'safety', reason: 'a test' });
    world.plex.library.replaceServer('another-machine');
    await world.engine.poll();
    await world.operations.resume();
    await world.edit(1, { title: 'On the wrong server' });
    await world.work();
    expect(editsOf(world)).toBe(0);
    expect((await world.operations.status()).stop?.reason).toContain('another-machine');
  });

  test('is used once a person adopts it', async () => {
    world = await linkedWorld();
    world.plex.library.replaceServer('another-machine');
    await world.restart();
    await world.edit(1, { title: 'On the new server' });
    await world.work();
    expect(await world.operations.adoptServer()).toMatchObject({ ok: true });
    await world.workFor(120_000);
    expect(titleOf(1)).toBe('On the new server');
  });
});
