import { describe, expect, test } from 'vitest';
import type { Queue } from '../port.ts';
import { claim, dead, enqueue, failure, retry, scene, subjectsOf, tag } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

/** Two pending (6, 5), one running (7), one waiting (1), three dead (2, 3, 4). */
async function fill(queue: Queue): Promise<void> {
  await enqueue(queue, 10, 'sweep', scene(1), scene(2), scene(3), scene(4));
  await claim(queue);
  await queue.settle([retry(scene(1), { kind: 'waiting' }), dead(scene(2), 'no-match')], 2_000);
  await queue.settle([dead(scene(3), 'rejected')], 3_000);
  await queue.settle([dead(scene(4), 'no-match')], 4_000);
  await enqueue(queue, 400, 'sweep', scene(5));
  await enqueue(queue, 500, 'hook', tag(6));
  await enqueue(queue, 300, 'command', scene(7));
  await claim(queue, { limit: 1 });
}

export function describeQueueLists(withStore: WithStore): void {
  describe('counts', () => {
    test('of an empty queue are nothing', () =>
      withStore(async ({ queue }) => {
        expect(await queue.counts()).toEqual({
          pending: 0,
          bulk: 0,
          running: 0,
          waiting: 0,
          dead: 0,
          deadByClass: {},
          oldestPendingAt: null,
        });
      }));

    test('tell how many of the pending came in bulk', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        await queue.enqueue([{ subject: scene(8), source: 'hook' }], { now: 1, dueAt: 1, burst: 5_000 });
        expect(await queue.counts()).toMatchObject({ pending: 3, bulk: 1, deadByClass: { 'no-match': 2 } });
      }));

    test('tell nothing of what came in bulk and waits', () =>
      withStore(async ({ queue }) => {
        const inBulk = { now: 1, dueAt: 1, burst: 5_000 };
        await queue.enqueue([{ subject: scene(1), source: 'hook' }], inBulk);
        await claim(queue, { limit: 1 });
        await queue.settle([retry(scene(1), { kind: 'waiting' })], 2);
        await queue.enqueue([{ subject: scene(2), source: 'hook' }], inBulk);
        expect(await queue.counts()).toMatchObject({ pending: 1, bulk: 1, waiting: 1 });
      }));

    test('tell states, classes of dead letters, and since when the oldest pending job is there', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        expect(await queue.counts()).toEqual({
          pending: 2,
          bulk: 0,
          running: 1,
          waiting: 1,
          dead: 3,
          deadByClass: { 'no-match': 2, rejected: 1 },
          oldestPendingAt: 400,
        });
      }));
  });

  describe('census', () => {
    test('of an empty queue is empty', () =>
      withStore(async ({ queue }) => expect(await queue.census()).toEqual([])));

    test('groups every job by its state and the class of its latest failure', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        expect(await queue.census()).toEqual([
          { state: 'dead', class: 'no-match', jobs: 2 },
          { state: 'dead', class: 'rejected', jobs: 1 },
          { state: 'pending', class: null, jobs: 2 },
          { state: 'running', class: null, jobs: 1 },
          { state: 'waiting', class: expect.any(String), jobs: 1 },
        ]);
      }));
  });

  describe('diedAfter', () => {
    test('tells nothing where nothing died since', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        expect(await queue.diedAfter(4_000)).toBeNull();
      }));

    test('counts what died after the time, by class, with the first and the last', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        expect(await queue.diedAfter(2_000)).toEqual({
          byClass: { 'no-match': 1, rejected: 1 },
          firstAt: 3_000,
          lastAt: 4_000,
        });
      }));

    test('does not count what a new trigger has revived', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        await enqueue(queue, 5_000, 'hook', scene(3), scene(4));
        expect(await queue.diedAfter(2_000)).toBeNull();
      }));
  });

  describe('list', () => {
    test('goes state by state: dead letters newest first, others in the order in which they are claimed', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        const jobs = await queue.list({ states: ['dead', 'pending', 'waiting'], limit: 100 });
        expect(subjectsOf(jobs)).toEqual([scene(4), scene(3), scene(2), tag(6), scene(5), scene(1)]);
        expect(subjectsOf(await queue.list({ states: ['running'], limit: 100 }))).toEqual([scene(7)]);
        expect(await queue.list({ states: [], limit: 100 })).toEqual([]);
      }));

    test('ends at the limit', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        const jobs = await queue.list({ states: ['dead', 'pending'], limit: 4 });
        expect(subjectsOf(jobs)).toEqual([scene(4), scene(3), scene(2), tag(6)]);
      }));

    test('takes one class if asked', () =>
      withStore(async ({ queue }) => {
        await fill(queue);
        const jobs = await queue.list({ states: ['dead', 'waiting'], class: 'rejected', limit: 100 });
        expect(subjectsOf(jobs)).toEqual([scene(3), scene(1)]);
        expect(jobs[0]?.failure).toEqual(failure('rejected'));
      }));
  });
}
