import { describe, expect, test } from 'vitest';
import { claim, dead, enqueue, failure, retry, scene, tag, trigger } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

export function describeEnqueueing(withStore: WithStore): void {
  describe('enqueue', () => {
    test('makes a pending job of a new subject', () =>
      withStore(async ({ queue }) => {
        const counts = await queue.enqueue([trigger(scene(42))], { now: 100, dueAt: 400 });
        expect(counts).toEqual({ added: 1, coalesced: 0 });
        expect(await queue.get(scene(42))).toEqual({
          subject: scene(42),
          state: 'pending',
          source: 'hook',
          priority: 10,
          enqueuedAt: 100,
          dueAt: 400,
          attempt: 0,
          postponed: 0,
          again: false,
          cursor: null,
          failure: null,
          stateSince: 100,
        });
      }));

    test('keeps subjects of one id and different kinds apart', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'hook', scene(7), tag(7));
        expect(await queue.counts()).toMatchObject({ pending: 2 });
      }));

    test('makes one job of all triggers of a subject, also within one call', () =>
      withStore(async ({ queue }) => {
        const times = { now: 1, dueAt: 1 };
        const first = await queue.enqueue([trigger(scene(1)), trigger(scene(1)), trigger(scene(2))], times);
        const second = await queue.enqueue([trigger(scene(2)), trigger(scene(3))], times);
        expect(first).toEqual({ added: 2, coalesced: 1 });
        expect(second).toEqual({ added: 1, coalesced: 1 });
        expect(await queue.counts()).toMatchObject({ pending: 3 });
      }));

    test('does nothing without triggers', () =>
      withStore(async ({ queue }) => {
        expect(await queue.enqueue([], { now: 1, dueAt: 1 })).toEqual({ added: 0, coalesced: 0 });
      }));

    test('gives a pending job the better priority and the earlier due time', () =>
      withStore(async ({ queue }) => {
        await queue.enqueue([trigger(scene(1), 'sweep')], { now: 10, dueAt: 500 });
        await queue.enqueue([trigger(scene(1), 'hook')], { now: 20, dueAt: 300 });
        await queue.enqueue([trigger(scene(1), 'poll')], { now: 30, dueAt: 900 });
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'pending',
          source: 'hook',
          priority: 10,
          dueAt: 300,
          enqueuedAt: 10,
          stateSince: 10,
          again: false,
        });
      }));

    test('sets `again` on a running job and leaves the rest of it alone, but for a better priority', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'sweep', scene(1));
        await claim(queue, { now: 20 });
        await enqueue(queue, 30, 'hook', scene(1));
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'running',
          again: true,
          priority: 10,
          source: 'hook',
          dueAt: 10,
          stateSince: 20,
        });
      }));

    test.each(['waiting', 'dead'] as const)(
      'makes a %s job pending again with the priority and due time of the trigger, its failure still shown',
      (state) =>
        withStore(async ({ queue }) => {
          await enqueue(queue, 10, 'command', scene(1));
          await claim(queue);
          await queue.settle(
            [state === 'dead' ? dead(scene(1)) : retry(scene(1), { kind: 'waiting' })],
            2_000,
          );
          await queue.enqueue([trigger(scene(1), 'sweep')], { now: 3_000, dueAt: 70_000 });
          expect(await queue.get(scene(1))).toMatchObject({
            state: 'pending',
            source: 'sweep',
            priority: 40,
            enqueuedAt: 3_000,
            dueAt: 70_000,
            stateSince: 3_000,
            again: false,
            failure: failure(state === 'dead' ? 'no-match' : 'rejected'),
          });
        }),
    );

    test.each([
      ['hook', 'pending', { attempt: 0, postponed: 0 }],
      ['hook', 'waiting', { attempt: 0, postponed: 0 }],
      ['hook', 'dead', { attempt: 0, postponed: 0 }],
      ['sweep', 'pending', { attempt: 3, postponed: 2 }],
      ['sweep', 'waiting', { attempt: 3, postponed: 2 }],
      ['sweep', 'dead', { attempt: 5, postponed: 0 }],
    ] as const)('from a %s leaves a %s job with %o', (source, state, attempts) =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'poll', scene(1));
        await claim(queue);
        const kind = state === 'waiting' ? 'waiting' : 'retry';
        await queue.settle(
          [state === 'dead' ? dead(scene(1)) : retry(scene(1), { kind, attempt: 3 })],
          2_000,
        );
        await enqueue(queue, 3_000, source, scene(1));
        expect(await queue.get(scene(1))).toMatchObject({ state: 'pending', ...attempts });
      }),
    );

    test('leaves the attempts of a running job to its settlement', () =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 1, 'poll', scene(1));
        await claim(queue);
        await queue.settle([retry(scene(1), { attempt: 3, dueAt: 2_000 })], 1_500);
        await claim(queue, { now: 2_000 });
        await enqueue(queue, 2_500, 'hook', scene(1));
        expect(await queue.get(scene(1))).toMatchObject({ state: 'running', attempt: 3 });
      }));
  });
}
