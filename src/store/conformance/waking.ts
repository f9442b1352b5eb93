import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../../core/failure.ts';
import type { Queue } from '../port.ts';
import { claim, dead, enqueue, failure, retry, scene, trigger } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

async function putOff(
  queue: Queue,
  id: number,
  off: { kind: 'retry' | 'waiting'; class: FailureClass; dueAt: number },
): Promise<void> {
  await enqueue(queue, 10, 'hook', scene(id));
  await claim(queue);
  await queue.settle([retry(scene(id), { ...off, attempt: 3, failure: failure(off.class) })], 2_000);
}

export function describeWaking(withStore: WithStore): void {
  describe('bringForward', () => {
    test('makes due what was put there by a clock that was ahead, pending or waiting, and keeps attempts', () =>
      withStore(async ({ queue }) => {
        await putOff(queue, 1, { kind: 'waiting', class: 'no-match', dueAt: 90_000 });
        await putOff(queue, 2, { kind: 'retry', class: 'rejected', dueAt: 90_000 });
        await queue.enqueue([trigger(scene(3))], { now: 2_000, dueAt: 2_000 });
        expect(await queue.bringForward(1_000)).toBe(3);
        expect(await queue.get(scene(1))).toMatchObject({ state: 'waiting', dueAt: 1_000, attempt: 3 });
        expect(await queue.get(scene(2))).toMatchObject({ state: 'pending', dueAt: 1_000, attempt: 3 });
        expect(await queue.get(scene(3))).toMatchObject({
          dueAt: 1_000,
          enqueuedAt: 1_000,
          stateSince: 1_000,
        });
        expect(await queue.bringForward(1_000)).toBe(0);
      }));

    test('won’t touch what was put off by the clock that there is, what runs and what is dead', () =>
      withStore(async ({ queue }) => {
        await putOff(queue, 1, { kind: 'retry', class: 'rejected', dueAt: 90_000 });
        await putOff(queue, 2, { kind: 'retry', class: 'rejected', dueAt: 90_000 });
        await queue.enqueue([trigger(scene(3))], { now: 5_000, dueAt: 5_000 });
        await claim(queue, { now: 5_000 });
        expect(await queue.bringForward(2_000)).toBe(0);
        expect(await queue.get(scene(1))).toMatchObject({ dueAt: 90_000 });
        expect(await queue.get(scene(3))).toMatchObject({ state: 'running' });
      }));
  });

  describe('wake', () => {
    test('makes waiting jobs of the class pending and due now, and keeps their attempts', () =>
      withStore(async ({ queue }) => {
        await putOff(queue, 1, { kind: 'waiting', class: 'no-match', dueAt: 90_000 });
        await putOff(queue, 2, { kind: 'waiting', class: 'no-match', dueAt: 80_000 });
        expect(await queue.wake({ state: 'waiting', class: 'no-match' }, 3_000)).toBe(2);
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'pending',
          dueAt: 3_000,
          stateSince: 3_000,
          enqueuedAt: 3_000,
          attempt: 3,
          failure: failure('no-match'),
        });
      }));

    test('makes pending jobs that were put off for the class due now', () =>
      withStore(async ({ queue }) => {
        await putOff(queue, 1, { kind: 'retry', class: 'unreachable', dueAt: 90_000 });
        expect(await queue.wake({ state: 'pending', class: 'unreachable' }, 3_000)).toBe(1);
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'pending',
          dueAt: 3_000,
          stateSince: 2_000,
        });
      }));

    test('won’t touch jobs of another state or class, fresh ones, dead ones, and those that are due', () =>
      withStore(async ({ queue }) => {
        await putOff(queue, 1, { kind: 'waiting', class: 'unreachable', dueAt: 90_000 });
        await putOff(queue, 2, { kind: 'waiting', class: 'rejected', dueAt: 90_000 });
        await putOff(queue, 3, { kind: 'retry', class: 'no-match', dueAt: 90_000 });
        await putOff(queue, 4, { kind: 'retry', class: 'rejected', dueAt: 90_000 });
        await putOff(queue, 5, { kind: 'retry', class: 'unreachable', dueAt: 3_000 });
        await enqueue(queue, 10, 'hook', scene(6));
        await claim(queue);
        await queue.settle([dead(scene(6), 'no-match')], 2_000);
        await queue.enqueue([trigger(scene(7))], { now: 10, dueAt: 90_000 });
        const list = (): Promise<unknown> =>
          queue.list({ states: ['pending', 'waiting', 'dead'], limit: 100 });
        const before = await list();
        expect(await queue.wake({ state: 'waiting', class: 'no-match' }, 3_000)).toBe(0);
        expect(await queue.wake({ state: 'pending', class: 'unreachable' }, 3_000)).toBe(0);
        expect(await list()).toEqual(before);
      }));
  });
}
