import { expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import { settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

async function gapsOf(world: World, limit = 10) {
  const gaps = await world.operations.gaps({ limit });
  if (!gaps.ok) throw new Error(gaps.failure.message);
  return gaps.value;
}

test('what one side has and the other does not is listed, with the nearest reason', async () => {
  const world = await open({ files: 3 });
  const { plexPath = '', size = 0 } = world.samples[0] ?? {};
  const name = plexPath.slice(plexPath.lastIndexOf('/') + 1);
  world.stash.library.addScene({
    title: 'Lost',
    files: [{ path: `/data/elsewhere/${name}`, size: size + 1 }],
  });
  world.plex.library.addItem('1', { files: [{ path: '/media/strange.mp4', size: 7 }] });
  await world.operations.reconcile();
  await settle(world);
  expect(await gapsOf(world)).toEqual({
    comparedAt: expect.any(Number),
    notInPlex: {
      count: 1,
      scenes: [
        {
          sceneId: '4',
          title: 'Lost',
          paths: [`/data/elsewhere/${name}`],
          why: expect.stringContaining(`Nearest is "${plexPath}"`),
        },
      ],
    },
    notInStash: {
      count: 1,
      files: [
        {
          item: expect.objectContaining({ ratingKey: expect.any(String) }),
          library: 'Movies',
          title: 'strange',
          path: '/media/strange.mp4',
          size: 7,
        },
      ],
    },
  });
});

test('all are counted, and the first ones shown', async () => {
  const world = await open({ files: 1 });
  for (let number = 0; number < 30; number++) {
    world.stash.library.addScene({ files: [{ path: `/data/lost/${number}.mp4`, size: 5 + number }] });
    world.plex.library.addItem('1', {
      files: [{ path: `/media/strange/${number}.mp4`, size: 500 + number }],
    });
  }
  await world.operations.reconcile();
  await settle(world);
  const { notInPlex, notInStash } = await gapsOf(world, 3);
  expect([notInPlex.count, notInStash.count]).toEqual([30, 30]);
  expect(notInPlex.scenes.map(({ sceneId }) => sceneId)).toEqual(['2', '3', '4']);
  expect(notInStash.files).toHaveLength(3);
});

test('before anything was compared all of Plex is unknown, and that is said', async () => {
  const world = await open({ files: 3 });
  await world.trigger(1);
  await settle(world);
  expect(await gapsOf(world)).toMatchObject({
    comparedAt: null,
    notInPlex: { count: 0 },
    notInStash: { count: 2 },
  });
});

test('the item of a scene that was destroyed is not in Stash any more', async () => {
  const world = await open({ files: 3 });
  await world.operations.reconcile();
  await settle(world);
  expect(await gapsOf(world)).toMatchObject({ notInStash: { count: 0 } });
  world.stash.library.scenes.delete(2);
  await world.operations.reconcile();
  await settle(world);
  expect(await gapsOf(world)).toMatchObject({
    notInStash: { files: [{ path: world.samples[1]?.plexPath }] },
  });
});

test('with Stash away there is a failure and no half of a list', async () => {
  const world = await open({ files: 1 });
  world.stash.library.addScene({ files: [{ path: '/data/lost.mp4' }] });
  await world.operations.reconcile();
  await settle(world);
  await world.stash.goDown();
  expect(await world.operations.gaps({ limit: 5 })).toMatchObject({
    ok: false,
    failure: { class: 'unreachable', peer: 'stash' },
  });
});
