import { describe, expect, test } from 'vitest';
import { entityId } from '../../src/core/ids.ts';
import type { EntityKind } from '../../src/core/scene.ts';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  PLEX_SIDES,
  performerIds,
  requestsDuring,
  settle,
  studioId,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

/** What a hook of an entity says, which is that it changed. */
async function changed(world: World, kind: EntityKind, id: number): Promise<void> {
  const now = world.clock.now();
  const subject = { kind, id: entityId(String(id)) };
  await world.engine.store.queue.enqueue([{ subject, source: 'hook' }], { now, dueAt: now });
  await settle(world);
}

const only = (ids: readonly number[]): number => {
  const [id] = ids;
  if (id === undefined) throw new Error('there is none');
  return id;
};

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test('a tag that is renamed is renamed in every scene that carries it', async () => {
    const world = await open({ plex, files: 6 });
    const id = only(tagIds(world, ['Old name']));
    for (const number of [1, 3, 5]) await world.edit(number, { tagIds: [id, ...tagIds(world, ['Other'])] });
    await settle(world);
    const row = world.stash.library.tags.get(id);
    if (row !== undefined) world.stash.library.tags.update(row, { name: 'New name' });
    const requests = await requestsDuring(world, () => changed(world, 'tag', id));
    expect([1, 3, 5].map((number) => itemAt(world, number).tags.genre.toSorted())).toEqual(
      Array.from({ length: 3 }, () => ['New name', 'Other']),
    );
    expect(editsAmong(requests)).toHaveLength(3);
  });

  test('a tag that is destroyed goes from the scenes that carried it', async () => {
    const world = await open({ plex, files: 6 });
    const id = only(tagIds(world, ['Doomed']));
    for (const number of [2, 4]) await world.edit(number, { tagIds: [id, ...tagIds(world, ['Stays'])] });
    await settle(world);
    for (const scene of world.stash.library.scenes.all()) {
      world.stash.library.scenes.update(scene, { tagIds: scene.tagIds.filter((each) => each !== id) });
    }
    world.stash.library.tags.delete(id);
    await changed(world, 'tag', id);
    expect([2, 4].map((number) => itemAt(world, number).tags.genre)).toEqual([['Stays'], ['Stays']]);
  });
});

test('a studio that is renamed is renamed in its scenes', async () => {
  const world = await open({ files: 6 });
  const id = studioId(world, 'Old name');
  for (const number of [1, 2]) await world.edit(number, { studioId: id });
  await settle(world);
  const row = world.stash.library.studios.get(id);
  if (row !== undefined) world.stash.library.studios.update(row, { name: 'New name' });
  await changed(world, 'studio', id);
  expect([1, 2].map((number) => itemAt(world, number).fields.studio)).toEqual(['New name', 'New name']);
});

test('a studio that is destroyed goes from its scenes', async () => {
  const world = await open({ files: 6 });
  const id = studioId(world, 'Doomed');
  await world.edit(1, { studioId: id });
  await settle(world);
  world.stash.library.scenes.update(world.scene(1), { studioId: null });
  world.stash.library.studios.delete(id);
  await changed(world, 'studio', id);
  expect(itemAt(world, 1).fields).not.toHaveProperty('studio');
});

test('a performer who is renamed or destroyed follows in their scenes', async () => {
  const world = await open({ files: 6 });
  const [renamed = 0, doomed = 0] = performerIds(world, ['Old Name', 'Doomed']);
  await world.edit(1, { performerIds: [renamed, doomed] });
  await settle(world);
  const row = world.stash.library.performers.get(renamed);
  if (row !== undefined) world.stash.library.performers.update(row, { name: 'New Name' });
  await changed(world, 'performer', renamed);
  expect(
    itemAt(world, 1)
      .actors.map(({ name }) => name)
      .toSorted(),
  ).toEqual(['Doomed', 'New Name']);
  world.stash.library.scenes.update(world.scene(1), { performerIds: [renamed] });
  world.stash.library.performers.delete(doomed);
  await changed(world, 'performer', doomed);
  expect(itemAt(world, 1).actors.map(({ name }) => name)).toEqual(['New Name']);
});

test('a change of a tag reaches scenes that carry a child of it, or a child of a child', async () => {
  const world = await open({ files: 6 });
  const [parent = 0, child = 0, grandchild = 0] = tagIds(world, ['Parent', 'Child', 'Grandchild']);
  const { tags } = world.stash.library;
  for (const [id, parentId] of [
    [child, parent],
    [grandchild, child],
  ] as const) {
    const row = tags.get(id);
    if (row !== undefined) tags.update(row, { parentIds: [parentId] });
  }
  world.stash.library.editScene(world.scene(1), { title: 'With a child', tagIds: [child] });
  world.stash.library.editScene(world.scene(2), { title: 'With a grandchild', tagIds: [grandchild] });
  world.stash.library.editScene(world.scene(3), { title: 'With none', tagIds: [] });
  await changed(world, 'tag', parent);
  expect([1, 2, 3].map((number) => itemAt(world, number).title)).toEqual([
    'With a child',
    'With a grandchild',
    world.samples[2]?.title,
  ]);
});

test('a tag that thousands of scenes carry is gone through page by page', async () => {
  const world = await open({ files: 1_200 });
  const id = only(tagIds(world, ['Everywhere']));
  for (const scene of world.stash.library.scenes.all()) {
    world.stash.library.scenes.update(scene, { tagIds: [id] });
  }
  await changed(world, 'tag', id);
  const without = world.stash.library.scenes
    .all()
    .filter((scene) => !itemAt(world, scene.id).tags.genre.includes('Everywhere'));
  expect(without).toEqual([]);
});

test('an entity that no scene carries costs Plex nothing', async () => {
  const world = await open();
  await world.trigger(1);
  await settle(world);
  const requests = await requestsDuring(world, () => changed(world, 'tag', only(tagIds(world, ['Unused']))));
  expect(requests).toEqual([]);
});

test('a group changes nothing in Plex', async () => {
  const world = await open();
  await world.trigger(1);
  await settle(world);
  const group = world.stash.library.addGroup({ name: 'A group' });
  await world.edit(1, { groups: [{ groupId: group.id, sceneIndex: 1 }] });
  const requests = await requestsDuring(world, () => changed(world, 'group', group.id));
  expect(editsAmong(requests)).toEqual([]);
});
