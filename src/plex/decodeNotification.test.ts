import { describe, expect, test } from 'vitest';
import { decodeNotification } from './decodeNotification.ts';

const frame = (type: string, more: object): string =>
  JSON.stringify({ NotificationContainer: { type, size: 1, ...more } });

const entry = (more: object = {}) => ({
  identifier: 'com.plexapp.plugins.library',
  sectionID: '1',
  itemID: '10141',
  type: 1,
  title: 'A film',
  state: 5,
  updatedAt: 1_700_000_000,
  ...more,
});

const timeline = (...entries: readonly unknown[]) =>
  decodeNotification(frame('timeline', { TimelineEntry: entries }));

const ITEM = { kind: 'item', ratingKey: '10141', section: '1', isGone: false, updatedAt: 1_700_000_000 };

describe('a timeline entry', () => {
  test('is of an item', () => {
    expect(timeline(entry())).toEqual([ITEM]);
  });

  test('may have numbers for texts and texts for numbers', () => {
    const noisy = entry({ sectionID: 1, itemID: 10141, type: '1', state: '5', updatedAt: '1700000000' });
    expect(timeline(noisy)).toEqual([ITEM]);
  });

  test.each([
    ['by its state', { state: 9 }],
    ['by its metadata', { metadataState: 'deleted' }],
  ])('tells of an item that is gone %s', (_, more) => {
    expect(timeline(entry(more))).toEqual([{ ...ITEM, isGone: true }]);
  });

  test('of an item that lost one of its files is of a change', () => {
    expect(timeline(entry({ mediaState: 'deleted' }))).toEqual([ITEM]);
  });

  test('of a deletion may name no library and no type', () => {
    expect(timeline(entry({ sectionID: '-1', type: -1, state: 9 }))).toEqual([
      { ...ITEM, section: null, isGone: true },
    ]);
  });

  test('may say no time', () => {
    expect(timeline(entry({ updatedAt: undefined }))).toEqual([{ ...ITEM, updatedAt: null }]);
  });

  test.each([
    ['an episode', { type: 4 }],
    ['the programme guide', { identifier: 'tv.plex.providers.epg.cloud' }],
    ['no item', { itemID: '-1' }],
    ['an item in no shape', { itemID: ['1'] }],
  ])('of %s is left out, and the others stay', (_, more) => {
    expect(timeline(entry(more), null, 'x', entry())).toEqual([ITEM]);
  });
});

describe('the end of a scan', () => {
  test.each([
    [
      'activity',
      { ActivityNotification: [{ event: 'ended', Activity: { type: 'library.update.section' } }] },
    ],
    ['status', { StatusNotification: [{ notificationName: 'LIBRARY_UPDATE', title: 'Scan complete' }] }],
  ])('is told as %s', (type, more) => {
    expect(decodeNotification(frame(type, more))).toEqual([{ kind: 'scan-ended' }]);
  });

  test.each([
    [
      'activity',
      { ActivityNotification: [{ event: 'started', Activity: { type: 'library.update.section' } }] },
    ],
    ['activity', { ActivityNotification: [{ event: 'ended', Activity: { type: 'media.generate.intros' } }] }],
    ['status', { StatusNotification: [{ notificationName: 'OTHER' }] }],
  ])('is not every %s', (type, more) => {
    expect(decodeNotification(frame(type, more))).toEqual([]);
  });
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '"timeline"',
  '{"NotificationContainer":[]}',
  frame('timeline', { TimelineEntry: {} }),
])('a frame that makes no sense says nothing: %s', (text) => {
  expect(decodeNotification(text)).toEqual([]);
});
