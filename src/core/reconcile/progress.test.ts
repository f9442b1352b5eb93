import { expect, test } from 'vitest';
import { addCounts, NO_COUNTS, type ReconcileCounts, remainingMs } from './progress.ts';

test('counts add up, each by itself', () => {
  const counts: ReconcileCounts = {
    scenes: 1,
    inStep: 2,
    queued: 3,
    queuedToBeSure: 4,
    notInPlex: 5,
    needPerson: 6,
    leftOut: 7,
    destroyed: 8,
    held: 9,
  };
  expect(addCounts(NO_COUNTS, counts)).toEqual(counts);
  expect(addCounts(counts, counts)).toEqual({
    scenes: 2,
    inStep: 4,
    queued: 6,
    queuedToBeSure: 8,
    notInPlex: 10,
    needPerson: 12,
    leftOut: 14,
    destroyed: 16,
    held: 18,
  });
});

test('the rest takes as long as what was done since, in proportion', () => {
  const from = { done: 1_000, at: 10_000 };
  expect(remainingMs({ from, done: 3_000, total: 4_000, now: 14_000 })).toBe(2_000);
  expect(remainingMs({ from, done: 5_000, total: 4_000, now: 14_000 })).toBe(0);
});

test('nothing is said of the rest before something was done', () => {
  const from = { done: 1_000, at: 10_000 };
  expect(remainingMs({ from, done: 1_000, total: 4_000, now: 14_000 })).toBeNull();
  expect(remainingMs({ from, done: 2_000, total: 4_000, now: 10_000 })).toBeNull();
});
