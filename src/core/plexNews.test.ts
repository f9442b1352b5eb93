import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratingKey, sceneId, sectionKey, sectionUuid } from './ids.ts';
import type { Link } from './link.ts';
import {
  gatheredAt,
  type HeardOf,
  type ItemNews,
  isEcho,
  isLookWanted,
  mayBeAsked,
  newsOf,
  possibleKeys,
  readingOf,
} from './plexNews.ts';

const NOW = 1_700_000_000_000;

const item = (key: number, more: Partial<ItemNews> = {}): ItemNews => ({
  kind: 'item',
  ratingKey: ratingKey(String(key)),
  section: sectionKey('1'),
  isGone: false,
  updatedAt: 100,
  heardAt: NOW,
  ...more,
});

const proven = { verifiedUpdatedAt: 100, verifiedAt: NOW - 60_000, writtenAt: null, desiredHash: 'hash' };

describe('events', () => {
  test('are looked at once it is quiet', () => {
    expect(gatheredAt({ firstAt: 0, lastAt: 0 })).toBe(1_000);
    expect(gatheredAt({ firstAt: 0, lastAt: 3_000 })).toBe(4_000);
  });

  test('that do not end are looked at all the same', () => {
    expect(gatheredAt({ firstAt: 0, lastAt: 60_000 })).toBe(5_000);
  });

  test('of one item are one, the newest time and any end of it counting', () => {
    const told = [
      item(1, { updatedAt: 5 }),
      item(1, { updatedAt: 9, section: null, isGone: true }),
      item(1, { updatedAt: 7 }),
    ];
    expect([...newsOf(told).values()]).toEqual([item(1, { updatedAt: 9, isGone: true })]);
  });

  test('say the same in any order and however often', () => {
    const event = fc.record({
      kind: fc.constant('item' as const),
      ratingKey: fc.constantFrom(ratingKey('1'), ratingKey('2')),
      section: fc.constantFrom(sectionKey('1'), null),
      isGone: fc.boolean(),
      updatedAt: fc.option(fc.nat(9)),
      heardAt: fc.nat(9),
    });
    const sorted = (events: readonly ItemNews[]) =>
      [...newsOf(events).values()].sort((a, b) => Number(a.ratingKey) - Number(b.ratingKey));
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(sorted([...events, ...events].reverse())).toEqual(sorted(events));
      }),
    );
  });

  test('are of the library they name, or may be of any when they name none', () => {
    const sections = [1, 2].map((n) => ({ uuid: sectionUuid(`u${n}`), key: sectionKey(`${n}`) }));
    expect(possibleKeys(item(7), sections)).toEqual([{ section: 'u1', ratingKey: '7' }]);
    expect(possibleKeys(item(7, { section: null }), sections)).toHaveLength(2);
    expect(possibleKeys(item(7, { section: sectionKey('9') }), sections)).toEqual([]);
  });
});

describe('an item is asked for', () => {
  const heard = (more: Partial<HeardOf> = {}): HeardOf => ({
    news: item(1),
    links: [],
    isIndexed: true,
    ...more,
  });
  const link: Link = {
    ...proven,
    sceneId: sceneId('7'),
    item: { section: sectionUuid('movies'), ratingKey: ratingKey('1') },
    evidence: 'path',
    sceneOshash: null,
    scenePath: '/data/a.mp4',
    itemPath: '/media/a.mp4',
  };
  const keysOf = (...all: readonly HeardOf[]): readonly string[] => readingOf(all, NOW).keys;

  test('when no scene is linked to it', () => {
    expect(keysOf(heard(), heard({ news: item(2), isIndexed: false }))).toEqual(['1', '2']);
  });

  test('when a linked one changed since we verified it, and not when it did not', () => {
    expect(keysOf(heard({ news: item(1, { updatedAt: 101 }), links: [link] }))).toEqual(['1']);
    expect(keysOf(heard({ links: [link] }))).toEqual([]);
  });

  test('when it is said to be gone and we have it', () => {
    const news = item(1, { isGone: true, section: null });
    expect(keysOf(heard({ news, links: [link] }))).toEqual(['1']);
    expect(keysOf(heard({ news, isIndexed: false }))).toEqual([]);
  });

  test('unless there are so many that pages are the cheaper way', () => {
    const many = Array.from({ length: 501 }, (_, index) => heard({ news: item(index) }));
    const gone = heard({ news: item(9_999, { isGone: true }) });
    expect(readingOf([...many, gone], NOW)).toEqual({ keys: ['9999'], isCatchUpDue: true });
    expect(readingOf(many.slice(1), NOW)).toMatchObject({ isCatchUpDue: false });
  });

  test('unless so many are gone at once that a listing must judge it', () => {
    const gone = Array.from({ length: 51 }, (_, n) => heard({ news: item(n, { isGone: true }) }));
    expect(readingOf(gone, NOW)).toEqual({ keys: [], isCatchUpDue: true });
  });
});

describe('an event tells of our own edit', () => {
  const lately = { ...proven, verifiedAt: NOW - 1_000 };
  const early = NOW - 1_001;

  test.each([
    ['while the edit is open', { ...proven, writtenAt: NOW - 1_000 }, 101, NOW, true],
    ['no more when the edit was open for long', { ...proven, writtenAt: NOW - 60_000 }, 101, NOW, false],
    ['when it has the time that we verified', proven, 100, NOW, true],
    ['when it has that time and came before we read', lately, 100, early, true],
    ['perhaps not, when it came after: somebody may have edited in the same second', lately, 100, NOW, false],
    ['when it is older than what we verified', lately, 99, NOW, true],
    ['not when it is newer', lately, 101, early, false],
    ['without a time, when it came before we read', lately, null, early, true],
    ['not without a time, later on', lately, null, NOW, false],
    [
      'not when nothing was verified',
      { ...proven, verifiedAt: null, verifiedUpdatedAt: null },
      1,
      NOW,
      false,
    ],
    ['not when the clock was set back', { ...proven, writtenAt: NOW + 1_000 }, 101, NOW, false],
  ] as const)('%s', (_, link, updatedAt, heardAt, expected) => {
    expect(isEcho(link, { updatedAt, heardAt }, NOW)).toBe(expected);
  });
});

describe('a scene is looked at for a change in Plex', () => {
  const failure = { class: 'rejected', message: 'no' } as const;
  const wanted = (more: Partial<Parameters<typeof isLookWanted>[0]> = {}): boolean =>
    isLookWanted({ link: proven, job: null, updatedAt: 101, ...more });

  test('when the item is not as we last saw it', () => {
    expect(wanted()).toBe(true);
    expect(wanted({ updatedAt: 100 })).toBe(false);
    expect(wanted({ updatedAt: 100, hasOtherValues: true })).toBe(true);
  });

  test('when an edit of ours is open and nobody is at it any more', () => {
    const link = { ...proven, writtenAt: NOW };
    expect(wanted({ link })).toBe(true);
    expect(wanted({ link, job: { state: 'running', failure: null } })).toBe(false);
  });

  test.each([
    ['running', null, true],
    ['running', failure, true],
    ['pending', null, true],
    ['pending', failure, false],
    ['waiting', failure, false],
    ['dead', failure, false],
  ] as const)('a job that is %s (%o) may be asked: %s', (state, why, expected) => {
    expect(mayBeAsked({ state, failure: why })).toBe(expected);
    expect(wanted({ job: { state, failure: why } })).toBe(expected);
  });
});
