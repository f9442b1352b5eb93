import { describe, expect, test } from 'vitest';
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

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test('all six fields of a scene arrive, and each is locked', async () => {
    const world = await open({ plex });
    await world.edit(1, {
      title: 'A “new” title & more: 50 % + ½',
      studioId: studioId(world, 'North Pier; East'),
      details: 'One.\n\nTwo, three.',
      date: '2024-05-17',
      performerIds: performerIds(world, ['Zoë Quill', "Ada O'Dell", 'Ivo Stone, Jr.']),
      tagIds: tagIds(world, ['Rain', 'Black & White', 'A, B', '100 % +1', 'a[0].tag=x']),
    });
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.fields).toMatchObject({
      title: 'A “new” title & more: 50 % + ½',
      studio: 'North Pier; East',
      summary: 'One.\n\nTwo, three.',
      originallyAvailableAt: '2024-05-17',
    });
    expect(item.actors.map((actor) => actor.name)).toEqual(['Zoë Quill', "Ada O'Dell", 'Ivo Stone, Jr.']);
    expect(item.tags.genre.toSorted()).toEqual(['100 % +1', 'A, B', 'Black & White', 'Rain', 'a[0].tag=x']);
    expect(item.locks.toSorted()).toEqual([
      'actor',
      'genre',
      'originallyAvailableAt',
      'studio',
      'summary',
      'title',
    ]);
    expect(await world.operations.queue({ states: ['pending', 'waiting', 'dead'], limit: 9 })).toEqual([]);
  });

  test('a second look at a scene that is in step sends nothing', async () => {
    const world = await open({ plex });
    for (const number of [1, 2, 3]) await world.trigger(number);
    await settle(world);
    const requests = await requestsDuring(world, async () => {
      for (const number of [1, 2, 3]) await world.trigger(number, 'command');
      await settle(world);
    });
    expect(editsAmong(requests)).toEqual([]);
  });

  test('an edit of one field sends that field alone', async () => {
    const world = await open({ plex });
    await world.trigger(1);
    await settle(world);
    const requests = await requestsDuring(world, async () => {
      await world.edit(1, { title: 'Only the title' });
      await settle(world);
    });
    const keys = editsAmong(requests).map(({ query }) => query.map(([key]) => key));
    expect(keys).toEqual([['type', 'id', 'title.value', 'title.locked']]);
  });

  test('tags and performers that are exchanged in Stash are exchanged in Plex', async () => {
    const world = await open({ plex });
    await world.edit(1, {
      tagIds: tagIds(world, ['A', 'B', 'C']),
      performerIds: performerIds(world, ['P', 'Q']),
    });
    await settle(world);
    await world.edit(1, { tagIds: tagIds(world, ['B', 'D']), performerIds: performerIds(world, ['R', 'Q']) });
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.tags.genre.toSorted()).toEqual(['B', 'D']);
    expect(item.actors.map((actor) => actor.name).toSorted()).toEqual(['Q', 'R']);
  });

  test('a tag renamed in case alone is no difference', async () => {
    const world = await open({ plex });
    await world.edit(1, { tagIds: tagIds(world, ['Rain']) });
    await settle(world);
    const requests = await requestsDuring(world, async () => {
      await world.edit(1, { tagIds: tagIds(world, ['RAIN']) });
      await settle(world);
    });
    expect(editsAmong(requests)).toEqual([]);
    expect(itemAt(world, 1).tags.genre).toEqual(['Rain']);
  });
});

describe('a date', () => {
  test.each([
    ['2024-05-17', '2024-05-17'],
    ['2024-05', '2024-05-01'],
    ['2024', '2024-01-01'],
  ])('of %s is %s in Plex', async (date, shown) => {
    const world = await open();
    await world.edit(1, { date });
    await settle(world);
    expect(itemAt(world, 1).fields.originallyAvailableAt).toBe(shown);
  });

  test('that the calendar does not have is not sent, with a warning', async () => {
    const world = await open();
    await world.edit(1, { date: '2023-02-30' });
    await settle(world);
    expect(itemAt(world, 1).fields.originallyAvailableAt).toBeUndefined();
    expect(world.log.lines.filter((line) => line.includes('“2023-02-30” is no date'))).not.toEqual([]);
  });
});

test('a scene without a title leaves the title that Plex made of the file', async () => {
  const world = await open();
  const before = itemAt(world, 1).title;
  await world.edit(1, { title: '' });
  await settle(world);
  const item = itemAt(world, 1);
  expect(item.title).toBe(before);
  expect(item.locks).not.toContain('title');
  expect(item.locks).toContain('studio');
});

test('a title that is emptied in Stash stays in Plex as it was written', async () => {
  const world = await open();
  await world.edit(1, { title: 'Once' });
  await settle(world);
  await world.edit(1, { title: '' });
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Once');
});
