import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { FoundScenes } from '../../src/engine/searchScenes.ts';
import type { World } from '../world/world.ts';
import { settle, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, plexFile, sync } from './pairs.ts';

const open = worldOfEachTest();

async function search({ operations }: World, text: string, limit = 10): Promise<FoundScenes> {
  const found = await operations.searchScenes({ text, limit });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

const titlesOf = async (world: World, text: string): Promise<readonly string[]> =>
  (await search(world, text)).scenes.map(({ title }) => title).toSorted();

test('scenes are found by words of the title, by a part of the path, by id and by address', async () => {
  const world = await open({ files: 0 });
  const [sea] = [
    addScene(world, 'Sea at night', ['/data/North Sea/one.mp4']),
    addScene(world, 'Night train', ['/data/rail/sea.mp4']),
    addScene(world, 'Room 1', ['/data/rail/two.mp4']),
  ];
  expect(await titlesOf(world, 'night SEA')).toEqual(['Night train', 'Sea at night']);
  expect(await titlesOf(world, '/north sea/')).toEqual(['Sea at night']);
  expect(await titlesOf(world, ` ${sea.id} `)).toEqual(['Room 1', 'Sea at night']);
  expect((await search(world, String(sea.id))).scenes[0]?.title).toBe('Sea at night');
  expect(await titlesOf(world, `http://127.0.0.1:9999/scenes/${sea.id}?x=1`)).toEqual(['Sea at night']);
  expect(await titlesOf(world, '/scenes/99')).toEqual([]);
  expect(await titlesOf(world, 'nowhere')).toEqual([]);
  expect(await titlesOf(world, '')).toHaveLength(3);
});

test('no more are told of than were asked for, and whether there are more', async () => {
  const world = await open({ files: 3 });
  expect(await search(world, '', 2)).toMatchObject({ hasMore: true });
  expect((await search(world, '', 2)).scenes).toHaveLength(2);
  expect(await search(world, '', 3)).toMatchObject({ hasMore: false });
});

test('each says how it stands: linked, a dead letter, held, left out', async () => {
  const world = await open({ files: 2, settings: { skip_tags: ['Private'] } });
  const [linked, held] = [world.scene(1), world.scene(2)];
  for (const folder of ['a', 'b']) addItem(world, { files: [plexFile(`/copies/${folder}/clip.mp4`)] });
  const dead = addScene(world, 'Doubtful', ['/data/here/clip.mp4']);
  const tag = world.stash.library.addTag({ name: 'Private' });
  const leftOut = world.stash.library.addScene({ title: 'Mine', tagIds: [tag.id] });
  await sync(world, linked, held, dead, leftOut);
  await world.operations.hold({ scenes: [sceneId(String(held.id))], reason: 'mine' });
  await settle(world);
  const byId = new Map((await search(world, '')).scenes.map((scene) => [Number(scene.sceneId), scene]));
  expect(byId.get(linked.id)).toMatchObject({ links: [{ evidence: 'path' }], job: null, hold: null });
  expect(byId.get(held.id)).toMatchObject({ hold: { reason: 'mine' } });
  expect(byId.get(dead.id)).toMatchObject({ links: [], job: { state: 'dead', class: 'ambiguous' } });
  expect(byId.get(leftOut.id)?.leftOut).toContain('Private');
});

test('several are viewed with one request to Stash; those that it does not have are left out', async () => {
  const world = await open({ files: 3 });
  await sync(world, world.scene(1));
  const ids = [1, 99, 2].map((number) => sceneId(String(number)));
  const views = await world.operations.scenes({ scenes: ids });
  expect(views.ok && views.value.map((view) => [view.sceneId, view.links.length])).toEqual([
    ['1', 1],
    ['2', 0],
  ]);
  expect(views.ok && views.value[0]).toEqual(
    await world.operations.scene({ scene: sceneId('1') }).then((view) => view.ok && view.value),
  );
});
