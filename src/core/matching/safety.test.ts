import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../settings/table.ts';
import { judgeLinkChecks, judgeListing } from './safety.ts';

const DEFAULTS = {
  safety_stop_count: SETTINGS.safety_stop_count.default,
  safety_stop_percent: SETTINGS.safety_stop_percent.default,
};

describe('checks of links', () => {
  test.each([
    ['none failed', 40, 0],
    ['nothing was checked', 0, 0],
    ['a few failed, even if they are all that were checked', 9, 9],
    ['just half failed', 40, 20],
    ['many failed among many more', 1_000, 400],
  ])('go on when %s', (_, checked, failed) => {
    expect(judgeLinkChecks({ checked, failed }, DEFAULTS)).toEqual({ kind: 'fine' });
  });

  test.each([
    ['ten of ten', 10, 10],
    ['more than half of forty', 40, 21],
    ['more than half of a large batch', 1_000, 501],
  ])('stop everything when %s failed', (_, checked, failed) => {
    expect(judgeLinkChecks({ checked, failed }, DEFAULTS).kind).toBe('stop');
  });

  test('say in words what was seen', () => {
    const judgement = judgeLinkChecks({ checked: 40, failed: 30 }, DEFAULTS);
    expect(judgement.kind === 'stop' && judgement.words).toContain(
      '30 of the last 40 links that were checked no longer hold',
    );
  });
});

describe('a listing of a library', () => {
  test.each([
    ['nothing is gone', 1_000, 0],
    ['it is the first', 0, 0],
    ['a small library is emptied', 9, 9],
    ['half of it is gone', 1_000, 500],
  ])('goes on when %s', (_, itemsBefore, itemsUnmet) => {
    expect(judgeListing({ itemsBefore, itemsUnmet }, DEFAULTS)).toEqual({ kind: 'fine' });
  });

  test.each([
    ['all is gone', 1_000, 1_000],
    ['more than half is gone', 1_000, 501],
    ['a library of ten is emptied', 10, 10],
  ])('stops everything when %s', (_, itemsBefore, itemsUnmet) => {
    expect(judgeListing({ itemsBefore, itemsUnmet }, DEFAULTS)).toEqual({
      kind: 'stop',
      words: `${itemsUnmet} of ${itemsBefore} items are gone from Plex at once.`,
    });
  });
});

describe('the limits', () => {
  test('are both to be met, and are those of the settings', () => {
    const strict = { safety_stop_count: 3, safety_stop_percent: 20 };
    expect(judgeListing({ itemsBefore: 10, itemsUnmet: 3 }, strict).kind).toBe('stop');
    expect(judgeListing({ itemsBefore: 10, itemsUnmet: 2 }, strict).kind).toBe('fine');
    expect(judgeListing({ itemsBefore: 15, itemsUnmet: 3 }, strict).kind).toBe('fine');
    expect(judgeLinkChecks({ checked: 10, failed: 3 }, strict).kind).toBe('stop');
  });

  test('at 100 percent never stop', () => {
    const never = { safety_stop_count: 1, safety_stop_percent: 100 };
    expect(judgeListing({ itemsBefore: 50, itemsUnmet: 50 }, never).kind).toBe('fine');
  });
});
