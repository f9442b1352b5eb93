import { describe, expect, test } from 'vitest';
import { ratingKey, sceneId, sectionUuid } from '../../src/core/ids.ts';
import type { PinRequest } from '../../src/engine/pinOperations.ts';
import type { SceneView } from '../../src/engine/sceneView.ts';
import type { World } from '../world/world.ts';
import { editsAmong, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';
import { addItem, addScene, jobOf, matchesOf, plexFile, SIZE, sync, titleOf } from './pairs.ts';

const open = worldOfEachTest();

interface Doubtful {
  readonly world: World;
  readonly scene: ReturnType<typeof addScene>;
  readonly keys: readonly [string, string];
}

/** A dead letter: two copies in Plex, neither where a path map would have it. */
async function doubtful(settings: Parameters<typeof open>[0] = {}): Promise<Doubtful> {
  const world = await open({ files: 4, ...settings });
  const keys = ['a', 'b'].map((folder) =>
    addItem(world, { files: [plexFile(`/copies/${folder}/clip.mp4`)] }),
  ) as [string, string];
  const scene = addScene(world, 'Doubtful', ['/data/here/clip.mp4']);
  await sync(world, scene);
  return { world, scene, keys };
}

const idOf = ({ id }: { readonly id: number }) => sceneId(String(id));
const itemOf = (key: string): PinRequest['item'] => ({ section: null, ratingKey: ratingKey(key) });

async function viewOf({ operations }: World, scene: { readonly id: number }): Promise<SceneView> {
  const view = await operations.scene({ scene: idOf(scene) });
  if (!view.ok) throw new Error(view.failure.message);
  return view.value;
}

describe('a person who chooses among items that match equally well', () => {
  test('sees what each has for it, and which path map would decide', async () => {
    const { world, scene, keys } = await doubtful();
    expect(await viewOf(world, scene)).toMatchObject({
      title: 'Doubtful',
      files: [{ path: '/data/here/clip.mp4', size: SIZE }],
      links: [],
      job: { state: 'dead', failure: { class: 'ambiguous' } },
      candidates: [
        {
          item: { ratingKey: keys[0] },
          library: 'Movies',
          path: '/copies/a/clip.mp4',
          size: SIZE,
          words: 'same file name and size',
          mayBePinned: true,
          map: { from: '/data/here', to: '/copies/a' },
        },
        { item: { ratingKey: keys[1] }, map: { from: '/data/here', to: '/copies/b' } },
      ],
      writes: [],
    });
  });

  test('has the scene written there at once, and from then on', async () => {
    const { world, scene, keys } = await doubtful();
    expect(await world.operations.pin({ scene: idOf(scene), item: itemOf(keys[1]) })).toMatchObject({
      ok: true,
      value: { library: 'Movies', path: '/copies/b/clip.mp4' },
    });
    await settle(world);
    expect([titleOf(world, keys[0]), titleOf(world, keys[1])]).toEqual(['clip', 'Doubtful']);
    expect(await jobOf(world, scene)).toBeNull();
    const view = await viewOf(world, scene);
    expect(view).toMatchObject({
      links: [{ item: { ratingKey: keys[1] }, evidence: 'pinned', library: 'Movies' }],
      job: null,
      candidates: [],
    });
    expect(view.writes).toHaveLength(1);
    await world.restart();
    scene.title = 'Decided';
    await sync(world, scene);
    expect([titleOf(world, keys[0]), titleOf(world, keys[1])]).toEqual(['clip', 'Decided']);
  });

  test('may think again: another item takes its place', async () => {
    const { world, scene, keys } = await doubtful();
    for (const key of keys) {
      await world.operations.pin({ scene: idOf(scene), item: itemOf(key) });
      await settle(world);
    }
    expect(await matchesOf(world, scene)).toEqual([[keys[1], 'pinned']]);
    expect((await viewOf(world, scene)).links).toHaveLength(1);
  });

  test('may leave it to evidence again', async () => {
    const { world, scene, keys } = await doubtful();
    await world.operations.pin({ scene: idOf(scene), item: itemOf(keys[0]) });
    await settle(world);
    expect(await world.operations.unpin({ scene: idOf(scene) })).toEqual({ wasPinned: true });
    await settle(world);
    expect(await jobOf(world, scene)).toMatchObject({ state: 'dead', failure: { class: 'ambiguous' } });
    expect(await world.operations.unpin({ scene: idOf(scene) })).toEqual({ wasPinned: false });
  });

  test('has the choice followed to the item that takes the place of the chosen one', async () => {
    const { world, scene, keys } = await doubtful();
    await world.operations.pin({ scene: idOf(scene), item: itemOf(keys[1]) });
    await settle(world);
    world.plex.library.removeItem(keys[1]);
    const again = addItem(world, { files: [plexFile('/copies/b/clip.mp4')] });
    await world.operations.reconcile();
    await settle(world);
    scene.title = 'Found again';
    await sync(world, scene);
    expect(await matchesOf(world, scene)).toEqual([[again, 'pinned']]);
    expect([titleOf(world, keys[0]), titleOf(world, again)]).toEqual(['clip', 'Found again']);
  });
});

test('an item that another scene owns goes to the one for which a person chose it', async () => {
  const world = await open({ files: 4 });
  const key = addItem(world, {
    files: [plexFile('/media/pair/cd1.mp4', 1_000), plexFile('/media/pair/cd2.mp4', 2_000)],
  });
  const [one, two] = [1, 2].map((cd) =>
    addScene(world, `Part ${cd}`, [{ path: `/data/pair/cd${cd}.mp4`, size: cd * 1_000 }]),
  ) as [ReturnType<typeof addScene>, ReturnType<typeof addScene>];
  await sync(world, one, two);
  expect(titleOf(world, key)).toBe('Part 1');
  expect(await viewOf(world, two)).toMatchObject({
    job: { failure: { class: 'contested' } },
    candidates: [{ item: { ratingKey: key }, mayBePinned: true }],
  });
  expect((await world.operations.pin({ scene: idOf(two), item: itemOf(key) })).ok).toBe(true);
  await settle(world);
  expect(titleOf(world, key)).toBe('Part 2');
  expect(await jobOf(world, one)).toMatchObject({ failure: { class: 'contested' } });
});

describe('a choice is refused', () => {
  const refused = async (world: World, number: number, item: PinRequest['item']) => {
    const pinned = await world.operations.pin({ scene: sceneId(String(number)), item });
    return pinned.ok ? 'taken' : pinned.failure.message;
  };

  test('where the sizes disprove it, where either side has no such thing, and nothing changes', async () => {
    const world = await open({ files: 4 });
    const other = addItem(world, { files: [plexFile('/media/other.mp4', 5)] });
    await sync(world, ...[1, 2].map((number) => world.scene(number)));
    const requests = await requestsDuring(world, async () => {
      expect(await refused(world, 1, itemOf(world.itemKey(2)))).toMatch(
        /^Item \d+ .*no file of it has the size/,
      );
      expect(await refused(world, 1, itemOf(other))).toMatch(/cannot be the scene/);
      expect(await refused(world, 1, itemOf('99999'))).toMatch(/has an item 99999/);
      expect(
        await refused(world, 1, {
          section: sectionUuid('elsewhere'),
          ratingKey: ratingKey(world.itemKey(1)),
        }),
      ).toMatch(/has an item/);
      expect(await refused(world, 99, itemOf(other))).toBe('Stash has no scene 99.');
      await settle(world);
    });
    expect(editsAmong(requests)).toEqual([]);
    expect(await matchesOf(world, world.scene(1))).toEqual([[world.itemKey(1), 'path']]);
  });
});

test('a scene that is not in Plex tells where it is looked for and what comes nearest', async () => {
  const world = await open({ files: 4 });
  await sync(world, ...[1, 2, 3, 4].map((number) => world.scene(number)));
  addItem(world, { files: [plexFile('/media/new/harbour-lights [1080p].mkv', 5)] });
  const scene = addScene(world, 'Away', ['/data/new/Harbour lights 1080p.mp4']);
  await world.engine.poll();
  await sync(world, scene);
  expect(await viewOf(world, scene)).toMatchObject({
    job: { state: 'waiting', failure: { class: 'no-match' } },
    expectedPaths: ['/media/new/Harbour lights 1080p.mp4', '/data/new/Harbour lights 1080p.mp4'],
    candidates: [{ path: '/media/new/harbour-lights [1080p].mkv', mayBePinned: false, map: null }],
  });
  expect(await world.operations.scene({ scene: sceneId('99') })).toMatchObject({
    ok: false,
    failure: { message: 'Stash has no scene 99.' },
  });
});
