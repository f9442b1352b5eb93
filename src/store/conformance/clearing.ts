import { describe, expect, test } from 'vitest';
import { claim, dead, done, enqueue, retry, scene, tag } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

export function describeClearing(withStore: WithStore): void {
  describe('clearQueue', () => {
    test('forgets what is pending, put off or waiting, and leaves dead letters', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'hook', scene(1), scene(2), scene(3));
        await claim(queue);
        await queue.settle(
          [retry(scene(1)), retry(scene(2), { kind: 'waiting' }), dead(scene(3), 'rejected')],
          2_000,
        );
        await enqueue(queue, 3_000, 'entity', scene(4), tag(1));
        expect(await queue.clearQueue()).toBe(4);
        expect(await queue.counts()).toMatchObject({ pending: 0, running: 0, waiting: 0, dead: 1 });
        expect(await queue.nextDueAt()).toBeNull();
      }));

    test('leaves a running scene, which ends as it is settled, without a second look', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'hook', scene(1), scene(2));
        await claim(queue);
        await enqueue(queue, 20, 'hook', scene(1), scene(2));
        expect(await queue.clearQueue()).toBe(0);
        expect(await queue.get(scene(1))).toMatchObject({ state: 'running', again: false });
        await queue.settle([done(scene(1)), retry(scene(2), { dueAt: 50_000 })], 2_000);
        expect(await queue.get(scene(1))).toBeNull();
        expect(await queue.get(scene(2))).toMatchObject({ state: 'pending', dueAt: 50_000 });
      }));

    test('ends a fan-out, also one whose page is just being queued', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'entity', tag(1), tag(2));
        await claim(queue, { limit: 1 });
        expect(await queue.clearQueue()).toBe(2);
        await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '7' }], 2_000);
        expect(await queue.counts()).toMatchObject({ pending: 0, running: 0 });
      }));

    test('leaves room for everything to be queued anew', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'hook', scene(1));
        await queue.clearQueue();
        await enqueue(queue, 20, 'sweep', scene(1));
        expect(await queue.get(scene(1))).toMatchObject({ state: 'pending', source: 'sweep', attempt: 0 });
      }));
  });

  describe('drop', () => {
    test('forgets one job and no other, whether it waits or not', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'hook', scene(1), scene(2));
        expect(await queue.drop(scene(1))).toBe(true);
        expect(await queue.drop(scene(1))).toBe(false);
        expect(await queue.counts()).toMatchObject({ pending: 1 });
      }));

    test('lets nothing follow the step of a fan-out that runs', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'entity', tag(1));
        await claim(queue);
        expect(await queue.drop(tag(1))).toBe(true);
        await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '7' }], 2_000);
        expect(await queue.get(tag(1))).toBeNull();
      }));
  });
}
