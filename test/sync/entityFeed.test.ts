import { describe, expect, test } from 'vitest';
import type { NamedRow } from '../../simulator/stash/edit/entityKinds.ts';
import type { Table } from '../../simulator/stash/model/table.ts';
import { entityId } from '../../src/core/ids.ts';
import { entitySubject } from '../../src/core/scene.ts';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  performerIds,
  requestsDuring,
  settle,
  studioId,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();
const POLL_MS = 30_000;

async function pollAndWork(world: World): Promise<void> {
  world.clock.advance(POLL_MS);
  expect(await world.engine.poll()).toMatchObject({ ok: true });
  await settle(world);
}

/** All in step, and polls done, as on any day. */
async function openInStep(zone = '+00:00'): Promise<World> {
  const world = await open({ files: 6, stash: { zone } });
  for (const number of [1, 3, 5]) {
    world.stash.library.editScene(world.scene(number), {
      tagIds: tagIds(world, ['Old name', 'Other']),
      performerIds: performerIds(world, ['Old Person']),
      studioId: studioId(world, 'Old Studio'),
    });
  }
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  for (let round = 0; round < 3; round++) await pollAndWork(world);
  return world;
}

/** An edit in Stash that no hook tells of; the scenes' own stamps stay as they are. */
function renameSilently<Row extends NamedRow>(
  world: World,
  { table, from, to }: { table: Table<Row>; from: string; to: string },
): void {
  const row = table.all().find((each) => each.name === from);
  if (row === undefined) throw new Error(`there is no ${from}`);
  row.updatedAt = world.stash.library.printNow();
  row.name = to;
  table.update(row, {});
}

describe.each(['+00:00', '-05:00', '+05:30'])('with a Stash in the zone %s', (zone) => {
  test('a rename that no hook told of reaches all scenes that carry it', async () => {
    const world = await openInStep(zone);
    const { tags, performers, studios } = world.stash.library;
    renameSilently(world, { table: tags, from: 'Old name', to: 'New name' });
    renameSilently(world, { table: performers, from: 'Old Person', to: 'New Person' });
    renameSilently(world, { table: studios, from: 'Old Studio', to: 'New Studio' });
    const requests = await requestsDuring(world, () => pollAndWork(world));
    for (const number of [1, 3, 5]) {
      const item = itemAt(world, number);
      expect(item.tags.genre.toSorted()).toEqual(['New name', 'Other']);
      expect(item.actors.map(({ name }) => name)).toEqual(['New Person']);
      expect(item.fields.studio).toBe('New Studio');
    }
    expect(editsAmong(requests)).toHaveLength(3);
  });

  test('the second of two renames within one second arrives, too', async () => {
    const world = await openInStep(zone);
    const { tags } = world.stash.library;
    renameSilently(world, { table: tags, from: 'Old name', to: 'First' });
    await world.engine.poll();
    await settle(world);
    expect(itemAt(world, 1).tags.genre).toContain('First');
    world.stash.library.tags.update(only(world, 'First'), { name: 'Second' });
    await pollAndWork(world);
    expect(itemAt(world, 1).tags.genre).toContain('Second');
  });
});

const only = (world: World, name: string) => {
  const tag = world.stash.library.tags.all().find((each) => each.name === name);
  if (tag === undefined) throw new Error(`there is no ${name}`);
  return tag;
};

test('a changed parent of a tag reaches the scenes that carry the child', async () => {
  const world = await openInStep();
  const [parent = 0] = tagIds(world, ['Parent']);
  const { tags } = world.stash.library;
  tags.update(only(world, 'Old name'), { parentIds: [parent] });
  for (let round = 0; round < 3; round++) await pollAndWork(world);
  world.stash.library.scenes.update(world.scene(1), { title: 'Only a fan-out finds this' });
  renameSilently(world, { table: tags, from: 'Parent', to: 'Other parent' });
  await pollAndWork(world);
  expect(itemAt(world, 1).title).toBe('Only a fan-out finds this');
});

test('a change of a group is seen', async () => {
  const world = await openInStep();
  const group = world.stash.library.addGroup({ name: 'A group' });
  await world.edit(1, { groups: [{ groupId: group.id, sceneIndex: 1 }] });
  await settle(world);
  for (let round = 0; round < 3; round++) await pollAndWork(world);
  world.stash.library.scenes.update(world.scene(1), { title: 'Only a fan-out finds this' });
  renameSilently(world, { table: world.stash.library.groups, from: 'A group', to: 'Another name' });
  await pollAndWork(world);
  expect(itemAt(world, 1).title).toBe('Only a fan-out finds this');
});

test('the first poll of all takes what is there for seen, the newest included', async () => {
  const world = await open({ files: 6 });
  const ids = tagIds(world, ['Everywhere']);
  for (const scene of world.stash.library.scenes.all()) {
    world.stash.library.scenes.update(scene, { tagIds: ids });
  }
  world.clock.advance(POLL_MS);
  const requests = await requestsDuring(world, async () => {
    for (let round = 0; round < 3; round++) await pollAndWork(world);
  });
  expect(requests.filter(({ kind }) => kind === 'details' || kind === 'edits')).toEqual([]);
});

test('renames made while PlexSync was not running are found by its first poll', async () => {
  const world = await openInStep();
  renameSilently(world, { table: world.stash.library.tags, from: 'Old name', to: 'Meanwhile' });
  world.clock.advance(3_600_000);
  await world.restart();
  await pollAndWork(world);
  expect(itemAt(world, 3).tags.genre).toContain('Meanwhile');
});

test('a rename that a hook told of costs Plex one edit a scene, and no read more when polls follow', async () => {
  const world = await openInStep();
  const { tags } = world.stash.library;
  renameSilently(world, { table: tags, from: 'Old name', to: 'Hooked' });
  const subject = entitySubject('tag', entityId(String(only(world, 'Hooked').id)));
  const now = world.clock.now();
  await world.engine.store.queue.enqueue([{ subject, source: 'entity' }], { now, dueAt: now });
  expect(editsAmong(await requestsDuring(world, () => settle(world)))).toHaveLength(3);
  expect(itemAt(world, 1).tags.genre).toContain('Hooked');
  const later = await requestsDuring(world, async () => {
    for (let round = 0; round < 4; round++) await pollAndWork(world);
  });
  expect(later.filter(({ kind }) => kind === 'details' || kind === 'edits')).toEqual([]);
});

test('while nothing changes, a poll asks each kind once and queues nothing', async () => {
  const world = await openInStep();
  for (let round = 0; round < 3; round++) await pollAndWork(world);
  const before = world.stash.log.requests.length;
  await pollAndWork(world);
  const asked = world.stash.log.requests.slice(before).flatMap(({ fields }) => fields);
  expect(asked.filter((field) => field.startsWith('find')).toSorted()).toEqual([
    'findGroups',
    'findPerformers',
    'findScenes',
    'findStudios',
    'findTags',
  ]);
});
