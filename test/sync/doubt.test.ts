import { describe, expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import { editsAmong, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, itemOf, jobOf, matchesOf, plexFile, SIZE, sync, titleOf } from './pairs.ts';

const open = worldOfEachTest();

/** Two copies of the scene's file, neither where a path map would have it. */
function addCopies(world: World, folders: readonly string[]): readonly string[] {
  return folders.map((folder) => addItem(world, { files: [plexFile(`/copies/${folder}/clip.mp4`)] }));
}

describe('a scene that several items match equally well', () => {
  test('is left to a person: a dead letter with the candidates, and nothing written', async () => {
    const world = await open({ files: 4 });
    const keys = addCopies(world, ['a', 'b']);
    const scene = addScene(world, 'Doubtful', ['/data/here/clip.mp4']);
    const requests = await requestsDuring(world, () => sync(world, scene));
    expect(editsAmong(requests)).toEqual([]);
    expect(await jobOf(world, scene)).toMatchObject({
      state: 'dead',
      attempt: 0,
      failure: {
        class: 'ambiguous',
        message: '2 items of Plex match equally well (same file name and size).',
        candidates: [
          { item: { ratingKey: keys[0] }, title: 'clip', path: '/copies/a/clip.mp4', size: SIZE },
          { item: { ratingKey: keys[1] }, title: 'clip', path: '/copies/b/clip.mp4', size: SIZE },
        ],
      },
    });
  });

  test('is synced on retry once the duplicate is gone from Plex', async () => {
    const world = await open({ files: 4 });
    const [first = '', second = ''] = addCopies(world, ['a', 'b']);
    const scene = addScene(world, 'Doubtful', ['/data/here/clip.mp4']);
    await sync(world, scene);
    world.plex.library.removeItem(first);
    world.clock.advance(60_000);
    await world.engine.poll();
    await world.operations.retry({ kind: 'class', class: 'ambiguous' });
    await settle(world);
    expect(titleOf(world, second)).toBe('Doubtful');
    expect(await jobOf(world, scene)).toBeNull();
  });

  test('goes to the item in the folders most like its own without strict_matching', async () => {
    const world = await open({ files: 4, settings: { strict_matching: false } });
    const [other = '', alike = ''] = addCopies(world, ['elsewhere', 'North Pier/2020']);
    const scene = addScene(world, 'Decided', ['/data/x/North Pier/2020/clip.mp4']);
    await sync(world, scene);
    expect([titleOf(world, other), titleOf(world, alike)]).toEqual(['clip', 'Decided']);
  });

  test('goes to the oldest item among equals without strict_matching, each time', async () => {
    const world = await open({ files: 4, settings: { strict_matching: false } });
    const [oldest = '', newer = '', newest = ''] = addCopies(world, ['c', 'a', 'b']);
    const scene = addScene(world, 'Decided', ['/data/here/clip.mp4']);
    await sync(world, scene);
    await world.restart();
    await sync(world, scene);
    expect([oldest, newer, newest].map((key) => titleOf(world, key))).toEqual(['Decided', 'clip', 'clip']);
  });
});

describe('an item that holds files of two scenes', () => {
  const FILES = [plexFile('/media/m/one.mp4', SIZE), plexFile('/media/m/two.mp4', SIZE + 1)];
  const addBoth = (world: World) => {
    const key = addItem(world, { files: FILES });
    const lower = addScene(world, 'Lower id', [{ path: '/data/m/one.mp4', size: SIZE }]);
    const higher = addScene(world, 'Higher id', [{ path: '/data/m/two.mp4', size: SIZE + 1 }]);
    return { key, lower, higher };
  };

  test('belongs to the scene of the lowest id, and the other one is a dead letter', async () => {
    const world = await open({ files: 4 });
    const { key, lower, higher } = addBoth(world);
    await sync(world, higher, lower);
    expect(titleOf(world, key)).toBe('Lower id');
    expect(await jobOf(world, lower)).toBeNull();
    expect(await jobOf(world, higher)).toMatchObject({
      state: 'dead',
      failure: { class: 'contested', candidates: [{ item: { ratingKey: key } }] },
    });
  });

  test('is written once, however often the two are edited', async () => {
    const world = await open({ files: 4 });
    const { key, lower, higher } = addBoth(world);
    await sync(world, higher, lower);
    const requests = await requestsDuring(world, async () => {
      for (const title of ['Again', 'And again']) {
        world.stash.library.editScene(higher, { title });
        await sync(world, higher, lower);
      }
    });
    expect(editsAmong(requests)).toEqual([]);
    expect(titleOf(world, key)).toBe('Lower id');
  });

  test('goes over to the lower one when that comes later', async () => {
    const world = await open({ files: 4 });
    const { key, lower, higher } = addBoth(world);
    const held = lower.fileIds;
    world.stash.library.editScene(lower, { fileIds: [] });
    await sync(world, higher);
    expect(titleOf(world, key)).toBe('Higher id');
    world.stash.library.editScene(lower, { fileIds: held });
    await sync(world, lower);
    expect(titleOf(world, key)).toBe('Lower id');
    expect(await jobOf(world, higher)).toMatchObject({ failure: { class: 'contested' } });
  });

  test('falls to the other one on retry once its owner is gone from Stash', async () => {
    const world = await open({ files: 4 });
    const { key, lower, higher } = addBoth(world);
    await sync(world, lower, higher);
    world.stash.library.scenes.delete(lower.id);
    await world.operations.retry({ kind: 'all' });
    await settle(world);
    expect(titleOf(world, key)).toBe('Higher id');
  });

  test('that Plex splits afterwards gives each scene its own', async () => {
    const world = await open({ files: 4 });
    const { key, lower, higher } = addBoth(world);
    await sync(world, lower, higher);
    world.plex.library.split(key);
    world.clock.advance(60_000);
    await world.engine.poll();
    await world.operations.retry({ kind: 'all' });
    await sync(world, lower);
    const keyAt = (path: string): string => world.plex.library.ratingKeys({ path })[0] ?? '';
    expect([titleOf(world, keyAt('/media/m/one.mp4')), titleOf(world, keyAt('/media/m/two.mp4'))]).toEqual([
      'Lower id',
      'Higher id',
    ]);
  });
});

describe('a file of another size', () => {
  test('at the very path of the scene’s file is never written, and named as the nearest', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { files: [plexFile('/media/a/clip.mp4', SIZE + 1)] });
    const scene = addScene(world, 'Another size', ['/data/a/clip.mp4']);
    await sync(world, scene);
    expect(itemOf(world, key)).toMatchObject({ title: 'clip', locks: [] });
    expect(await jobOf(world, scene)).toMatchObject({
      state: 'waiting',
      failure: {
        class: 'no-match',
        message: expect.stringContaining('same path, other size'),
        candidates: [{ item: { ratingKey: key } }],
      },
    });
  });

  test('is passed over even without strict_matching', async () => {
    const world = await open({ files: 4, settings: { strict_matching: false } });
    const wrong = addItem(world, { files: [plexFile('/media/a/clip.mp4', SIZE + 1)] });
    const right = addItem(world, { files: [plexFile('/media/elsewhere/clip.mp4')] });
    const scene = addScene(world, 'The right size', ['/data/a/clip.mp4']);
    await sync(world, scene);
    expect([titleOf(world, wrong), titleOf(world, right)]).toEqual(['clip', 'The right size']);
  });

  test('that both sides scanned in place of the old one keeps the link', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { files: [plexFile('/media/a/clip.mp4')] });
    const scene = addScene(world, 'Before', ['/data/a/clip.mp4']);
    await sync(world, scene);
    const [file] = world.stash.library.filesOf(scene);
    if (file === undefined) throw new Error('the scene has no file');
    world.stash.library.files.update(file, { size: SIZE * 2, fingerprints: { oshash: 'ffffffffffffffff' } });
    world.stash.library.editScene(scene, { title: 'After' });
    await sync(world, scene);
    expect(titleOf(world, key)).toBe('Before');

    world.plex.library.removeItem(key);
    const again = addItem(world, { files: [plexFile('/media/a/clip.mp4', SIZE * 2)] });
    world.clock.advance(60_000);
    await world.engine.poll();
    await settle(world);
    expect(titleOf(world, again)).toBe('After');
    expect(await matchesOf(world, scene)).toEqual([[again, 'path']]);
  });
});
