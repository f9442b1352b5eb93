import { describe, expect, test } from 'vitest';
import {
  type BulkAnswer,
  firstPace,
  type Pace,
  paceAfter,
  requestsAtOnce,
  restMs,
  widestOf,
} from './pace.ts';

const answer = (tookMs: number, facts: Partial<BulkAnswer> = {}): BulkAnswer => ({
  kind: 'list',
  tookMs,
  isOverload: false,
  ...facts,
});
const after = (pace: Pace, ...answers: readonly BulkAnswer[]): Pace =>
  answers.reduce((before, each) => paceAfter(before, each), pace);
const times = (count: number, one: BulkAnswer): readonly BulkAnswer[] =>
  Array.from({ length: count }, () => one);

describe('a pace', () => {
  test('begins with one request at once and no rest, and grows to three while answers come as usual', () => {
    expect([requestsAtOnce(firstPace), restMs(firstPace, 1_000)]).toEqual([1, 0]);
    const counts = [1, 2, 3, 4, 100].map((answers) =>
      requestsAtOnce(after(firstPace, ...times(answers, answer(50)))),
    );
    expect(counts).toEqual([2, 2, 2, 3, 3]);
  });

  test.each([
    [1, 1],
    [2, 2],
    [6, 6],
  ])('grows to %i where a person allows so many', (allowed, reached) => {
    const grown = times(100, answer(50)).reduce(
      (pace, each) => paceAfter(pace, each, widestOf(allowed)),
      firstPace,
    );
    expect(requestsAtOnce(grown)).toBe(reached);
    expect(widestOf(allowed)).toEqual({ lists: allowed, edits: allowed });
  });

  test('halves when the server refuses, down to an eighth of the time', () => {
    const wide = after(firstPace, ...times(10, answer(50)));
    const refused = answer(5, { isOverload: true });
    expect([1, 2, 3, 4, 9].map((refusals) => after(wide, ...times(refusals, refused)).width)).toEqual([
      1.5, 0.75, 0.375, 0.1875, 0.125,
    ]);
  });

  test('halves when an answer takes far longer than usual, not when all take long', () => {
    expect(after(firstPace, answer(300), answer(1_500)).width).toBe(1);
    expect(after(firstPace, answer(3_000), answer(3_000)).width).toBeGreaterThan(2);
  });

  test('takes no short delay for slowness', () => {
    expect(after(firstPace, answer(1), answer(900)).width).toBeGreaterThan(2);
  });

  test('knows each kind of request by itself', () => {
    expect(after(firstPace, answer(20, { kind: 'details' }), answer(2_000)).width).toBeGreaterThan(2);
  });

  test('gets used to a server that stays slow', () => {
    const used = after(firstPace, answer(300), ...times(40, answer(4_000)));
    expect(used.width).toBe(3);
  });

  test('below one leaves the server alone for the rest of the time, five seconds at most', () => {
    expect(restMs({ width: 0.5, usualMs: {} }, 400)).toBe(400);
    expect(restMs({ width: 0.25, usualMs: {} }, 400)).toBe(1_200);
    expect(restMs({ width: 0.125, usualMs: {} }, 4_000)).toBe(5_000);
  });
});
