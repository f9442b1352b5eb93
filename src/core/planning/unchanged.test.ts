import { describe, expect, test } from 'vitest';
import { sceneId } from '../ids.ts';
import { isProvenUnchanged } from './unchanged.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const UPDATED_AT = 1_800_000_000;
/** A day on which scene 1 does not have its turn. */
const NOW = 14 * 2_000 * DAY_MS + DAY_MS;

type Facts = Parameters<typeof isProvenUnchanged>[0];
const facts = (change: Partial<Facts> = {}, link: Partial<Facts['link']> = {}): Facts => ({
  link: {
    sceneId: sceneId('1'),
    desiredHash: 'hash',
    verifiedUpdatedAt: UPDATED_AT,
    verifiedAt: UPDATED_AT * 1000 + 2_000,
    writtenAt: null,
    ...link,
  },
  hash: 'hash',
  listedUpdatedAt: UPDATED_AT,
  now: NOW,
  isPlexInQuestion: true,
  ...change,
});

describe('a list entry', () => {
  test('proves an item unchanged when neither side moved since the verified read', () => {
    expect(isProvenUnchanged(facts())).toBe(true);
  });

  test.each<[string, Facts]>([
    ['Stash wants something else', facts({ hash: 'other' })],
    ['Plex shows another time', facts({ listedUpdatedAt: UPDATED_AT + 1 })],
    ['Plex shows no time', facts({ listedUpdatedAt: null })],
    ['the item was never verified', facts({}, { verifiedAt: null, verifiedUpdatedAt: null })],
    ['an edit is still open', facts({}, { writtenAt: 1 })],
    [
      'the read may have missed an edit of the same second',
      facts({}, { verifiedAt: UPDATED_AT * 1000 + 1_999 }),
    ],
  ])('proves nothing when %s', (_, given) => {
    expect(isProvenUnchanged(given)).toBe(false);
  });

  test('is not asked about Plex when only Stash’s stamp moved', () => {
    const justRead = { verifiedAt: UPDATED_AT * 1000 };
    expect(isProvenUnchanged(facts({ isPlexInQuestion: false }, justRead))).toBe(true);
  });
});

describe('the rotation', () => {
  const daysRead = (scene: string): number[] =>
    Array.from({ length: 28 }, (_, day) => day).filter(
      (day) => !isProvenUnchanged(facts({ now: day * DAY_MS }, { sceneId: sceneId(scene) })),
    );

  test.each(['1', '99', '100', '123456789012345678901'])('reads scene %s once in 14 days', (scene) => {
    const [first = 0, second = 0, ...others] = daysRead(scene);
    expect({ apart: second - first, others }).toEqual({ apart: 14, others: [] });
  });

  test('reads neighbours on the same day, so that they share a request', () => {
    expect(daysRead('1400')).toEqual(daysRead('1499'));
    expect(daysRead('1400')).not.toEqual(daysRead('1500'));
  });
});
