import { describe, expect, test } from 'vitest';
import { quietStatus } from '../../../test/fakes/fakeOperations.ts';
import { NO_COUNTS } from '../../core/reconcile/progress.ts';
import type { Status } from '../../engine/operations.ts';
import { nextProgress, type Progress, progressLine } from './progressLine.ts';

const comparing = (scenes: number, total: number | null = 3000): Status => ({
  ...quietStatus,
  reconcile: {
    ...quietStatus.reconcile,
    running: {
      startedAt: 0,
      total,
      counts: { ...NO_COUNTS, scenes },
      survey: null,
      remainingMs: null,
      failure: null,
    },
  },
});
const looking = (pending: number, running = 0): Status => ({
  ...quietStatus,
  queue: { ...quietStatus.queue, pending, running },
});

/** One state of work after the other, a minute apart; what the line says of the last one. */
function lineAfter(...states: readonly Status[]): string {
  let progress: Progress | null = null;
  let now = 0;
  for (const state of states) {
    now += 60_000;
    progress = nextProgress(progress, state, now);
  }
  return progress === null ? '' : progressLine(progress, now, 80);
}

describe('how far it is', () => {
  test('a comparison tells how long the rest takes at the speed so far', () => {
    expect(lineAfter(comparing(0), comparing(1000))).toBe(
      '[######              ]  33 %  1000 of 3000 scenes compared, 2 minutes left',
    );
  });

  test('nothing is promised before something was done', () => {
    expect(lineAfter(comparing(500))).toBe('[###                 ]  16 %  500 of 3000 scenes compared');
  });

  test('until Stash has told how many there are, what is done is told', () => {
    expect(lineAfter(comparing(0, null))).toBe('Plex’s libraries are read …');
  });

  test('what was queued comes after, for itself', () => {
    expect(lineAfter(comparing(3000), looking(400), looking(280, 20))).toBe(
      '[#####               ]  25 %  100 of 400 scenes looked at, 3 minutes left',
    );
  });

  test('more work begins the count anew', () => {
    expect(lineAfter(looking(10), looking(5), looking(20))).toBe(
      '[                    ]   0 %  0 of 20 scenes looked at',
    );
  });
});

test('the line fits a narrow terminal', () => {
  const progress = nextProgress(null, comparing(500), 0);
  expect(progressLine(progress, 0, 30)).toHaveLength(29);
});
