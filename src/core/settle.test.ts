import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAILURE_CLASSES, FAILURE_POLICIES, type Failure, type FailureClass } from './failure.ts';
import { sceneId } from './ids.ts';
import type { Job } from './job.ts';
import { sceneSubject } from './scene.ts';
import { type FailedJob, settlementFor } from './settle.ts';

const NOW = 1_000_000;
const subject = sceneSubject(sceneId('42'));
const failureOf = (kind: FailureClass, values: Partial<Failure> = {}): Failure => ({
  class: kind,
  message: `it was ${kind}`,
  ...values,
});

const jobWith = (values: Partial<Job> = {}): Job => ({
  subject,
  state: 'running',
  source: 'hook',
  priority: 10,
  enqueuedAt: NOW,
  dueAt: NOW,
  attempt: 0,
  postponed: 0,
  again: false,
  cursor: null,
  failure: null,
  stateSince: NOW,
  ...values,
});

const settle = (kind: FailureClass, job: Partial<Job> = {}, values: Partial<FailedJob> = {}) =>
  settlementFor({
    job: jobWith(job),
    failure: failureOf(kind),
    now: NOW,
    random: 0.5,
    maxRetries: 5,
    ...values,
  });

describe('an unreachable server', () => {
  test('puts the job off, longer each time, and never burns an attempt', () => {
    const failure = failureOf('unreachable');
    expect(settle('unreachable', { attempt: 4 })).toEqual({
      kind: 'retry',
      subject,
      dueAt: NOW + 2_500,
      attempt: 4,
      postponed: 1,
      failure,
    });
    expect(settle('unreachable', { attempt: 4, postponed: 3, failure })).toMatchObject({
      dueAt: NOW + 20_000,
      attempt: 4,
      postponed: 4,
    });
    expect(settle('unreachable', { postponed: 10_000, failure })).toMatchObject({
      kind: 'retry',
      dueAt: NOW + 300_000,
    });
  });

  test('starts short again when the job was put off for another reason before', () => {
    const settled = settle('unreachable', { postponed: 9, failure: failureOf('item-gone') });
    expect(settled).toMatchObject({ dueAt: NOW + 2_500, postponed: 1 });
  });

  test('is not asked again before it said', () => {
    const failure = failureOf('unreachable', { retryAfterMs: 60_000 });
    expect(settle('unreachable', {}, { failure })).toMatchObject({ dueAt: NOW + 60_000 });
  });
});

describe.each(['rejected', 'unexpected'] as const)('a failure of the class %s', (kind) => {
  test('is tried again with backoff and counts', () => {
    expect(settle(kind, { attempt: 2, postponed: 7, failure: failureOf(kind) })).toEqual({
      kind: 'retry',
      subject,
      dueAt: NOW + 10_000,
      attempt: 3,
      postponed: 0,
      failure: failureOf(kind),
    });
  });

  test('makes a dead letter of the job with its last attempt', () => {
    const dead = { kind: 'dead', subject, attempt: 5, failure: failureOf(kind) };
    expect(settle(kind, { attempt: 4 })).toEqual(dead);
    expect(settle(kind, { attempt: 7 })).toEqual({ ...dead, attempt: 8 });
    expect(settle(kind, {}, { maxRetries: 1 })).toEqual({ ...dead, attempt: 1 });
  });
});

test('a scene that is not in Plex waits for its file, and is a dead letter after max_retries', () => {
  expect(settle('no-match', { attempt: 3 })).toEqual({
    kind: 'waiting',
    subject,
    dueAt: NOW + 20_000,
    attempt: 4,
    postponed: 0,
    failure: failureOf('no-match'),
  });
  expect(settle('no-match', { attempt: 4 })).toMatchObject({ kind: 'dead', attempt: 5 });
});

test.each(['ambiguous', 'contested', 'not-syncable'] as const)('a job that is %s is dead at once', (kind) => {
  expect(settle(kind, { attempt: 1 })).toEqual({
    kind: 'dead',
    subject,
    attempt: 1,
    failure: failureOf(kind),
  });
});

test.each(['auth', 'settings', 'server-changed'] as const)('%s gives the job back as it was', (kind) => {
  expect(settle(kind, { attempt: 3, postponed: 2 })).toEqual({ kind: 'release', subject });
});

test('an item that went away is looked for at once three times in a row, then with backoff', () => {
  let job = jobWith({ attempt: 2 });
  const delays = Array.from({ length: 6 }, () => {
    const settled = settlementFor({
      job,
      failure: failureOf('item-gone'),
      now: NOW,
      random: 0.5,
      maxRetries: 5,
    });
    if (settled.kind !== 'retry') throw new Error(`was ${settled.kind}`);
    job = { ...job, postponed: settled.postponed, attempt: settled.attempt, failure: settled.failure };
    return settled.dueAt - NOW;
  });
  expect(delays).toEqual([0, 0, 0, 2_500, 5_000, 10_000]);
  expect(job.attempt).toBe(2);
});

describe('every failure of every job', () => {
  const count = fc.nat({ max: 500 });
  const failed = fc.record({
    failure: fc
      .record({ class: fc.constantFrom(...FAILURE_CLASSES), retryAfterMs: fc.nat({ max: 10_000_000 }) })
      .map((values): Failure => ({ ...values, message: 'it failed' })),
    job: fc
      .record({ attempt: count, postponed: count, last: fc.option(fc.constantFrom(...FAILURE_CLASSES)) })
      .map(({ attempt, postponed, last }) =>
        jobWith({ attempt, postponed, failure: last === null ? null : failureOf(last) }),
      ),
    now: fc.constant(NOW),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    maxRetries: fc.integer({ min: 1, max: 100 }),
  });

  test('is settled as its policy says, and is due within an hour if it is to run again', () => {
    fc.assert(
      fc.property(failed, (each) => {
        const settled = settlementFor(each);
        const { countsAttempt, answer } = FAILURE_POLICIES[each.failure.class];
        expect(settled.subject).toEqual(subject);
        if (settled.kind === 'retry' || settled.kind === 'waiting') {
          expect(settled.attempt).toBe(each.job.attempt + (countsAttempt ? 1 : 0));
          expect(settled.attempt < each.maxRetries || !countsAttempt).toBe(true);
          expect(settled.dueAt).toBeGreaterThanOrEqual(NOW + (answer === 'look-again' ? 0 : 250));
          expect(settled.dueAt).toBeLessThanOrEqual(NOW + 3_600_000);
          expect(Number.isInteger(settled.dueAt)).toBe(true);
        } else if (settled.kind === 'dead') {
          expect(answer === 'dead' || (countsAttempt && settled.attempt >= each.maxRetries)).toBe(true);
        } else {
          expect(settled.kind).toBe('release');
          expect(['pause', 'stop']).toContain(answer);
        }
      }),
    );
  });
});
