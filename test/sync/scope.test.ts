import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { editsAmong, itemAt, requestsDuring, settle, tagIds, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

test('a scene that is not carried costs Plex nothing and is no dead letter', async () => {
  const world = await open({ settings: { only_organized: true } });
  const requests = await requestsDuring(world, async () => {
    await world.edit(1, { title: 'Raw' });
    await settle(world);
  });
  expect(requests.filter(({ path }) => path.startsWith('/library/metadata'))).toEqual([]);
  expect(itemAt(world, 1).title).not.toBe('Raw');
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
  const planned = await world.operations.plan([sceneId('1')]);
  expect(planned).toMatchObject({
    ok: true,
    value: [{ items: [], failure: null, leftOut: 'not organized (only_organized)' }],
  });
});

test('it is carried from the moment that it may be', async () => {
  const world = await open({ settings: { only_organized: true } });
  await world.edit(1, { title: 'Done', organized: true });
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Done');
});

test('what was carried before a scene fell out stays in Plex, and so does what it is to us', async () => {
  const world = await open({ settings: { skip_tags: ['Private'] } });
  await world.edit(1, { title: 'Ours', tagIds: tagIds(world, ['Rain']) });
  await settle(world);
  const requests = await requestsDuring(world, async () => {
    await world.edit(1, { title: 'Hidden', tagIds: tagIds(world, ['Private']) });
    await settle(world);
  });
  expect(editsAmong(requests)).toEqual([]);
  expect(itemAt(world, 1)).toMatchObject({ title: 'Ours', tags: { genre: ['Rain'] } });
  await world.edit(1, { title: 'Back', tagIds: [] });
  await settle(world);
  // The tag was ours before, so that it goes.
  expect(itemAt(world, 1)).toMatchObject({ title: 'Back', tags: { genre: [] } });
});

test('a comparison of everything counts those that are left out, and asks nobody about them', async () => {
  const world = await open({ settings: { only_organized: true } });
  await world.edit(1, { organized: true });
  await settle(world);
  await world.operations.reconcile();
  await settle(world);
  expect((await world.engine.reconcile.status()).last?.counts).toMatchObject({ scenes: 3, leftOut: 2 });
  expect(itemAt(world, 2).locks).toEqual([]);
});

test('what only a changed setting leaves out needs no more than the next start', async () => {
  const world = await open();
  await world.edit(1, { title: 'First' });
  await settle(world);
  await world.restart({ only_paths: ['/nowhere'] });
  await world.edit(1, { title: 'Second' });
  await settle(world);
  expect(itemAt(world, 1).title).toBe('First');
});
