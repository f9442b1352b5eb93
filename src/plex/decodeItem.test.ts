import { describe, expect, test } from 'vitest';
import { decodeItem, decodeListedItem } from './decodeItem.ts';

const PART = { id: 11, file: '/media/a.mkv', size: 1_234, duration: 60_000 };
const LISTED = {
  ratingKey: '42',
  title: 'A title',
  updatedAt: 1_700_000_100,
  addedAt: 1_700_000_000,
  Media: [{ id: 10, duration: 60_000, Part: [PART] }],
};
const DETAIL = {
  ...LISTED,
  librarySectionID: 2,
  librarySectionUUID: 'uuid-2',
  titleSort: 'Title, A',
  originalTitle: 'AB-12',
  studio: 'Alpha',
  summary: 'Words\nand more',
  tagline: 'One line',
  originallyAvailableAt: '2024-05-01',
  contentRating: 'XXX',
  rating: 8.5,
  userRating: 7,
  Director: [{ id: 3, tag: 'Cid' }],
  Collection: [{ tag: 'Alpha' }],
  Label: [{ tag: 'Stash' }],
  thumb: '/library/metadata/42/thumb/1700000100',
  Genre: [{ id: 1, filter: 'genre=1', tag: 'Drama' }],
  Role: [{ id: 2, tag: 'Jane', role: 'Herself', thumb: 'https://images.example/jane.jpg' }, { tag: 'John' }],
  Field: [
    { locked: true, name: 'title' },
    { locked: false, name: 'summary' },
  ],
};

const listed = (change: object = {}) => {
  const item = decodeListedItem({ ...LISTED, ...change });
  return item.ok ? item.value : item.failure;
};
const detailed = (change: object = {}, container: object = {}) => {
  const item = decodeItem({ ...DETAIL, ...change }, { ...container });
  return item.ok ? item.value : item.failure;
};

const FOUND = {
  ratingKey: '42',
  title: 'A title',
  updatedAt: 1_700_000_100,
  addedAt: 1_700_000_000,
  deletedAt: null,
  parts: [{ id: '11', path: '/media/a.mkv', size: 1_234, durationMs: 60_000 }],
};

describe('an item of a list', () => {
  test('is decoded in our words', () => {
    expect(listed({ future: 'ignored' })).toEqual(FOUND);
  });

  test.each<[string, object]>([
    ['an id as a number', { ratingKey: 42 }],
    ['times as texts', { updatedAt: '1700000100', addedAt: '1700000000' }],
    [
      'ids and sizes of files as texts',
      { Media: [{ Part: [{ ...PART, id: '11', size: '1234', duration: '60000' }] }] },
    ],
    [
      'a duration told by the medium alone',
      { Media: [{ duration: 60_000, Part: [{ ...PART, duration: undefined }] }] },
    ],
    ['no trash', { deletedAt: null }],
    [
      'an optimised version beside it',
      { Media: [...LISTED.Media, { proxyType: '42', Part: [{ ...PART, id: 9 }] }] },
    ],
    ['a part without a file', { Media: [{ Part: [PART, { id: 12 }] }] }],
  ])('with %s is the same', (_what, change) => {
    expect(listed(change)).toEqual(FOUND);
  });

  test.each<[string, object, object]>([
    ['never refreshed', { updatedAt: undefined }, { updatedAt: null }],
    ['in the trash', { deletedAt: '1700000200' }, { deletedAt: 1_700_000_200 }],
    ['without files', { Media: undefined }, { parts: [] }],
    ['without parts', { Media: [{ id: 1 }] }, { parts: [] }],
    ['without a title', { title: undefined }, { title: '' }],
    ['with a file of no size', { Media: [{ Part: [{ ...PART, size: 0 }] }] }, { parts: [{ size: null }] }],
  ])('%s', (_what, change, expected) => {
    expect(listed(change)).toMatchObject(expected);
  });

  test('of several files shows all, each with its own duration', () => {
    const pieces = {
      duration: 100,
      Part: [
        { id: 1, file: 'cd1' },
        { id: 2, file: 'cd2', duration: 40 },
      ],
    };
    expect(listed({ Media: [pieces, { Part: [{ id: 3, file: 'other' }] }] })).toMatchObject({
      parts: [
        { id: '1', path: 'cd1', durationMs: null },
        { id: '2', path: 'cd2', durationMs: 40 },
        { id: '3', path: 'other', durationMs: null },
      ],
    });
  });

  test.each([
    ['id', { ratingKey: 'a' }, 'ratingKey: not an id'],
    ['list of files', { Media: 'none' }, 'Media: Invalid type: Expected Array but received "none"'],
  ])('with a wrong %s says so', (_what, change, words) => {
    expect(listed(change)).toBe(words);
  });
});

describe('an item in detail', () => {
  const ITEM = {
    ...FOUND,
    section: 'uuid-2',
    sectionKey: '2',
    titleSort: 'Title, A',
    originalTitle: 'AB-12',
    studio: 'Alpha',
    summary: 'Words\nand more',
    tagline: 'One line',
    originallyAvailableAt: '2024-05-01',
    contentRating: 'XXX',
    rating: '8.5',
    userRating: '7',
    directors: ['Cid'],
    genres: ['Drama'],
    collections: ['Alpha'],
    labels: ['Stash'],
    actors: [
      { name: 'Jane', role: 'Herself', thumb: 'https://images.example/jane.jpg' },
      { name: 'John', role: '', thumb: '' },
    ],
    imagePaths: { poster: '/library/metadata/42/thumb/1700000100', background: '' },
    lockedFields: new Set(['title']),
  };

  test('is decoded in our words', () => {
    expect(detailed()).toEqual(ITEM);
  });

  test.each<[string, object]>([
    [
      'booleans as numbers',
      {
        Field: [
          { locked: 1, name: 'title' },
          { locked: 0, name: 'summary' },
        ],
      },
    ],
    [
      'booleans as texts',
      {
        Field: [
          { locked: '1', name: 'title' },
          { locked: '0', name: 'summary' },
        ],
      },
    ],
    ['its library as a text', { librarySectionID: '2' }],
    ['a time after its date', { originallyAvailableAt: '2024-05-01 00:00:00' }],
    ['an empty tag', { Genre: [{ tag: 'Drama' }, { tag: '' }, {}] }],
  ])('with %s is the same', (_what, change) => {
    expect(detailed(change)).toEqual(ITEM);
  });

  test('may leave its library to the container', () => {
    const change = { librarySectionID: undefined, librarySectionUUID: undefined };
    const { librarySectionID: _id, librarySectionUUID: _uuid, ...bare } = DETAIL;
    const item = decodeItem(bare, { librarySectionID: '2', librarySectionUUID: 'uuid-2' });
    expect(item.ok && item.value).toEqual(ITEM);
    expect(detailed(change)).toContain('librarySectionID');
  });

  test('of which nothing is set is empty', () => {
    const bare = { ratingKey: 1, librarySectionID: 2 };
    expect(decodeItem(bare, {})).toMatchObject({
      ok: true,
      value: {
        section: null,
        studio: '',
        summary: '',
        originallyAvailableAt: '',
        genres: [],
        actors: [],
        parts: [],
      },
    });
  });

  test('keeps photos only when their address means the same everywhere', () => {
    expect(detailed({ Role: [{ tag: 'Jane', thumb: '/library/metadata/1/thumb/2' }] })).toMatchObject({
      actors: [{ name: 'Jane', thumb: '' }],
    });
  });

  test.each([null, 'text', [], 7])('%j is none', (value) => {
    expect(decodeItem(value, {})).toMatchObject({ ok: false });
  });
});

describe('numbers that no database takes', () => {
  test.each([1.5, 2 ** 60, 1e300, '1152921504606846976', '1.5', 'Infinity'])('%s says nothing', (number) => {
    expect(
      listed({
        updatedAt: number,
        addedAt: number,
        Media: [{ Part: [{ ...PART, size: number, duration: number }] }],
      }),
    ).toEqual({
      ...FOUND,
      updatedAt: null,
      addedAt: null,
      parts: [{ id: '11', path: '/media/a.mkv', size: null, durationMs: null }],
    });
  });

  test('a rating is no such number', () => {
    expect(detailed({ rating: '8.5', userRating: 7.5 })).toMatchObject({ rating: '8.5', userRating: '7.5' });
  });
});

test('half a character is shown as one that is not known, as the database would give it back', () => {
  expect(listed({ title: 'a\ud800b' })).toMatchObject({ title: 'a\ufffdb' });
});

test('a part that is listed twice is one', () => {
  expect(listed({ Media: [{ Part: [PART, PART] }, { Part: [PART] }] })).toMatchObject({
    parts: [FOUND.parts[0]],
  });
});
