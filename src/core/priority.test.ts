import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRIGGER_SOURCES, type TriggerSource } from './job.ts';
import { isBulk, isOfSweep, nextBatch, noStream, priorityOf, streamAfter } from './priority.ts';

const SOURCES = Object.keys(TRIGGER_SOURCES) as readonly TriggerSource[];

describe('a priority', () => {
  test('puts all that came in bulk behind all that came by ones, whoever told of it', () => {
    const few = SOURCES.map((source) => priorityOf(source, 20));
    const many = SOURCES.map((source) => priorityOf(source, 21));
    expect(Math.max(...few)).toBeLessThan(Math.min(...many));
    expect(few.some(isBulk)).toBe(false);
    expect(many.every(isBulk)).toBe(true);
  });

  test('puts a person’s word first, then hooks, and comparisons last, in bulk as well', () => {
    for (const burst of [1, 5_000]) {
      const order = (['command', 'hook', 'poll', 'entity', 'sweep'] as const).map((source) =>
        priorityOf(source, burst),
      );
      expect(order).toEqual(order.toSorted((one, other) => one - other));
    }
  });
});

test('a priority tells what a comparison of everything has queued, alone or in bulk, from all else', () => {
  for (const source of SOURCES) {
    for (const burst of [1, 5_000]) expect(isOfSweep(priorityOf(source, burst))).toBe(source === 'sweep');
  }
});

const job = (priority: number, dueAt: number) => ({ priority, dueAt });

describe('a batch', () => {
  test('that holds all that is due is ordered by priority, then by age', () => {
    expect(nextBatch([job(100, 1), job(10, 3), job(10, 2)], 3)).toEqual([
      job(10, 2),
      job(10, 3),
      job(100, 1),
    ]);
    expect(nextBatch([], 50)).toEqual([]);
  });

  test('has the one edit first among thousands of a bulk that came before', () => {
    const bulk = Array.from({ length: 5_000 }, (_, index) => job(110, index));
    expect(nextBatch([...bulk, job(10, 9_000)], 50)[0]).toEqual(job(10, 9_000));
  });

  test('gives a quarter of its places by age, so that a bulk goes on among edits without end', () => {
    const edits = Array.from({ length: 100 }, (_, index) => job(10, 1_000 + index));
    const bulk = Array.from({ length: 100 }, (_, index) => job(140, index));
    const batch = nextBatch([...edits, ...bulk], 50);
    expect(batch.map(({ priority }) => priority)).toEqual([
      ...Array.from({ length: 38 }, () => 10),
      ...Array.from({ length: 12 }, () => 140),
    ]);
    expect(batch.slice(38).map(({ dueAt }) => dueAt)).toEqual(
      Array.from({ length: 12 }, (_, index) => index),
    );
  });

  test('of one place goes to the best priority', () => {
    expect(nextBatch([job(110, 1), job(10, 2)], 1)).toEqual([job(10, 2)]);
  });

  test('is full when enough is due, has nothing twice, and leaves none behind for ever', () => {
    const due = fc.array(fc.record({ priority: fc.constantFrom(0, 10, 100, 140), dueAt: fc.nat(50) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(due, fc.integer({ min: 1, max: 20 }), (jobs, limit) => {
        const batch = nextBatch(jobs, limit);
        expect(batch).toHaveLength(Math.min(jobs.length, limit));
        expect(new Set(batch).size).toBe(batch.length);
        const oldest = Math.min(...jobs.map(({ dueAt }) => dueAt));
        if (limit >= 4 && jobs.length > 0) expect(batch.map(({ dueAt }) => dueAt)).toContain(oldest);
      }),
    );
  });
});

describe('a stream of events', () => {
  const after = (...rounds: readonly (readonly [events: number, now: number])[]): number =>
    rounds.reduce((stream, [events, now]) => streamAfter(stream, { events, now }), noStream).size;

  test('grows while they follow each other', () => {
    expect(after([3, 100_000], [2, 101_000], [0, 102_000], [4, 103_000])).toBe(9);
  });

  test('begins anew after a pause', () => {
    expect(after([30, 100_000], [1, 102_001])).toBe(1);
  });

  test('goes on when the clock is set back', () => {
    expect(after([3, 100_000], [2, 50_000])).toBe(5);
  });
});
