import { describe, expect, test } from 'vitest';
import type { Scene } from '../scene.ts';
import type { FieldSettings } from '../settings/table.ts';
import { desiredOf } from './desired.ts';
import { DEFAULT_SETTINGS, entities, sampleScene } from './testing/samples.ts';

const desire = (values: Partial<Scene>, settings: Partial<FieldSettings> = {}) =>
  desiredOf(sampleScene(values), {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    tagsBelow: null,
    maxEncoded: null,
  });
const numbered = (count: number) => entities(Array.from({ length: count }, (_, index) => `name ${index}`));

test('a scene becomes what Plex calls it', () => {
  const studio = entities(['Studio'])[0] ?? null;
  expect(
    desire({
      title: 'Title',
      details: 'One.\r\n\r\nTwo.',
      date: '2024-05-06',
      studio,
      performers: entities(['Bea', 'Ann']),
      director: 'Cid',
      tags: entities(['Zoo', 'Art']),
    }),
  ).toEqual({
    desired: {
      title: 'Title',
      studio: 'Studio',
      summary: 'One.\n\nTwo.',
      originallyAvailableAt: '2024-05-06',
      actors: ['Bea', 'Ann'],
      directors: ['Cid'],
      genres: ['Zoo', 'Art'],
    },
    warnings: [],
  });
});

test('a scene that nobody has described wants nothing', () => {
  expect(desire({})).toEqual({
    desired: {
      title: '',
      studio: '',
      summary: '',
      originallyAvailableAt: '',
      actors: [],
      directors: [],
      genres: [],
    },
    warnings: [],
  });
});

describe('texts', () => {
  test('have their normal form: a title on one line, details in paragraphs', () => {
    const text = ' A\u0000 “cafe\u0301”\n👩‍👩‍👧\u200b ';
    const { desired } = desire({ title: text, details: text });
    expect(desired.title).toBe('A “café” 👩‍👩‍👧');
    expect(desired.summary).toBe('A “café”\n👩‍👩‍👧');
  });

  test('that are too long are cut between words, with one warning', () => {
    const { desired, warnings } = desire({ title: 'word '.repeat(2_000), details: 'line\n'.repeat(100) });
    expect(desired.title).toBe('word '.repeat(51).trim());
    expect(desired.summary).toHaveLength(499);
    expect(warnings).toEqual(['title of 9999 characters, of which the first 254 are sent']);
  });
});

describe('dates', () => {
  test.each([
    ['a day', '2024-02-29', '2024-02-29'],
    ['a month', '2024-05', '2024-05-01'],
    ['a year', '2024', '2024-01-01'],
    ['spaces around it', ' 2024 ', '2024-01-01'],
    ['none', null, ''],
    ['an empty one', '', ''],
  ])('%s', (_, date, expected) => {
    expect(desire({ date })).toMatchObject({ desired: { originallyAvailableAt: expected }, warnings: [] });
  });

  test.each([
    '2023-02-29',
    '2024-13',
    '2024-00',
    '2024-04-31',
    '24-01-01',
    '2024-1-1',
    '2024-05-06T00:00:00Z',
    'May',
  ])('%s is left out, with one warning', (date) => {
    expect(desire({ date })).toMatchObject({
      desired: { originallyAvailableAt: '' },
      warnings: [`date “${date}” is no date and is not sent`],
    });
  });
});

describe('names', () => {
  test('are normal, not empty, and each there once, as it came first', () => {
    const tags = entities([' Big  Tag ', '', 'other', '\u200b', 'BIG tag', 'Other\u0000', 'big-tag']);
    expect(desire({ tags }).desired.genres).toEqual(['Big Tag', 'other', 'big-tag']);
  });

  test('are as many as max_tags, the first ones in Stash’s order, with one warning', () => {
    const { desired, warnings } = desire({ tags: numbered(300) });
    expect(desired.genres).toEqual(numbered(100).map(({ name }) => name));
    expect(warnings).toEqual(['300 tags, of which the first 100 are sent']);
  });

  test('that are the same do not count twice', () => {
    expect(desire({ tags: entities(['a', 'A', 'b', 'c']) }, { max_tags: 3 })).toMatchObject({
      desired: { genres: ['a', 'b', 'c'] },
      warnings: [],
    });
  });

  test('of performers are 50 at most', () => {
    const { desired, warnings } = desire({ performers: numbered(51) });
    expect(desired.actors).toHaveLength(50);
    expect(warnings).toEqual(['51 performers, of which the first 50 are sent']);
  });

  test('that differ only beyond the limit are one', () => {
    const long = 'x'.repeat(255);
    expect(desire({ tags: entities([`${long}1`, `${long}2`]) }).desired.genres).toEqual([long]);
  });
});
