import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Breaker, failingReason, mayProceed, recordFailure, recordSuccess } from './breaker.ts';

const NOW = 1_000_000;
const ALMOST_ONE = 1 - Number.EPSILON;

const outage = (values: Partial<Parameters<typeof recordFailure>[1]> = {}) => ({
  now: NOW,
  random: ALMOST_ONE,
  reason: 'connection refused',
  ...values,
});
const failTimes = (count: number, breaker: Breaker = recordSuccess()): Breaker =>
  count === 0 ? breaker : failTimes(count - 1, recordFailure(breaker, outage()));

function assertOpen(breaker: Breaker): asserts breaker is Extract<Breaker, { state: 'open' }> {
  expect(breaker.state).toBe('open');
}

test('four failures in a row leave it closed', () => {
  expect(failTimes(4)).toEqual({ state: 'closed', failuresInRow: 4, reason: 'connection refused' });
  expect(mayProceed(failTimes(4), NOW)).toBe(true);
});

test('each failure says why, until there is an answer', () => {
  const twice = recordFailure(failTimes(1), outage({ reason: 'time-out' }));
  expect([recordSuccess(), failTimes(1), twice, failTimes(5)].map(failingReason)).toEqual([
    null,
    'connection refused',
    'time-out',
    'connection refused',
  ]);
});

test('the fifth opens it and says why', () => {
  const breaker = failTimes(5);
  expect(breaker).toEqual({
    state: 'open',
    openedAt: NOW,
    probeAt: NOW + 5_000,
    opened: 1,
    reason: 'connection refused',
  });
  expect(mayProceed(breaker, NOW + 4_999)).toBe(false);
  expect(mayProceed(breaker, NOW + 5_000)).toBe(true);
});

test('an answer in between starts the count anew', () => {
  expect(failTimes(4, recordSuccess())).toEqual(failTimes(4));
});

test('a late failure of a request from before changes nothing', () => {
  const open = failTimes(5);
  expect(recordFailure(open, outage({ now: NOW + 4_999, reason: 'time-out' }))).toBe(open);
});

test('each failed probe makes it stay open twice as long, up to five minutes, from the same start on', () => {
  let breaker = failTimes(5);
  const openFor: number[] = [];
  for (let probes = 0; probes < 8; probes += 1) {
    assertOpen(breaker);
    const now = breaker.probeAt;
    breaker = recordFailure(breaker, outage({ now, reason: 'maintenance' }));
    assertOpen(breaker);
    openFor.push(breaker.probeAt - now);
  }
  expect(openFor).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  expect(breaker).toMatchObject({ openedAt: NOW, opened: 9, reason: 'maintenance' });
});

test('half of the open time is jitter', () => {
  const breaker = recordFailure(failTimes(4), outage({ random: 0 }));
  expect(breaker).toMatchObject({ probeAt: NOW + 2_500 });
});

test('a server that asks for time is not probed before, within five minutes', () => {
  const openFor = (retryAfterMs: number): number => {
    const breaker = recordFailure(failTimes(4), outage({ retryAfterMs }));
    assertOpen(breaker);
    return breaker.probeAt - NOW;
  };
  expect([1_000, 60_000, 3_600_000].map(openFor)).toEqual([5_000, 60_000, 300_000]);
});

test('an answer closes it, whatever came before', () => {
  expect(recordSuccess()).toEqual({ state: 'closed', failuresInRow: 0 });
});

test('a clock that was set back does not keep it open', () => {
  const breaker = failTimes(5);
  expect(mayProceed(breaker, NOW - 86_400_000)).toBe(true);
});

describe('after any history', () => {
  const event = fc.record({
    kind: fc.constantFrom('failure', 'success'),
    afterMs: fc.nat({ max: 400_000 }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  const history = fc.array(event, { maxLength: 60 });

  test('while open nothing is let through before a probe is due, and one is due within five minutes', () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (events, part) => {
        let breaker: Breaker = recordSuccess();
        let now = NOW;
        for (const { kind, afterMs, random } of events) {
          now += afterMs;
          const before = breaker;
          breaker =
            kind === 'success' ? recordSuccess() : recordFailure(breaker, { now, random, reason: 'down' });
          if (breaker.state === 'closed' || breaker === before) continue;
          const waitMs = breaker.probeAt - now;
          expect(Number.isInteger(breaker.probeAt)).toBe(true);
          expect(waitMs).toBeGreaterThanOrEqual(2_500);
          expect(waitMs).toBeLessThanOrEqual(300_000);
          expect(mayProceed(breaker, now + Math.floor(waitMs * part))).toBe(false);
          expect(mayProceed(breaker, breaker.probeAt)).toBe(true);
        }
      }),
    );
  });

  test('it is open only after five failures in a row', () => {
    fc.assert(
      fc.property(history, (events) => {
        let breaker: Breaker = recordSuccess();
        let inRow = 0;
        for (const { kind, random } of events) {
          inRow = kind === 'failure' ? inRow + 1 : 0;
          breaker =
            kind === 'success'
              ? recordSuccess()
              : recordFailure(breaker, { now: NOW, random, reason: 'down' });
          expect(breaker.state).toBe(inRow >= 5 ? 'open' : 'closed');
        }
      }),
    );
  });
});
