import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Activity,
  activityAfter,
  type Deed,
  joined,
  minutesOf,
  NO_ACTIVITY,
  seriesOf,
} from './activity.ts';
import { latencyStep, percentileMs, plusLatencies } from './latency.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** On the hour, and on a step of each span. */
const START = 100 * DAY;

const scene = (latencyMs: number | null = 400): Deed => ({ kind: 'scene', latencyMs });
const after = (
  deeds: readonly (readonly [at: number, deed: Deed])[],
  from: Activity = NO_ACTIVITY,
): Activity => deeds.reduce((activity, [at, deed]) => activityAfter(activity, deed, at), from);
const scenesIn = (activity: Activity, ...[span, now]: [Parameters<typeof seriesOf>[1], number]) =>
  seriesOf(activity, span, now).map((bucket) => bucket.scenes);

describe('what was done', () => {
  test('is counted by the minute and by the quarter of an hour', () => {
    const activity = after([
      [START, scene()],
      [START + 59_999, { kind: 'field' }],
      [START + MINUTE, { kind: 'request', peer: 'plex', isAnswered: true }],
      [START + MINUTE, { kind: 'request', peer: 'stash', isAnswered: false }],
    ]);
    expect(activity.minutes).toMatchObject([
      { at: START, scenes: 1, fields: 1, plexRequests: 0 },
      { at: START + MINUTE, scenes: 0, plexRequests: 1, stashRequests: 1, unanswered: 1 },
    ]);
    expect(activity.quarters).toMatchObject([{ at: START, scenes: 1, fields: 1, plexRequests: 1 }]);
  });

  test('is kept for two hours by the minute and for a week by the quarter, however long it goes on', () => {
    let activity = NO_ACTIVITY;
    for (let minute = 0; minute < 9 * 24 * 60; minute++) {
      activity = activityAfter(activity, { kind: 'field' }, START + minute * MINUTE);
    }
    expect(activity.minutes).toHaveLength(120);
    expect(activity.quarters).toHaveLength(7 * 24 * 4);
  });

  test('after a clock that ran ahead was set back, nothing lies ahead', () => {
    const activity = after([
      [START + DAY, scene()],
      [START, scene()],
    ]);
    expect(activity.minutes.map(({ at }) => at)).toEqual([START]);
    expect(scenesIn(activity, 'hour', START).at(-1)).toBe(1);
  });

  test('of two processes is joined without losing or doubling any', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 * 60 }), { maxLength: 40 }),
        fc.nat({ max: 40 }),
        (minutes, cut) => {
          const deeds = minutes
            .sort((a, b) => a - b)
            .map((minute) => [START + minute * MINUTE, scene()] as const);
          const one = after(deeds);
          const two = joined(after(deeds.slice(0, cut)), after(deeds.slice(cut)));
          const now = START + 3 * HOUR;
          expect(scenesIn(two, 'hour', now)).toEqual(scenesIn(one, 'hour', now));
          expect(two.quarters).toEqual(one.quarters);
        },
      ),
    );
  });
});

describe('a series', () => {
  test('goes up to now, step by step, with those in which nothing was done', () => {
    const activity = after([
      [START - HOUR, scene()],
      [START - 59 * MINUTE, scene()],
      [START, scene()],
    ]);
    const hour = seriesOf(activity, 'hour', START + 30_000);
    expect(hour).toHaveLength(60);
    expect(hour.at(-1)).toMatchObject({ at: START, scenes: 1 });
    expect(hour[0]).toMatchObject({ at: START - 59 * MINUTE, scenes: 1 });
    expect(hour.reduce((sum, { scenes }) => sum + scenes, 0)).toBe(2);
  });

  test('of a day and of a week is made of quarters', () => {
    const activity = after([
      [START - 3 * DAY, scene()],
      [START - 2 * HOUR, scene()],
      [START - 2 * HOUR + 20 * MINUTE, scene()],
    ]);
    const day = scenesIn(activity, 'day', START);
    expect(day).toHaveLength(96);
    expect(day.filter((count) => count > 0)).toEqual([1, 1]);
    const week = scenesIn(activity, 'week', START);
    expect(week).toHaveLength(84);
    expect(week.filter((count) => count > 0)).toEqual([1, 2]);
  });

  test('has rates by the minutes that have passed', () => {
    expect(minutesOf(START, 'day', START + HOUR)).toBe(15);
    expect(minutesOf(START, 'day', START + 3 * MINUTE)).toBe(3);
    expect(minutesOf(START, 'hour', START + 5_000)).toBe(1);
  });
});

describe('latencies', () => {
  const counted = (times: readonly number[]) =>
    times.reduce((sum, ms) => plusLatencies(sum, { [latencyStep(ms)]: 1 }), {});

  test('without any there is no percentile', () => {
    expect(percentileMs({}, 50)).toBeNull();
  });

  test('a percentile is at most a tenth off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 10, max: 3_600_000 }), { minLength: 1, maxLength: 50 }),
        fc.constantFrom(50, 95),
        (times, percent) => {
          const sorted = times.toSorted((a, b) => a - b);
          const exact = sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;
          const found = percentileMs(counted(times), percent) ?? 0;
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 10);
        },
      ),
    );
  });

  test('of a clock that was set back are the shortest', () => {
    expect(percentileMs(counted([-5, 0]), 50)).toBe(10);
  });
});
