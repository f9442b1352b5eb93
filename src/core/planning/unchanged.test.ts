import { describe, expect, test } from 'vitest';
import { sceneId } from '../ids.ts';
import { isProvenUnchanged } from './unchanged.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A day on which scene 1 is not the one whose turn it is. */
const NOW = 14 * 1_000 * DAY_MS;
const READ_AT = NOW - 60_000;
/** Epoch seconds: well before the read. */
const UPDATED_AT = READ_AT / 1000 - 100;

const proven = {
  link: {
    sceneId: sceneId('1'),
    desiredHash: 'hash',
    verifiedUpdatedAt: UPDATED_AT,
    verifiedAt: READ_AT,
    writtenAt: null,
  },
  hash: 'hash',
  listedUpdatedAt: UPDATED_AT,
  now: NOW,
  isPlexInQuestion: true,
};

test('an item is unchanged when what we want and its stamp are those of our last read', () => {
  expect(isProvenUnchanged(proven)).toBe(true);
});

test.each([
  ['we want something else now', { hash: 'another' }],
  ['Plex has another stamp', { listedUpdatedAt: UPDATED_AT + 1 }],
  ['Plex has no stamp any more', { listedUpdatedAt: null }],
  ['an edit is not proven yet', { link: { ...proven.link, writtenAt: READ_AT } }],
  ['it was never read', { link: { ...proven.link, verifiedAt: null, verifiedUpdatedAt: null } }],
  ['it had no stamp when it was read', { link: { ...proven.link, verifiedUpdatedAt: null } }],
])('nothing is proven when %s', (_, change) => {
  expect(isProvenUnchanged({ ...proven, ...change })).toBe(false);
  expect(isProvenUnchanged({ ...proven, ...change, isPlexInQuestion: false })).toBe(false);
});

describe('a read in the second of the stamp', () => {
  const link = { ...proven.link, verifiedAt: UPDATED_AT * 1000 + 1_999 };

  test('does not prove that Plex has not changed since', () => {
    expect(isProvenUnchanged({ ...proven, link })).toBe(false);
  });

  test('is enough where only Stash may have changed', () => {
    expect(isProvenUnchanged({ ...proven, link, isPlexInQuestion: false })).toBe(true);
  });

  test('is over after two seconds', () => {
    const later = { ...link, verifiedAt: UPDATED_AT * 1000 + 2_000 };
    expect(isProvenUnchanged({ ...proven, link: later })).toBe(true);
  });
});

test('every scene has one day in fourteen on which nothing is taken for proven', () => {
  const days = Array.from({ length: 14 }, (_, day) =>
    isProvenUnchanged({ ...proven, now: NOW + day * DAY_MS }),
  );
  expect(days.filter((isProven) => !isProven)).toHaveLength(1);
});
