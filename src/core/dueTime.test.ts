import { expect, test } from 'vitest';
import { hasCome } from './dueTime.ts';

test.each([
  [1_000, 999, false],
  [1_000, 1_000, true],
  [1_000, 1_001, true],
  [6_000, 1_000, false],
  // Nothing is ever set so far ahead.
  [6_001, 1_000, true],
])('what was set for %i and at most 5,000 ahead has come at %i: %s', (at, now, expected) => {
  expect(hasCome(at, now, 5_000)).toBe(expected);
});
