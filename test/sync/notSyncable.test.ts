import { expect, test } from 'vitest';
import { editsAmong, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, jobOf, plexFile, SIZE, sync, titleOf } from './pairs.ts';

const open = worldOfEachTest();

test('a scene without a file is listed, and not tried again', async () => {
  const world = await open();
  const scene = addScene(world, 'No file', []);
  await sync(world, scene);
  expect(await jobOf(world, scene)).toMatchObject({
    state: 'dead',
    attempt: 0,
    failure: { class: 'not-syncable', message: 'The scene has no file, so Plex cannot have it.' },
  });
  const requests = await requestsDuring(world, () => world.workFor(3_600_000));
  expect(requests).toEqual([]);
});

test('a scene inside a zip file is listed, also when Plex has a file like it', async () => {
  const world = await open();
  const key = addItem(world, { files: [plexFile('/media/a.mp4')] });
  const scene = addScene(world, 'Zipped', [
    { path: '/data/a.mp4', zipFile: { id: 1, path: '/data/all.zip' } },
  ]);
  await sync(world, scene);
  expect(await jobOf(world, scene)).toMatchObject({ state: 'dead', failure: { class: 'not-syncable' } });
  expect(titleOf(world, key)).toBe('a');
});

test('a scene that gets its file later is synced by the trigger that tells of it', async () => {
  const world = await open();
  const key = addItem(world, { files: [plexFile('/media/late.mp4')] });
  const scene = addScene(world, 'Late', []);
  await sync(world, scene);
  const file = world.stash.library.addFile({ path: '/data/late.mp4', size: SIZE, durationMs: 1_800_000 });
  world.stash.library.editScene(scene, { fileIds: [file.id] });
  await sync(world, scene);
  expect(titleOf(world, key)).toBe('Late');
  expect(await jobOf(world, scene)).toBeNull();
});

test('a scene that is deleted in Stash leaves its item as it is', async () => {
  const world = await open();
  await world.edit(1, { title: 'Written once' });
  await settle(world);
  world.stash.library.scenes.delete(1);
  const requests = await requestsDuring(world, async () => {
    await world.trigger(1);
    await settle(world);
  });
  expect(editsAmong(requests)).toEqual([]);
  expect(titleOf(world, world.itemKey(1))).toBe('Written once');
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, dead: 0 });
});
