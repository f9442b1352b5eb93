import { describe, expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  messagesOf,
  PLEX_SIDES,
  performerIds,
  requestsDuring,
  settle,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

/** `Tag 001` … in the order in which Stash lists them. */
const names = (word: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${word} ${String(index + 1).padStart(3, '0')}`);

/** Stash lists tags by name and performers as they were added, so they come in another order than they are. */
const shuffled = (ids: readonly number[]): readonly number[] => [
  ...ids.filter((id) => id % 2 === 0).toReversed(),
  ...ids.filter((id) => id % 2 === 1),
];

async function editAndSettle(world: World, change: Parameters<World['edit']>[1]): Promise<void> {
  await world.edit(1, change);
  await settle(world);
}

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test.each([300, 500])('of %i tags the first 100 are sent, with one warning', async (count) => {
    const world = await open({ plex });
    const all = names('Tag', count);
    await editAndSettle(world, { tagIds: shuffled(tagIds(world, all)) });
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(all.slice(0, 100));
    expect(messagesOf(world, 'warn')).toEqual([`${count} tags, of which the first 100 are sent`]);
  });

  test('a tag that is taken away makes room for the next one', async () => {
    const world = await open({ plex, settings: { max_tags: 3 } });
    await editAndSettle(world, { tagIds: shuffled(tagIds(world, names('Tag', 5))) });
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['Tag 001', 'Tag 002', 'Tag 003']);
    await editAndSettle(world, { tagIds: tagIds(world, ['Tag 001', 'Tag 003', 'Tag 004', 'Tag 005']) });
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['Tag 001', 'Tag 003', 'Tag 004']);
  });

  test('500 tags can be sent and taken away again where max_tags allows them', async () => {
    const world = await open({ plex: { ...plex, urlLimit: 'none' }, settings: { max_tags: 500 } });
    const all = names('Tag', 500);
    await editAndSettle(world, { tagIds: tagIds(world, all) });
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(all);
    await editAndSettle(world, { tagIds: tagIds(world, all.slice(498)) });
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(all.slice(498));
    expect(messagesOf(world, 'warn')).toEqual([]);
  });

  test('of 60 performers the first 50 are sent, in Stash’s order, with one warning', async () => {
    const world = await open({ plex });
    const all = names('Performer', 60);
    await editAndSettle(world, { performerIds: performerIds(world, all) });
    const shown = itemAt(world, 1).actors.map((actor) => actor.name);
    expect(shown.toSorted()).toEqual(all.slice(0, 50));
    expect(messagesOf(world, 'warn')).toEqual(['60 performers, of which the first 50 are sent']);
  });
});

test('the same tags are sent each time: a second look changes nothing', async () => {
  const world = await open();
  const ids = tagIds(world, names('Tag', 300));
  await editAndSettle(world, { tagIds: shuffled(ids) });
  const requests = await requestsDuring(world, () => editAndSettle(world, { tagIds: ids.toReversed() }));
  expect(editsAmong(requests)).toEqual([]);
});

test('entries of others are not cut for ours', async () => {
  const world = await open({ settings: { max_tags: 2 } });
  world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: names('Theirs', 5) } });
  await editAndSettle(world, { tagIds: tagIds(world, names('Tag', 4)) });
  expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(
    [...names('Tag', 2), ...names('Theirs', 5)].toSorted(),
  );
});

describe('a text', () => {
  test.each([
    ['emoji and families of them', 'A 👩‍👩‍👧 and a 🏴󠁧󠁢󠁷󠁬󠁳󠁿 by the sea 🌊', 'A 👩‍👩‍👧 and a 🏴󠁧󠁢󠁷󠁬󠁳󠁿 by the sea 🌊'],
    ['control characters', 'Bell\u0007 and\u0000 null\u001b[31m', 'Bell and null[31m'],
    ['line breaks', '  One\r\ntwo\t three ', 'One two three'],
    ['half a surrogate pair', 'Broken \ud83d heart', 'Broken heart'],
    ['another Unicode form', 'Cafe\u0301', 'Café'],
    ['right-to-left marks', 'שלום\u202e world', 'שלום world'],
  ])(
    'as a title with %s arrives as people see it, and is the same at the second look',
    async (_, title, shown) => {
      const world = await open();
      await editAndSettle(world, { title });
      expect(itemAt(world, 1).title).toBe(shown);
      const requests = await requestsDuring(world, () => editAndSettle(world, { title }));
      expect(editsAmong(requests)).toEqual([]);
    },
  );

  test('of 10,000 characters goes whole, in requests that each fit', async () => {
    const world = await open({ plex: { urlLimit: 'none' } });
    const details = 'Ten words and one more make a line of it.\n'.repeat(250).slice(0, 10_000).trim();
    await editAndSettle(world, { title: 'A title beside it', details });
    expect(itemAt(world, 1).fields).toMatchObject({ title: 'A title beside it', summary: details });
    expect(messagesOf(world, 'warn')).toEqual([]);
  });

  test('beyond 10,000 characters is cut between words, with one warning', async () => {
    const world = await open({ plex: { urlLimit: 'none' } });
    await editAndSettle(world, { details: 'word '.repeat(3_000) });
    const { summary = '' } = itemAt(world, 1).fields;
    expect(summary.length).toBeGreaterThan(9_900);
    expect(summary).toMatch(/^(?:word )+word$/);
    expect(messagesOf(world, 'warn')).toEqual([
      `details of 14999 characters, of which the first ${summary.length} are sent`,
    ]);
  });

  test('as a title of 10,000 characters is cut to 255', async () => {
    const world = await open();
    await editAndSettle(world, { title: 'x'.repeat(10_000) });
    expect(itemAt(world, 1).title).toBe('x'.repeat(255));
  });
});

test('no request is longer than 8 kB where the fields fit into several', async () => {
  const world = await open();
  const requests = await requestsDuring(world, () =>
    editAndSettle(world, {
      title: 'Title',
      details: 'Words and more. '.repeat(250).trim(),
      tagIds: tagIds(world, names('A tag with a rather long name', 90)),
      performerIds: performerIds(world, names('Performer of some renown', 50)),
    }),
  );
  expect(world.plex.log.maxUrlLength()).toBeLessThanOrEqual(8_192);
  expect(editsAmong(requests).length).toBeGreaterThan(1);
  expect(messagesOf(world, 'warn')).toEqual([]);
  const item = itemAt(world, 1);
  expect([item.tags.genre.length, item.actors.length, item.title]).toEqual([90, 50, 'Title']);
  expect(item.fields.summary).toHaveLength('Words and more. '.repeat(250).trim().length);
});
