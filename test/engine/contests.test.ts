import assert from 'node:assert/strict';
import { afterEach, describe, expect, test } from 'vitest';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import { liveFor, openSynced, titleOf } from '../faults/syncedWorld.ts';
import type { World } from '../world/world.ts';

const HOUR_MS = 3_600_000;

let world: World;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

const sectionKey = (): string => world.plex.library.sections()[0]?.key ?? '';
const deadOf = async (number: number): Promise<string | undefined> =>
  (await world.operations.dead({ limit: 10 })).find(
    ({ subject }) => subject.kind === 'scene' && subject.id === String(number),
  )?.failure?.class;

function giveSecondFile(scene: SceneRow, name: string, size: number): void {
  const { library } = world.stash;
  const other = library.addScene({ title: 'Holds a file', files: [{ path: `/data/extra/${name}`, size }] });
  library.scenes.delete(other.id);
  library.editScene(scene, { fileIds: [...scene.fileIds, ...other.fileIds] });
}

async function destroy(number: number): Promise<void> {
  world.stash.library.scenes.delete(world.scene(number).id);
  await world.trigger(number);
}

describe('a scene of two items, one of which is another scene’s', () => {
  /** Plex has merged the second file of scene 2 into the item of scene 1. */
  async function openMerged(): Promise<void> {
    world = await openSynced({ files: 2 });
    giveSecondFile(world.scene(2), 'two-b.mp4', 4_242);
    const version = world.plex.library.addItem(sectionKey(), {
      files: [{ path: '/media/extra/two-b.mp4', size: 4_242 }],
    });
    world.plex.library.merge(world.itemKey(1), [version]);
    await liveFor(world, 60_000);
  }

  test('goes on with the item that is its own', async () => {
    await openMerged();
    await world.edit(2, { title: 'Still my own item' });
    await world.workFor(30_000);
    expect([titleOf(world, 1), titleOf(world, 2)]).toEqual(['Before 1', 'Still my own item']);
    expect(await deadOf(2)).toBeUndefined();
    const history = await world.operations.history({ limit: 1 });
    expect(history).toMatchObject([{ sceneId: '2', changes: [{ before: 'Before 2' }] }]);
  });

  test('takes over the other one when its owner is destroyed', async () => {
    await openMerged();
    await world.edit(2, { title: 'Mine now' });
    await world.workFor(30_000);
    const key = world.itemKey(1);
    await destroy(1);
    await world.workFor(30_000);
    expect(world.plex.library.read(key)?.fields.title).toBe('Mine now');
  });
});

test('a dead letter of a contest revives when the owner is destroyed, whose link is kept', async () => {
  world = await openSynced({ files: 2 });
  const key = world.itemKey(1);
  world.plex.library.merge(key, [world.itemKey(2)]);
  await liveFor(world, 60_000);
  await world.edit(2, { title: 'Waits its turn' });
  // A poll looks twice at what is quite new.
  await liveFor(world, 120_000);
  expect(await deadOf(2)).toBe('contested');
  await destroy(1);
  await liveFor(world, 60_000);
  expect(await deadOf(2)).toBeUndefined();
  expect(world.plex.library.read(key)?.fields.title).toBe('Waits its turn');
  expect(await world.engine.store.links.count()).toBe(2);
});

test('a scene that is destroyed is forgotten', async () => {
  world = await openSynced({ files: 2 });
  const { id } = world.scene(1);
  const { scenes } = world.engine.store;
  const [studio] = [world.scene(1).studioId];
  assert(studio !== null && studio !== undefined);
  const carriers = () =>
    scenes.carrying({ kind: 'studio', id: String(studio) as never, after: null, limit: 10 });
  expect(await carriers()).toContain(String(id));
  await destroy(1);
  await world.work();
  expect(await carriers()).not.toContain(String(id));
});

test('a scene that wants for its item by a contest is not looked at for ever', async () => {
  world = await openSynced({ files: 2 });
  world.plex.library.merge(world.itemKey(1), [world.itemKey(2)]);
  await liveFor(world, 60_000);
  await world.edit(2, { title: 'Waits its turn' });
  await liveFor(world, 120_000);
  world.stash.log.clear();
  await liveFor(world, HOUR_MS / 6);
  const looks = world.stash.log.requests.filter(({ query }) => query.includes('PlexSyncReadScenes'));
  expect(looks).toEqual([]);
});
