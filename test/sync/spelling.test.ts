import { describe, expect, test } from 'vitest';
import {
  editsAmong,
  itemAt,
  performerIds,
  requestsDuring,
  settle,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

describe.each(['once-unused', 'never'] as const)('with a Plex that recases a name %s', (recasing) => {
  test('a name that Plex spells otherwise is the same name, and is not sent again and again', async () => {
    const world = await open({ plex: { recasing } });
    world.plex.library.editAsPerson(world.itemKey(2), {
      tags: { genre: ['rain', 'ÉTÉ'] },
      actors: [{ name: 'ADA STONE' }],
    });
    await world.edit(1, {
      tagIds: tagIds(world, ['Rain', 'Été']),
      performerIds: performerIds(world, ['Ada Stone']),
    });
    await settle(world);
    expect(
      itemAt(world, 1)
        .tags.genre.map((name) => name.toLowerCase())
        .toSorted(),
    ).toEqual(['rain', 'été']);
    const requests = await requestsDuring(world, async () => {
      for (let look = 0; look < 3; look++) {
        world.clock.advance(60_000);
        await world.trigger(1, 'command');
        await settle(world);
      }
    });
    expect(editsAmong(requests)).toEqual([]);
    expect(await world.operations.dead({ limit: 9 })).toEqual([]);
  });

  test('a name that Plex spells otherwise can be removed', async () => {
    const world = await open({ plex: { recasing } });
    world.plex.library.editAsPerson(world.itemKey(2), { tags: { genre: ['rain'] } });
    await world.edit(1, { tagIds: tagIds(world, ['Rain', 'Night']) });
    await settle(world);
    await world.edit(1, { tagIds: tagIds(world, ['Night']) });
    await settle(world);
    expect(itemAt(world, 1).tags.genre).toEqual(['Night']);
    expect(itemAt(world, 2).tags.genre).toEqual(['rain']);
  });
});

test('tags of Stash that Plex takes for one are sent once', async () => {
  const world = await open();
  await world.edit(1, { tagIds: tagIds(world, ['Cafe\u0301', 'Café', 'CAFÉ', ' Café ']) });
  const requests = await requestsDuring(world, () => settle(world));
  expect(itemAt(world, 1).tags.genre.map((name) => name.toLowerCase())).toEqual(['café']);
  const sent = editsAmong(requests).flatMap(({ query }) => query.filter(([key]) => /^genre\[\d/.test(key)));
  expect(sent).toHaveLength(1);
});

test('names that differ in accents are two', async () => {
  const world = await open();
  await world.edit(1, { tagIds: tagIds(world, ['resume', 'résumé']) });
  await settle(world);
  expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['resume', 'résumé']);
});

test('a name that Plex holds twice on an item is removed whole', async () => {
  const world = await open();
  await world.edit(1, { tagIds: tagIds(world, ['Stays']) });
  await settle(world);
  world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['Stays', 'Twice', 'Twice'] } });
  await world.edit(1, { tagIds: tagIds(world, ['Stays', 'Twice']) });
  await settle(world);
  await world.restart({ foreign_entries: 'remove' });
  await world.edit(1, { tagIds: tagIds(world, ['Stays']) });
  await settle(world);
  expect(itemAt(world, 1).tags.genre).toEqual(['Stays']);
});

test('entities without a name to show are left out', async () => {
  const world = await open();
  await world.edit(1, {
    tagIds: tagIds(world, ['\u200b', 'Seen']),
    performerIds: performerIds(world, ['\u0007', 'Seen Too']),
  });
  await settle(world);
  expect([itemAt(world, 1).tags.genre, itemAt(world, 1).actors.map(({ name }) => name)]).toEqual([
    ['Seen'],
    ['Seen Too'],
  ]);
});
