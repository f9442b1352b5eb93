import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../../core/failure.ts';
import type { DeadSelection, Queue } from '../port.ts';
import { claim, dead, enqueue, failure, retry, scene } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

async function bury(queue: Queue, id: number, failureClass: FailureClass, now = 2_000): Promise<void> {
  await enqueue(queue, 10, 'sweep', scene(id));
  await claim(queue);
  await queue.settle([dead(scene(id), failureClass)], now);
}

const stateOf = async (queue: Queue, id: number): Promise<string | undefined> =>
  (await queue.get(scene(id)))?.state;

export function describeDeadLetters(withStore: WithStore): void {
  describe('retryDead', () => {
    test('makes dead letters pending as if a person had asked, with their failure still shown', () =>
      withStore(async ({ queue }) => {
        await bury(queue, 1, 'rejected');
        expect(await queue.retryDead({ kind: 'all' }, 3_000)).toBe(1);
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'pending',
          source: 'command',
          priority: 0,
          attempt: 0,
          postponed: 0,
          dueAt: 3_000,
          enqueuedAt: 3_000,
          stateSince: 3_000,
          failure: failure('rejected'),
        });
      }));

    test('of many at once lets single edits go first', () =>
      withStore(async ({ queue }) => {
        for (let id = 1; id <= 21; id++) await bury(queue, id, 'rejected');
        await queue.retryDead({ kind: 'class', class: 'rejected' }, 3_000);
        expect(await queue.get(scene(1))).toMatchObject({ source: 'command', priority: 100 });
      }));

    test.each<[string, DeadSelection, readonly string[]]>([
      ['all', { kind: 'all' }, ['pending', 'pending', 'pending']],
      ['a class', { kind: 'class', class: 'rejected' }, ['pending', 'dead', 'pending']],
      [
        'subjects',
        { kind: 'subjects', subjects: [scene(2), scene(3), scene(99)] },
        ['dead', 'pending', 'pending'],
      ],
      ['no subjects', { kind: 'subjects', subjects: [] }, ['dead', 'dead', 'dead']],
    ])('takes %s', (_, selection, states) =>
      withStore(async ({ queue }) => {
        await bury(queue, 1, 'rejected');
        await bury(queue, 2, 'no-match');
        await bury(queue, 3, 'rejected');
        const retried = await queue.retryDead(selection, 3_000);
        expect(await Promise.all([1, 2, 3].map((id) => stateOf(queue, id)))).toEqual(states);
        expect(retried).toBe(states.filter((state) => state === 'pending').length);
      }),
    );

    test('won’t touch jobs that are alive', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'sweep', scene(1), scene(2), scene(3));
        await claim(queue, { limit: 2 });
        await queue.settle([retry(scene(1), { kind: 'waiting', failure: failure('rejected') })], 2_000);
        const list = (): Promise<unknown> =>
          queue.list({ states: ['pending', 'running', 'waiting'], limit: 9 });
        const before = await list();
        expect(await queue.retryDead({ kind: 'all' }, 3_000)).toBe(0);
        expect(await queue.retryDead({ kind: 'class', class: 'rejected' }, 3_000)).toBe(0);
        expect(await queue.retryDead({ kind: 'subjects', subjects: [scene(1), scene(3)] }, 3_000)).toBe(0);
        expect(await list()).toEqual(before);
      }));
  });

  describe('clearDead', () => {
    test.each<[string, DeadSelection, readonly string[]]>([
      ['all', { kind: 'all' }, []],
      ['a class', { kind: 'class', class: 'rejected' }, ['no-match']],
      ['subjects', { kind: 'subjects', subjects: [scene(2), scene(3), scene(99)] }, ['rejected']],
      ['no subjects', { kind: 'subjects', subjects: [] }, ['rejected', 'no-match', 'rejected']],
    ])('forgets %s', (_, selection, left) =>
      withStore(async ({ queue }) => {
        await bury(queue, 1, 'rejected');
        await bury(queue, 2, 'no-match');
        await bury(queue, 3, 'rejected');
        expect(await queue.clearDead(selection)).toBe(3 - left.length);
        const jobs = await Promise.all([1, 2, 3].map((id) => queue.get(scene(id))));
        expect(jobs.flatMap((job) => job?.failure?.class ?? [])).toEqual(left);
      }),
    );

    test('won’t touch jobs that are alive, even those that failed before', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'sweep', scene(1), scene(2), scene(3));
        await claim(queue, { limit: 2 });
        await queue.settle([retry(scene(1), { kind: 'waiting', failure: failure('rejected') })], 2_000);
        expect(await queue.clearDead({ kind: 'all' })).toBe(0);
        expect(await queue.clearDead({ kind: 'class', class: 'rejected' })).toBe(0);
        expect(await queue.clearDead({ kind: 'subjects', subjects: [scene(1), scene(2), scene(3)] })).toBe(0);
        expect(await Promise.all([1, 2, 3].map((id) => stateOf(queue, id)))).toEqual([
          'waiting',
          'running',
          'pending',
        ]);
      }));
  });

  describe('deleteDeadBefore', () => {
    test('forgets dead letters that died before, and nothing else however old', () =>
      withStore(async ({ queue }) => {
        await bury(queue, 1, 'rejected', 2_000);
        await bury(queue, 2, 'rejected', 3_000);
        await enqueue(queue, 1, 'hook', scene(3));
        await claim(queue, { now: 1 });
        await queue.settle([retry(scene(3), { kind: 'waiting' })], 2);
        expect(await queue.deleteDeadBefore(3_000)).toBe(1);
        expect(await queue.get(scene(1))).toBeNull();
        expect(await stateOf(queue, 2)).toBe('dead');
        expect(await stateOf(queue, 3)).toBe('waiting');
      }));

    test('leaves room for the scene to be queued anew', () =>
      withStore(async ({ queue }) => {
        await bury(queue, 1, 'rejected', 2_000);
        await queue.deleteDeadBefore(9_000);
        expect(await queue.enqueue([{ subject: scene(1), source: 'sweep' }], { now: 1, dueAt: 1 })).toEqual({
          added: 1,
          coalesced: 0,
        });
        expect(await queue.get(scene(1))).toMatchObject({ attempt: 0, failure: null });
      }));
  });
}
