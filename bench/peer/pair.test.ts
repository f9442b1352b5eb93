import { expect, test } from 'vitest';
import { pairOf } from './pair.ts';

const ratioOf = (pair: Parameters<typeof pairOf>[1]): number | undefined => {
  const finding = pairOf('x', pair);
  return finding.kind === 'case' ? finding.case.figures['ratio']?.median : undefined;
};

test('the ratio says how many times better ours is, pair by pair', () => {
  expect(ratioOf({ theirs: [10, 40, 30], ours: [1, 2, 1] })).toBe(20);
  expect(ratioOf({ theirs: [4], ours: [40], isMoreBetter: true })).toBe(10);
  expect(ratioOf({ theirs: [2], ours: [4] })).toBe(0.5);
});

test('what costs nothing has no ratio', () => expect(ratioOf({ theirs: [5], ours: [0] })).toBeUndefined());
