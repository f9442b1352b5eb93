import { describe, expect, test } from 'vitest';
import type { Queue } from '../port.ts';
import { claim, dead, done, enqueue, retry, scene, subjectsOf, tag, trigger } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

export function describeClaiming(withStore: WithStore): void {
  describe('claim', () => {
    test('takes jobs whose time has come, and only those', () =>
      withStore(async ({ queue }) => {
        await queue.enqueue([trigger(scene(1))], { now: 1, dueAt: 1_000 });
        await queue.enqueue([trigger(scene(2))], { now: 1, dueAt: 1_001 });
        const jobs = await claim(queue, { now: 1_000 });
        expect(jobs).toEqual([await queue.get(scene(1))]);
        expect(jobs[0]).toMatchObject({ state: 'running', stateSince: 1_000, dueAt: 1_000 });
        expect(await queue.get(scene(2))).toMatchObject({ state: 'pending' });
      }));

    test('takes the best priority first, then the oldest due time, over all kinds', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 30, 'sweep', scene(1));
        await enqueue(queue, 20, 'hook', scene(2));
        await enqueue(queue, 10, 'hook', tag(3));
        await enqueue(queue, 40, 'command', scene(4));
        await enqueue(queue, 20, 'sweep', tag(5));
        const order = [scene(4), tag(3), scene(2), tag(5), scene(1)];
        expect(subjectsOf(await claim(queue, { limit: 3 }))).toEqual(order.slice(0, 3));
        expect(subjectsOf(await claim(queue, { limit: 3 }))).toEqual(order.slice(3));
      }));

    test('takes one edit before a burst that came before it, and the burst in the order in which it came', () =>
      withStore(async ({ queue }) => {
        const burst = Array.from({ length: 30 }, (_, index) => scene(index + 1));
        await enqueue(queue, 10, 'hook', ...burst);
        await queue.enqueue([trigger(scene(99))], { now: 20, dueAt: 20, burst: 21 });
        await enqueue(queue, 30, 'poll', scene(77));
        const taken = subjectsOf(await claim(queue, { limit: 3 }));
        expect(taken[0]).toEqual(scene(77));
        expect(await queue.get(scene(99))).toMatchObject({ state: 'pending', priority: 110 });
        expect(subjectsOf(await claim(queue)).at(-1)).toEqual(scene(99));
      }));

    test('gives a burst a share of each batch while single edits keep coming', () =>
      withStore(async ({ queue }) => {
        const burst = Array.from({ length: 30 }, (_, index) => scene(100 + index));
        await enqueue(queue, 10, 'sweep', ...burst);
        for (let id = 1; id <= 12; id++) await enqueue(queue, 20 + id, 'hook', scene(id));
        const priorities = (await claim(queue, { limit: 8 })).map(({ priority }) => priority);
        expect(priorities).toEqual([10, 10, 10, 10, 10, 10, 140, 140]);
      }));

    test('finds a due job behind others of better priority that are not due', () =>
      withStore(async ({ queue }) => {
        await queue.enqueue([trigger(scene(1), 'command')], { now: 1, dueAt: 5_000 });
        await enqueue(queue, 1, 'sweep', scene(2));
        expect(subjectsOf(await claim(queue, { limit: 1 }))).toEqual([scene(2)]);
      }));

    test('takes the kinds that were asked for', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'hook', tag(1), scene(2));
        expect(subjectsOf(await claim(queue, { kinds: ['scene', 'performer'] }))).toEqual([scene(2)]);
        expect(await claim(queue, { kinds: [] })).toEqual([]);
      }));

    test('takes no more than the limit, and no job twice', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'hook', scene(1), scene(2), scene(3));
        const taken = [...(await claim(queue, { limit: 2 })), ...(await claim(queue, { limit: 2 }))];
        expect(new Set(subjectsOf(taken).map((subject) => subject.id))).toEqual(new Set(['1', '2', '3']));
        expect(taken).toHaveLength(3);
        expect(await claim(queue)).toEqual([]);
      }));

    test('leaves out what a comparison of everything has queued, or takes nothing else, as asked', () =>
      withStore(async ({ queue }) => {
        const many = Array.from({ length: 30 }, (_, index) => scene(index + 100));
        await enqueue(queue, 1, 'sweep', scene(1), scene(2));
        await enqueue(queue, 2, 'sweep', ...many);
        await enqueue(queue, 3, 'poll', scene(3), tag(4));
        await enqueue(queue, 4, 'hook', scene(2));
        expect(subjectsOf(await claim(queue, { sweep: 'left-out' }))).toEqual([scene(2), scene(3), tag(4)]);
        expect(await claim(queue, { sweep: 'left-out' })).toEqual([]);
        expect(subjectsOf(await claim(queue, { sweep: 'only', limit: 2 }))[0]).toEqual(scene(1));
        await enqueue(queue, 5, 'poll', scene(5));
        expect(await claim(queue, { sweep: 'only', limit: 100 })).toHaveLength(29);
        expect(subjectsOf(await claim(queue))).toEqual([scene(5)]);
      }));

    test('takes a waiting job once its time has come', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'hook', scene(1));
        await claim(queue);
        await queue.settle([retry(scene(1), { kind: 'waiting', dueAt: 5_000 })], 2_000);
        expect(await claim(queue, { now: 4_999 })).toEqual([]);
        expect(await claim(queue, { now: 5_000 })).toMatchObject([{ subject: scene(1), attempt: 1 }]);
      }));

    test('leaves dead letters alone', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'hook', scene(1));
        await claim(queue);
        await queue.settle([dead(scene(1))], 2_000);
        expect(await claim(queue, { now: 1_000_000 })).toEqual([]);
      }));
  });

  describe('nextDueAt', () => {
    test('is the earliest time at which a pending or waiting job becomes due', () =>
      withStore(async ({ queue }) => {
        expect(await queue.nextDueAt()).toBeNull();
        await enqueue(queue, 1, 'command', scene(1), scene(2), scene(3));
        await claim(queue);
        await queue.settle([retry(scene(1), { kind: 'waiting', dueAt: 7_000 }), dead(scene(2))], 2_000);
        expect(await queue.nextDueAt()).toBe(7_000);
        await queue.enqueue([trigger(scene(4), 'sweep')], { now: 1, dueAt: 6_000 });
        expect(await queue.nextDueAt()).toBe(6_000);
      }));

    test('can be asked of some: by kind, and with or without what a comparison of everything has queued', () =>
      withStore(async ({ queue }) => {
        const kinds = ['scene'] as const;
        expect(await queue.nextDueAt({ kinds })).toBeNull();
        await queue.enqueue([trigger(tag(1))], { now: 1, dueAt: 1_000 });
        await queue.enqueue([trigger(scene(1), 'sweep')], { now: 1, dueAt: 3_000 });
        await queue.enqueue([trigger(scene(2), 'sweep')], { now: 1, dueAt: 2_000, burst: 5_000 });
        expect(await queue.nextDueAt({ kinds, sweep: 'left-out' })).toBeNull();
        await queue.enqueue([trigger(scene(3), 'poll')], { now: 1, dueAt: 4_000 });
        expect(await queue.nextDueAt({ kinds, sweep: 'left-out' })).toBe(4_000);
        expect(await queue.nextDueAt({ kinds, sweep: 'only' })).toBe(2_000);
        expect(await queue.nextDueAt({ kinds })).toBe(2_000);
        expect(await queue.nextDueAt({ kinds: ['scene', 'tag'] })).toBe(1_000);
      }));
  });

  describe('a lease', () => {
    const runOne = async (queue: Queue): Promise<void> => {
      await enqueue(queue, 10, 'hook', scene(1));
      await claim(queue, { now: 1_000, owner: 'a', leaseUntil: 2_000 });
    };

    test('of another owner is taken over: the job is pending and due now, attempts and cursor kept', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'hook', tag(1));
        await claim(queue, { owner: 'a' });
        await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '500' }], 1_100);
        await claim(queue, { now: 1_200, owner: 'a' });
        await queue.settle([retry(tag(1), { attempt: 2, dueAt: 1_300 })], 1_250);
        await claim(queue, { now: 1_300, owner: 'a', leaseUntil: 9_000 });
        expect(await queue.takeOverLeases('b', 1_400)).toBe(1);
        expect(await queue.get(tag(1))).toMatchObject({
          state: 'pending',
          dueAt: 1_400,
          stateSince: 1_400,
          attempt: 2,
          cursor: '500',
          enqueuedAt: 10,
        });
      }));

    test('of one’s own is taken over once it has expired', () =>
      withStore(async ({ queue }) => {
        await runOne(queue);
        expect(await queue.takeOverLeases('a', 1_999)).toBe(0);
        expect(await queue.takeOverLeases('a', 2_000)).toBe(1);
        expect(await queue.get(scene(1))).toMatchObject({ state: 'pending', dueAt: 2_000 });
      }));

    test('lasts as long as it is prolonged by its owner', () =>
      withStore(async ({ queue }) => {
        await runOne(queue);
        await queue.extendLeases('b', 9_000);
        expect(await queue.takeOverLeases('a', 1_999)).toBe(0);
        await queue.extendLeases('a', 5_000);
        expect(await queue.takeOverLeases('a', 4_999)).toBe(0);
        expect(await queue.takeOverLeases('a', 5_000)).toBe(1);
      }));

    test('that was taken over with `again` set leaves a job to be looked at once', () =>
      withStore(async ({ queue }) => {
        await runOne(queue);
        await enqueue(queue, 1_500, 'hook', scene(1));
        await queue.takeOverLeases('b', 1_600);
        expect(await queue.get(scene(1))).toMatchObject({ state: 'pending', again: false });
      }));

    test('is no more after a settlement: the job won’t be taken over', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'hook', scene(1), scene(2), scene(3), scene(4), scene(5));
        await queue.enqueue([trigger(scene(6))], { now: 1, dueAt: 90_000 });
        await claim(queue, { owner: 'a' });
        const before = [
          done(scene(1)),
          retry(scene(2)),
          retry(scene(3), { kind: 'waiting' }),
          dead(scene(4)),
          { kind: 'release', subject: scene(5) } as const,
        ];
        await queue.settle(before, 1_100);
        const list = (): Promise<unknown> =>
          queue.list({ states: ['pending', 'running', 'waiting', 'dead'], limit: 100 });
        const rows = await list();
        expect(await queue.takeOverLeases('b', 1_000_000)).toBe(0);
        expect(await list()).toEqual(rows);
      }));
  });
}
