import { expect, test } from 'vitest';
import { ratingKey, sceneId, sectionUuid } from '../../src/core/ids.ts';
import type { ItemKey } from '../../src/core/item.ts';
import { picturesOf } from '../../src/engine/pictures.ts';
import type { World } from '../world/world.ts';
import { requestsDuring, worldOfEachTest } from './eachWorld.ts';
import { sync } from './pairs.ts';

const open = worldOfEachTest();

async function itemKeyOf(world: World, number: number): Promise<ItemKey> {
  const id = sceneId(String(world.scene(number).id));
  const [link] = (await world.engine.store.links.ofScenes([id])).get(id) ?? [];
  if (link === undefined) throw new Error(`scene ${number} has no link`);
  return link.item;
}

test.each(['works', 'missing'] as const)(
  'a poster comes small where that %s, else as it is',
  async (side) => {
    const world = await open({ files: 1, plex: { pictureResizing: side } });
    await sync(world, world.scene(1));
    const item = await itemKeyOf(world, 1);
    const pictures = picturesOf(world.engine);
    const requests = await requestsDuring(world, async () => {
      expect(await pictures.ofItem(item)).toMatchObject({ ok: true, value: { type: 'image/png' } });
    });
    expect(requests.map(({ path }) => path.replace(/\d+$/, 'N'))).toEqual([
      `/library/metadata/N`,
      '/photo/:/transcode',
      ...(side === 'works' ? [] : [`/library/metadata/${item.ratingKey}/thumb/N`]),
    ]);
  },
);

test('of an item that neither the index nor a link knows, Plex is asked nothing', async () => {
  const world = await open({ files: 1 });
  await sync(world, world.scene(1));
  const { section } = await itemKeyOf(world, 1);
  const pictures = picturesOf(world.engine);
  const requests = await requestsDuring(world, async () => {
    expect(await pictures.ofItem({ section, ratingKey: ratingKey('4711') })).toEqual({
      ok: true,
      value: null,
    });
    const elsewhere = { section: sectionUuid('x'), ratingKey: ratingKey(world.itemKey(1)) };
    expect(await pictures.ofItem(elsewhere)).toEqual({ ok: true, value: null });
  });
  expect(requests).toEqual([]);
});

test('a cover is shown, and not what Stash draws for a scene without one', async () => {
  const world = await open({ files: 2 });
  world.stash.library.setCover(world.scene(1), Buffer.from('\xff\xd8\xff\xe0..JFIF', 'latin1'));
  const pictures = picturesOf(world.engine);
  const ofScene = (number: number) => pictures.ofScene(sceneId(String(world.scene(number).id)));
  expect(await ofScene(1)).toMatchObject({ value: { type: 'image/jpeg' } });
  expect(await ofScene(2)).toEqual({ ok: true, value: null });
  expect(await pictures.ofScene(sceneId('99'))).toEqual({ ok: true, value: null });
});

test('of many that are asked for at once, two are read at a time, and none is lost', async () => {
  const world = await open({ files: 4 });
  let [now, most] = [0, 0];
  const cover = async (): Promise<{ ok: true; value: null }> => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now--;
    return { ok: true, value: null };
  };
  const pictures = picturesOf({ ...world.engine, stash: { ...world.engine.stash, cover } });
  const all = await Promise.all(
    Array.from({ length: 9 }, (_, n) => pictures.ofScene(sceneId(String(n + 1)))),
  );
  expect(all).toHaveLength(9);
  expect(most).toBe(2);
});
