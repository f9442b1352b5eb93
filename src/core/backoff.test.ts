import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs, nextVerification } from './backoff.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const attempt = fc.nat({ max: 2_000 });
const ALMOST_ONE = 1 - Number.EPSILON;

describe('backoffMs', () => {
  test.each([
    [0, 5_000],
    [1, 10_000],
    [2, 20_000],
    [6, 320_000],
    [7, 600_000],
    [2_000, 600_000],
  ])('after %i failed attempts is anywhere up to %i ms', (failed, longest) => {
    expect(backoffMs({ attempt: failed, random: ALMOST_ONE })).toBe(longest);
    expect(backoffMs({ attempt: failed, random: 0.5 })).toBe(longest / 2);
  });

  test('is a whole number of ms, at least a quarter of a second and at most min(10 min, 5 s × 2ⁿ)', () => {
    fc.assert(
      fc.property(attempt, random, (failed, drawn) => {
        const delay = backoffMs({ attempt: failed, random: drawn });
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(250);
        expect(delay).toBeLessThanOrEqual(Math.min(600_000, 5_000 * 2 ** failed));
      }),
    );
  });

  test('is never shorter than the server asked for, up to an hour', () => {
    fc.assert(
      fc.property(attempt, random, fc.nat({ max: 86_400_000 }), (failed, drawn, retryAfterMs) => {
        const delay = backoffMs({ attempt: failed, random: drawn, retryAfterMs });
        expect(delay).toBeGreaterThanOrEqual(Math.min(retryAfterMs, 3_600_000));
        expect(delay).toBeLessThanOrEqual(3_600_000);
      }),
    );
    expect(backoffMs({ attempt: 0, random: 0, retryAfterMs: 30_000 })).toBe(30_000);
    expect(backoffMs({ attempt: 9, random: 0.5, retryAfterMs: 30_000 })).toBe(300_000);
  });
});

describe('nextVerification', () => {
  const writtenAt = 1_000_000;

  test.each([
    ['at once after the write', 0, 1_000],
    ['before the first step', 999, 1_000],
    ['at the first step', 1_000, 2_000],
    ['between two steps', 2_001, 5_000],
    ['just before the last step', 4_999, 5_000],
  ])('%s', (_, elapsed, step) => {
    expect(nextVerification(writtenAt, writtenAt + elapsed)).toBe(writtenAt + step);
  });

  test.each([
    ['at the last step', 5_000],
    ['long after it', 86_400_000],
    ['when the clock was set back', -1],
  ])('is over %s', (_, elapsed) => {
    expect(nextVerification(writtenAt, writtenAt + elapsed)).toBe('over');
  });

  test('comes to an end: each step is later than the one before', () => {
    let now = writtenAt;
    for (let steps = 0; ; steps += 1) {
      const next = nextVerification(writtenAt, now);
      if (next === 'over') break;
      expect(next).toBeGreaterThan(now);
      expect(steps).toBeLessThan(3);
      now = next;
    }
    expect(now).toBe(writtenAt + 5_000);
  });
});
