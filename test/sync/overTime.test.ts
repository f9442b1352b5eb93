import { describe, expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import { editsAmong, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, itemOf, jobOf, matchesOf, plexFile, SIZE, sync, titleOf } from './pairs.ts';

const open = worldOfEachTest();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function pollLater(world: World, ms = 60_000): Promise<void> {
  world.clock.advance(ms);
  await world.engine.poll();
  await settle(world);
}

describe('an item that Plex numbers anew', () => {
  test.each([
    ['the index knows of it', true],
    ['the index does not know of it yet', false],
  ])('is written under its new number when %s', async (_, isPolled) => {
    const world = await open({ files: 4 });
    const old = addItem(world, { files: [plexFile('/media/a.mp4')] });
    const scene = addScene(world, 'First', ['/data/a.mp4']);
    await sync(world, scene);
    world.plex.library.removeItem(old);
    const anew = addItem(world, { files: [plexFile('/media/a.mp4')] });
    if (isPolled) await pollLater(world);
    world.clock.advance(60_000);
    world.stash.library.editScene(scene, { title: 'Second' });
    await sync(world, scene);
    expect(itemOf(world, anew)).toMatchObject({ title: 'Second', locks: expect.arrayContaining(['title']) });
    expect(await matchesOf(world, scene)).toEqual([[anew, 'path']]);
    expect(await jobOf(world, scene)).toBeNull();
  });

  test('is matched afresh: what it holds without the lock of ours is not taken for ours', async () => {
    const world = await open({ files: 4 });
    const old = addItem(world, { files: [plexFile('/media/a.mp4')] });
    const scene = addScene(world, 'First', ['/data/a.mp4']);
    world.stash.library.editScene(scene, { details: 'Ours.' });
    await sync(world, scene);
    world.plex.library.removeItem(old);
    const anew = addItem(world, { files: [plexFile('/media/a.mp4')], fields: { summary: 'Ours.' } });
    world.stash.library.editScene(scene, { details: '' });
    await pollLater(world);
    await sync(world, scene);
    expect(itemOf(world, anew).fields.summary).toBe('Ours.');
  });

  test('that took another file is not written', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { files: [plexFile('/media/b.mp4', SIZE + 5), plexFile('/media/a.mp4')] });
    const scene = addScene(world, 'First', ['/data/a.mp4']);
    await sync(world, scene);
    // Split: the item keeps the other file.
    world.plex.library.split(key);
    world.stash.library.editScene(scene, { title: 'Second' });
    const [holder = ''] = world.plex.library.ratingKeys({ path: '/media/a.mp4' });
    const [other = ''] = world.plex.library.ratingKeys({ path: '/media/b.mp4' });
    world.clock.advance(60_000);
    await sync(world, scene);
    expect(titleOf(world, holder)).toBe('Second');
    expect([other, titleOf(world, other)]).toEqual([key, 'First']);
  });
});

test.each(['same-key', 'new-key'] as const)(
  'a file renamed in both is synced to its item (Plex: %s)',
  async (movedFile) => {
    const world = await open({ files: 4, plex: { movedFile } });
    const items = [{ files: [plexFile('/disk/a/old.mp4')] }];
    const section = world.plex.library.addSection({ title: 'On a disk', locations: ['/disk'], items });
    const scene = addScene(world, 'First', ['/data/a/old.mp4']);
    await sync(world, scene);
    await world.stash.scan.renamedFile(scene, '/data/b/new.mp4');
    world.plex.library.renameFile('/disk/a/old.mp4', '/disk/b/new.mp4');
    world.plex.library.scan(section.key);
    world.stash.library.editScene(scene, { title: 'Second' });
    await pollLater(world);
    await sync(world, scene);
    const [key = ''] = world.plex.library.ratingKeys({ path: '/disk/b/new.mp4' });
    expect(titleOf(world, key)).toBe('Second');
    expect((await matchesOf(world, scene)).map(([each]) => each)).toEqual([key]);
  },
);

test('a file renamed in Stash alone keeps its item', async () => {
  const world = await open({ files: 4 });
  const key = addItem(world, { files: [plexFile('/media/a/old.mp4')] });
  const scene = addScene(world, 'First', ['/data/a/old.mp4']);
  await sync(world, scene);
  await world.stash.scan.renamedFile(scene, '/data/b/new.mp4');
  world.stash.library.editScene(scene, { title: 'Second' });
  await sync(world, scene);
  expect(titleOf(world, key)).toBe('Second');
});

describe('a scene whose file Plex does not have', () => {
  test('waits, and is synced by itself when the file comes', async () => {
    const world = await open({ files: 4 });
    const scene = addScene(world, 'Early', ['/data/new/a.mp4']);
    await sync(world, scene);
    expect(await jobOf(world, scene)).toMatchObject({ state: 'waiting', failure: { class: 'no-match' } });
    world.clock.advance(1_000);
    const key = addItem(world, { files: [plexFile('/media/new/a.mp4')] });
    await pollLater(world, 1_000);
    expect(titleOf(world, key)).toBe('Early');
    expect(await jobOf(world, scene)).toBeNull();
  });

  test('becomes a dead letter after max_retries, and still is synced by itself when the file comes', async () => {
    const world = await open({ files: 4, settings: { max_retries: 3 } });
    const scene = addScene(world, 'Early', ['/data/new/a.mp4']);
    await sync(world, scene);
    await world.workFor(HOUR_MS);
    expect(await jobOf(world, scene)).toMatchObject({ state: 'dead', attempt: 3 });
    expect((await world.operations.dead({ class: 'no-match', limit: 9 })).length).toBe(1);
    const key = addItem(world, { files: [plexFile('/media/new/a.mp4')] });
    await pollLater(world);
    expect(titleOf(world, key)).toBe('Early');
    expect(await world.operations.dead({ limit: 9 })).toEqual([]);
  });

  test('is found when a scan of Plex finds the file', async () => {
    const world = await open({ files: 4 });
    const section = world.plex.library.addSection({ title: 'Scanned', locations: ['/media/new'], items: [] });
    const scene = addScene(world, 'Early', ['/data/new/a.mp4']);
    await sync(world, scene);
    world.plex.library.addFile(plexFile('/media/new/a.mp4'));
    world.plex.library.scan(section.key);
    await pollLater(world, 10_000);
    const [key = ''] = world.plex.library.ratingKeys({ path: '/media/new/a.mp4' });
    expect(titleOf(world, key)).toBe('Early');
  });

  test('does not wake for files of others', async () => {
    const world = await open({ files: 4, settings: { max_retries: 1 } });
    const scene = addScene(world, 'Early', ['/data/new/a.mp4']);
    await sync(world, scene);
    addItem(world, { files: [plexFile('/media/new/b.mp4', SIZE + 9)] });
    await pollLater(world);
    expect(await jobOf(world, scene)).toMatchObject({ state: 'dead', attempt: 1 });
  });

  test('is no dead letter any more once the scene is deleted in Stash', async () => {
    const world = await open({ files: 4, settings: { max_retries: 1 } });
    const scene = addScene(world, 'Early', ['/data/new/a.mp4']);
    await sync(world, scene);
    world.stash.library.scenes.delete(scene.id);
    await sync(world, scene);
    expect(await jobOf(world, scene)).toBeNull();
  });
});

describe.each([
  ['from the start', false],
  ['after it was read once', true],
])('while the index cannot be read %s', (_when, wasRead) => {
  test.each([
    ['Plex answers 500', { fault: 'status', argument: 500 }],
    ['Plex answers 502', { fault: 'status', argument: 502 }],
    ['the connection is cut', { fault: 'cut' }],
    ['an answer makes no sense', { fault: 'wrong-types' }],
    ['an answer is empty', { fault: 'empty' }],
    ['a proxy answers instead', { fault: 'html' }],
  ] as const)('because %s, no scene is said to be not in Plex, nor given up', async (_, rule) => {
    const world = await open({ files: 4, settings: { max_retries: 2 } });
    if (wasRead) await sync(world, world.scene(1));
    world.clock.advance(60_000);
    world.plex.faults.add({
      ...rule,
      url: /^\/library\/sections\/1\/all/,
      method: 'GET',
      count: Number.POSITIVE_INFINITY,
    });
    const key = addItem(world, { files: [plexFile('/media/a.mp4')] });
    const scene = addScene(world, 'There all along', ['/data/a.mp4']);
    await sync(world, scene);
    for (let round = 0; round < 6; round++) {
      await pollLater(world, 10 * 60_000);
      expect(await world.operations.dead({ limit: 9 })).toEqual([]);
      expect(await jobOf(world, scene)).not.toMatchObject({ failure: { class: 'no-match' } });
    }
    world.plex.faults.clear();
    await pollLater(world, HOUR_MS);
    expect(titleOf(world, key)).toBe('There all along');
  });
});

test('while the index cannot be read, scenes whose files are in it are synced all the same', async () => {
  const world = await open({ files: 4 });
  await sync(world, world.scene(1));
  world.clock.advance(60_000);
  world.plex.faults.add({
    fault: 'html',
    url: /^\/library\/sections\/1\/all/,
    method: 'GET',
    count: Number.POSITIVE_INFINITY,
  });
  await sync(world, addScene(world, 'Lost', ['/data/lost.mp4']), world.scene(2));
  expect(titleOf(world, world.itemKey(2))).toBe(world.scene(2).title);
  expect(await jobOf(world, world.scene(2))).toBeNull();
});

describe('an item in the trash because its disk is not mounted', () => {
  const openTrashed = async () => {
    const world = await open({ files: 4, plex: { unmountedRoot: 'trashed', autoEmptyTrash: 'off' } });
    const section = world.plex.library.addSection({
      title: 'On a disk',
      locations: ['/disk'],
      items: [{ files: [plexFile('/disk/a.mp4')] }],
    });
    const [key = ''] = world.plex.library.ratingKeys({ sectionKey: section.key });
    const scene = addScene(world, 'First', ['/data/a.mp4']);
    await sync(world, scene);
    expect(titleOf(world, key)).toBe('First');
    world.plex.library.unmount('/disk');
    world.plex.library.scan(section.key);
    await pollLater(world, DAY_MS);
    expect(itemOf(world, key).deletedAt).not.toBeNull();
    return { world, section, key, scene };
  };

  test('is not written, and not removed either', async () => {
    const { world, key, scene } = await openTrashed();
    world.stash.library.editScene(scene, { title: 'Second' });
    const requests = await requestsDuring(world, () => sync(world, scene));
    expect(editsAmong(requests)).toEqual([]);
    expect(itemOf(world, key)).toMatchObject({ title: 'First', deletedAt: expect.any(Number) });
    expect(await jobOf(world, scene)).toMatchObject({ state: 'waiting', failure: { class: 'no-match' } });
  });

  test('is written when it is back, with what was ours known as ours', async () => {
    const { world, section, key, scene } = await openTrashed();
    world.stash.library.editScene(scene, { title: 'Second' });
    await sync(world, scene);
    world.plex.library.mount('/disk');
    world.plex.library.scan(section.key);
    await pollLater(world, DAY_MS);
    expect(titleOf(world, key)).toBe('Second');
    const [latest] = await world.operations.history({ limit: 1 });
    expect(latest?.changes).toMatchObject([{ field: 'title', reason: 'changed' }]);
  });
});
