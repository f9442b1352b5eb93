import { expect, test } from 'vitest';
import type { Change } from '../../../core/journalEntry.ts';
import { writtenWords } from './writtenWords.ts';

const change: Change = {
  field: 'title',
  before: 'Old',
  after: 'New',
  wasLocked: true,
  wasLockOurs: true,
  isLocked: true,
  ours: { before: null, after: null },
  entries: null,
  reason: 'changed',
};

test.each<[Partial<Change>, string]>([
  [{}, '"Old" → "New"'],
  [{ field: 'poster', before: 'media://1/thumb', after: 'upload://posters/b34e' }, 'the cover of Stash'],
  [{ field: 'background', reason: 'undone' }, 'the image that was there before'],
])('%j', (facts, words) => {
  expect(writtenWords({ ...change, ...facts })).toBe(words);
});
