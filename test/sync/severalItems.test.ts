import { describe, expect, test } from 'vitest';
import { editsAmong, requestsDuring, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, itemOf, jobOf, matchesOf, plexFile, SIZE, sync, titleOf } from './pairs.ts';

const open = worldOfEachTest();

describe('a scene whose file is in several libraries', () => {
  test('is written to the items of all of them', async () => {
    const world = await open({ files: 4 });
    const { key } = world.plex.library.addSection({ title: 'Second', items: [] });
    const keys = [
      addItem(world, { files: [plexFile('/media/both.mp4')] }),
      addItem(world, { files: [plexFile('/media/both.mp4')] }, key),
    ];
    await sync(world, addScene(world, 'In both', ['/data/both.mp4']));
    expect(keys.map((each) => titleOf(world, each))).toEqual(['In both', 'In both']);
  });

  test('is written to those in scope alone', async () => {
    const world = await open({ files: 4, settings: { plex_library: ['Movies'] } });
    const { key } = world.plex.library.addSection({ title: 'Second', items: [] });
    const keys = [
      addItem(world, { files: [plexFile('/media/both.mp4')] }),
      addItem(world, { files: [plexFile('/media/both.mp4')] }, key),
    ];
    await sync(world, addScene(world, 'In one', ['/data/both.mp4']));
    expect(keys.map((each) => titleOf(world, each))).toEqual(['In one', 'both']);
  });

  test('is still written to the one when the other refuses', async () => {
    const world = await open({ files: 4 });
    const { key } = world.plex.library.addSection({ title: 'Second', items: [] });
    const first = addItem(world, { files: [plexFile('/media/both.mp4')] });
    const second = addItem(world, { files: [plexFile('/media/both.mp4')] }, key);
    world.plex.faults.add({
      fault: 'status',
      argument: 500,
      method: 'PUT',
      url: new RegExp(`id=${first}(?:&|$)`),
      count: Number.POSITIVE_INFINITY,
    });
    const scene = addScene(world, 'In both', ['/data/both.mp4']);
    await sync(world, scene);
    expect([titleOf(world, first), titleOf(world, second)]).toEqual(['both', 'In both']);
    expect(await jobOf(world, scene)).toMatchObject({ failure: { class: 'rejected' } });
  });

  test('shows and music libraries are never looked into', async () => {
    const world = await open({ files: 4 });
    const { key } = world.plex.library.addSection({ title: 'Shows', type: 'show', items: [] });
    const inShows = addItem(world, { files: [plexFile('/media/a.mp4')] }, key);
    const scene = addScene(world, 'Not a show', ['/data/a.mp4']);
    await sync(world, scene);
    expect(titleOf(world, inShows)).toBe('a');
    expect(await jobOf(world, scene)).toMatchObject({ failure: { class: 'no-match' } });
  });
});

test('a scene with several files is written to the item of each', async () => {
  const world = await open({ files: 4 });
  const keys = ['/media/a.mp4', '/media/b.mp4'].map((path, index) =>
    addItem(world, { files: [plexFile(path, SIZE + index)] }),
  );
  const scene = addScene(world, 'Twice', [
    { path: '/data/a.mp4', size: SIZE },
    { path: '/data/b.mp4', size: SIZE + 1 },
  ]);
  await sync(world, scene);
  expect(keys.map((key) => titleOf(world, key))).toEqual(['Twice', 'Twice']);
  expect((await matchesOf(world, scene)).map(([key]) => key).toSorted()).toEqual(keys.toSorted());
});

test('a file that goes from the scene leaves the item of the other one linked alone', async () => {
  const world = await open({ files: 4 });
  const keys = ['/media/a.mp4', '/media/b.mp4'].map((path, index) =>
    addItem(world, { files: [plexFile(path, SIZE + index)] }),
  );
  const scene = addScene(world, 'Twice', [
    { path: '/data/a.mp4', size: SIZE },
    { path: '/data/b.mp4', size: SIZE + 1 },
  ]);
  await sync(world, scene);
  world.stash.library.editScene(scene, { title: 'Once', fileIds: scene.fileIds.slice(1) });
  await sync(world, scene);
  expect(keys.map((key) => titleOf(world, key))).toEqual(['Twice', 'Once']);
  expect(await matchesOf(world, scene)).toEqual([[keys[1], 'path']]);
});

test('an item of several versions is one item, written once', async () => {
  const world = await open({ files: 4 });
  const key = addItem(world, {
    files: [plexFile('/media/v/1080.mp4', SIZE), plexFile('/media/v/2160.mp4', SIZE * 3)],
  });
  const scene = addScene(world, 'Two versions', [
    { path: '/data/v/2160.mp4', size: SIZE * 3 },
    { path: '/data/v/1080.mp4', size: SIZE },
  ]);
  const requests = await requestsDuring(world, () => sync(world, scene));
  expect(editsAmong(requests)).toHaveLength(1);
  expect(titleOf(world, key)).toBe('Two versions');
});

test('a version that Stash does not know is no hindrance', async () => {
  const world = await open({ files: 4 });
  const key = addItem(world, {
    files: [plexFile('/media/v/unknown.mp4', SIZE * 2), plexFile('/media/v/known.mp4', SIZE)],
  });
  await sync(world, addScene(world, 'One version', ['/data/v/known.mp4']));
  expect(titleOf(world, key)).toBe('One version');
});

test('stacked files are one item, whichever of them Stash knows', async () => {
  const world = await open({ files: 4 });
  const stack = (name: string, size: number): string =>
    addItem(world, {
      versions: [
        { files: [plexFile(`/media/${name} cd1.avi`, size), plexFile(`/media/${name} cd2.avi`, size + 1)] },
      ],
    });
  const [both, second] = [stack('Both', 1_000), stack('Second', 2_000)];
  await sync(
    world,
    addScene(world, 'Both discs', [
      { path: '/data/Both cd1.avi', size: 1_000 },
      { path: '/data/Both cd2.avi', size: 1_001 },
    ]),
    addScene(world, 'Second disc', [{ path: '/data/Second cd2.avi', size: 2_001 }]),
  );
  expect([titleOf(world, both), titleOf(world, second)]).toEqual(['Both discs', 'Second disc']);
});

test('a version that Plex made itself is no sign of the scene', async () => {
  const world = await open({ files: 4 });
  const key = addItem(world, {
    versions: [
      { files: [plexFile('/media/other.mp4', 1_000)] },
      { files: [plexFile('/media/Plex Versions/clip.mp4', 2_000)], isOptimised: true },
    ],
  });
  const scene = addScene(world, 'Not this one', [{ path: '/data/Plex Versions/clip.mp4', size: 2_000 }]);
  await sync(world, scene);
  expect(itemOf(world, key)).toMatchObject({ title: 'other', locks: [] });
  expect(await jobOf(world, scene)).toMatchObject({ failure: { class: 'no-match' } });
});
