import { describe, expect, test } from 'vitest';
import { itemAt, settle, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, jobOf, matchesOf, plexFile, SIZE, sync, titleOf } from './pairs.ts';

const open = worldOfEachTest();

describe('path maps', () => {
  test('are learned from files that both sides have, and shown with their support', async () => {
    const world = await open({ files: 12 });
    await world.trigger(1);
    await settle(world);
    expect((await world.operations.status()).pathMaps).toEqual([
      { from: '/data', to: '/media', support: 12 },
    ]);
    expect(await matchesOf(world, world.scene(2))).toEqual([[world.itemKey(2), 'path']]);
  });

  test('of two mounts are learned apart', async () => {
    const world = await open({ files: 5 });
    for (const number of [1, 2, 3]) {
      addScene(world, `Second ${number}`, [{ path: `/data2/new/${number}.mkv`, size: SIZE + number }]);
      addItem(world, { files: [plexFile(`/mnt/nas/videos/new/${number}.mkv`, SIZE + number)] });
    }
    await world.trigger(1);
    await settle(world);
    const { pathMaps } = await world.operations.status();
    expect(pathMaps.map(({ from, to }) => `${from}=>${to}`).toSorted()).toEqual([
      '/data2=>/mnt/nas/videos',
      '/data=>/media',
    ]);
  });

  test('that the user gives are the only ones', async () => {
    const world = await open({ files: 5, settings: { path_map: ['/elsewhere=>/media'] } });
    await world.trigger(1);
    await settle(world);
    expect((await world.operations.status()).pathMaps).toEqual([
      { from: '/elsewhere', to: '/media', support: 0 },
    ]);
    // The map does not fit; name and size still find the file.
    expect(await matchesOf(world, world.scene(1))).toEqual([[world.itemKey(1), 'name-and-size']]);
  });

  test('that the user gives tell copies of one file apart', async () => {
    const world = await open({ files: 0, settings: { path_map: ['/data=>/media/main'] } });
    const [main, backup] = ['/media/main/a.mp4', '/media/backup/a.mp4'].map((path) =>
      addItem(world, { files: [plexFile(path)] }),
    );
    await sync(world, addScene(world, 'The main one', ['/data/a.mp4']));
    expect([main, backup].map((key = '') => titleOf(world, key))).toEqual(['The main one', 'a']);
  });

  test('are not needed where both sides see the same paths', async () => {
    const world = await open({ files: 0 });
    const key = addItem(world, { files: [plexFile('/srv/a/b.mp4')] });
    const scene = addScene(world, 'Same path', ['/srv/a/b.mp4']);
    await sync(world, scene);
    expect(await matchesOf(world, scene)).toEqual([[key, 'path']]);
    expect((await world.operations.status()).pathMaps).toEqual([]);
  });
});

describe('a path', () => {
  test('in another Unicode form is the same path', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { files: [plexFile('/media/Café Ořech/Zoë.mp4'.normalize('NFD'))] });
    const scene = addScene(world, 'Composed', ['/data/Café Ořech/Zoë.mp4'.normalize('NFC')]);
    await sync(world, scene);
    expect(await matchesOf(world, scene)).toEqual([[key, 'path']]);
    expect(titleOf(world, key)).toBe('Composed');
  });

  test('that differs in case is another one where case counts', async () => {
    const world = await open({ files: 4 });
    const [lower, upper] = ['/media/x/clip.mp4', '/media/x/CLIP.mp4'].map((path) =>
      addItem(world, { files: [plexFile(path)] }),
    );
    await sync(
      world,
      addScene(world, 'Lower', ['/data/x/clip.mp4']),
      addScene(world, 'Upper', ['/data/x/CLIP.mp4']),
    );
    expect([lower, upper].map((key = '') => titleOf(world, key))).toEqual(['Lower', 'Upper']);
  });

  test('of a Plex on Windows is found, whatever its case', async () => {
    const world = await open({ files: 0 });
    const names = ['One', 'Two', 'Three', 'Four'];
    const scenes = names.map((name, index) =>
      addScene(world, name, [{ path: `/data/Videos/${name} ö.mp4`, size: SIZE + index }]),
    );
    const keys = names.map((name, index) =>
      addItem(world, { files: [plexFile(`D:\\Media\\VIDEOS\\${name} Ö.MP4`, SIZE + index)] }),
    );
    await sync(world, ...scenes);
    expect(keys.map((key) => titleOf(world, key))).toEqual(names);
    const [first] = scenes;
    if (first !== undefined) expect(await matchesOf(world, first)).toEqual([[keys[0], 'path']]);
  });

  test('of a Windows share can be mapped by the user', async () => {
    const world = await open({ files: 0, settings: { path_map: ['/data=>\\\\nas\\Videos'] } });
    const key = addItem(world, { files: [plexFile('\\\\NAS\\videos\\sub\\a.mp4')] });
    const scene = addScene(world, 'On a share', ['/data/sub/a.mp4']);
    await sync(world, scene);
    expect(await matchesOf(world, scene)).toEqual([[key, 'path']]);
  });
});

describe('without a common path', () => {
  test('name and size find the item', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { files: [plexFile('/other/place/Clip (1).mp4')] });
    const scene = addScene(world, 'By name', ['/data/here/Clip (1).mp4']);
    await sync(world, scene);
    expect(await matchesOf(world, scene)).toEqual([[key, 'name-and-size']]);
    expect(titleOf(world, key)).toBe('By name');
  });

  test('size and duration find a file that was renamed on one side', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { files: [plexFile('/other/Renamed.mp4')] });
    const scene = addScene(world, 'By size', ['/data/here/original.mp4']);
    await sync(world, scene);
    expect(await matchesOf(world, scene)).toEqual([[key, 'size-and-duration']]);
  });

  test('an equal title finds nothing', async () => {
    const world = await open({ files: 4 });
    const key = addItem(world, { title: 'The very same title', files: [plexFile('/other/a.mp4', 1)] });
    const scene = addScene(world, 'The very same title', [{ path: '/data/b.mp4', size: 2 }]);
    await sync(world, scene);
    expect(await jobOf(world, scene)).toMatchObject({ state: 'waiting', failure: { class: 'no-match' } });
    expect(itemAt(world, 1).locks).toEqual([]);
    expect(world.plex.library.read(key)?.locks).toEqual([]);
  });
});
