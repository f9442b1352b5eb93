import { describe, expect, test } from 'vitest';
import { decodeScene } from './decodeScene.ts';

const FILE = {
  path: '/data/a.mp4',
  basename: 'a.mp4',
  size: 1_234,
  duration: 61.0416,
  fingerprints: [
    { type: 'phash', value: 'b' },
    { type: 'oshash', value: '0eff418c71e55dbd' },
  ],
  zip_file_id: null,
};
const SCENE = {
  id: '42',
  title: 'A title',
  details: 'Details',
  date: '2024-05',
  updated_at: '2026-11-24T03:00:00-05:00',
  code: 'AB-12',
  director: 'Cid, Dee',
  rating100: 85,
  organized: true,
  studio: {
    id: '1',
    name: 'Alpha',
    parent_studio: { id: '4', name: 'Beta', parent_studio: { id: '5', name: 'Gamma', parent_studio: null } },
  },
  performers: [{ id: 2, name: 'Jane', disambiguation: 'the elder', alias_list: ['J.'] }],
  tags: [{ id: '3', name: 'Outdoor', sort_name: 'outdoor', aliases: ['Outside'] }],
  groups: [{ group: { id: 6, name: 'Trilogy' } }],
  files: [FILE],
};

const decodedFile = (change: object) => {
  const scene = decodeScene({ ...SCENE, files: [{ ...FILE, ...change }] });
  return scene.ok ? scene.value.files[0] : scene.failure;
};

test('a scene is decoded in our words', () => {
  expect(decodeScene({ ...SCENE, future: 'ignored' })).toEqual({
    ok: true,
    value: {
      id: '42',
      title: 'A title',
      details: 'Details',
      date: '2024-05',
      updatedAt: '2026-11-24T03:00:00-05:00',
      code: 'AB-12',
      director: 'Cid, Dee',
      rating100: 85,
      isOrganized: true,
      studio: {
        id: '1',
        name: 'Alpha',
        parents: [
          { id: '4', name: 'Beta' },
          { id: '5', name: 'Gamma' },
        ],
      },
      performers: [{ id: '2', name: 'Jane', disambiguation: 'the elder', aliases: ['J.'] }],
      tags: [{ id: '3', name: 'Outdoor', sortName: 'outdoor', aliases: ['Outside'] }],
      groups: [{ id: '6', name: 'Trilogy' }],
      files: [
        {
          path: '/data/a.mp4',
          basename: 'a.mp4',
          size: 1_234,
          durationMs: 61_042,
          oshash: '0eff418c71e55dbd',
          isInZip: false,
        },
      ],
    },
  });
});

test('what a fresh scan leaves empty is empty', () => {
  const texts = { title: null, code: null, details: null, director: null, date: null };
  const bare = { ...SCENE, ...texts, id: 42, rating100: null, organized: false, studio: null, files: [] };
  const empty = { title: '', code: '', details: '', director: '', date: null };
  expect(decodeScene(bare)).toMatchObject({
    ok: true,
    value: { ...empty, id: '42', rating100: null, isOrganized: false, studio: null, files: [] },
  });
  expect(decodeScene({ ...SCENE, date: '' })).toMatchObject({ value: { date: null } });
});

describe('of a file', () => {
  test.each([
    ['a size as text', { size: '5368709120' }, { size: 5_368_709_120 }],
    ['a size of nothing', { size: 0 }, { size: null }],
    ['a senseless size', { size: 'big' }, { size: null }],
    ['no size', { size: null }, { size: null }],
    ['no duration', { duration: 0 }, { durationMs: null }],
    ['a duration as text', { duration: '1.5' }, { durationMs: 1_500 }],
    ['no fingerprints', { fingerprints: null }, { oshash: null }],
    ['other fingerprints', { fingerprints: [{ type: 'md5', value: 'x' }] }, { oshash: null }],
    ['a zip by id', { zip_file_id: '9' }, { isInZip: true }],
    ['a zip by object', { zip_file_id: undefined, zip_file: { id: '9' } }, { isInZip: true }],
    ['no word of a zip', { zip_file_id: undefined }, { isInZip: false }],
  ])('%s', (_what, change, expected) => {
    expect(decodedFile(change)).toMatchObject(expected);
  });
});

test.each([
  ['id', { id: '../1' }, 'id: not an id'],
  ['tags', { tags: null }, 'tags: Invalid type: Expected Array but received null'],
  ['path', { files: [{ ...FILE, path: 7 }] }, 'files.0.path: Invalid type: Expected string but received 7'],
  ['name', { studio: { id: '1' } }, 'studio.name: Invalid key: Expected "name" but received undefined'],
])('a wrong %s is named', (_what, change, words) => {
  expect(decodeScene({ ...SCENE, ...change })).toEqual({ ok: false, failure: words });
});

test.each([null, 'text', [], 42])('%j is no scene', (value) => {
  expect(decodeScene(value)).toMatchObject({ ok: false });
});

test.each([1.5, 2 ** 60, '1152921504606846976', -1, 'many'])('a size of %s is no size', (size) => {
  expect(decodedFile({ size })).toMatchObject({ size: null });
});

test('a duration beyond all time is none', () => {
  expect(decodedFile({ duration: 1e300 })).toMatchObject({ durationMs: null });
  expect(decodedFile({ duration: '1.5' })).toMatchObject({ durationMs: 1_500 });
});

test('a studio of endless parents has some of them', () => {
  const endless = `${'{"id":1,"name":"a","parent_studio":'.repeat(20_000)}null${'}'.repeat(20_000)}`;
  const scene = decodeScene({ ...SCENE, studio: JSON.parse(endless) as unknown });
  expect(scene.ok && scene.value.studio?.parents).toHaveLength(10);
});
