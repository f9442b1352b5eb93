import { describe, expect, test } from 'vitest';
import type { Subject } from '../../core/scene.ts';
import type { Queue } from '../port.ts';
import { claim, dead, done, enqueue, failure, itemKey, retry, scene, tag } from './examples.ts';
import type { WithStore } from './storeRunner.ts';

async function running(queue: Queue, ...subjects: readonly Subject[]): Promise<void> {
  await enqueue(queue, 10, 'poll', ...subjects);
  await claim(queue, { now: 1_000 });
}

/** A fan-out in its second page. */
async function runningSecondPage(queue: Queue): Promise<void> {
  await running(queue, tag(1));
  await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '500' }], 1_100);
  await claim(queue, { now: 1_200 });
}

export function describeSettling(withStore: WithStore): void {
  describe('settle', () => {
    test('takes a job that is done out of the queue', () =>
      withStore(async ({ queue }) => {
        await running(queue, scene(1), scene(2));
        await queue.settle([done(scene(1))], 2_000);
        expect(await queue.get(scene(1))).toBeNull();
        expect(await queue.get(scene(2))).toMatchObject({ state: 'running' });
      }));

    test.each([
      ['retry', 'pending'],
      ['waiting', 'waiting'],
    ] as const)('with `%s` makes a job %s with what the settlement says', (kind, state) =>
      withStore(async ({ queue }) => {
        await running(queue, scene(1));
        await queue.settle([retry(scene(1), { kind, dueAt: 7_000, attempt: 2, postponed: 4 })], 2_000);
        expect(await queue.get(scene(1))).toMatchObject({
          state,
          dueAt: 7_000,
          attempt: 2,
          postponed: 4,
          failure: failure('rejected'),
          stateSince: 2_000,
          enqueuedAt: 10,
        });
      }),
    );

    test('with `retry` and no failure clears the last one', () =>
      withStore(async ({ queue }) => {
        await running(queue, scene(1));
        await queue.settle([retry(scene(1), { dueAt: 3_000 })], 2_000);
        await claim(queue, { now: 3_000 });
        expect(await queue.get(scene(1))).toMatchObject({ failure: failure('rejected') });
        await queue.settle([retry(scene(1), { failure: null })], 4_000);
        expect(await queue.get(scene(1))).toMatchObject({ failure: null });
      }));

    test('with `dead` keeps the whole failure for people to read', () =>
      withStore(async ({ queue }) => {
        const whole = {
          ...failure('ambiguous'),
          peer: 'plex' as const,
          advice: 'Remove one of them.',
          retryAfterMs: 5,
          candidates: [
            {
              item: itemKey(9),
              title: 'Title\u0000 \u{1f3ac}',
              path: '/a',
              size: null,
              durationMs: 3,
            },
          ],
        };
        await running(queue, scene(1));
        await queue.settle([{ kind: 'dead', subject: scene(1), attempt: 5, failure: whole }], 2_000);
        const job = await queue.get(scene(1));
        expect(job).toMatchObject({ state: 'dead', attempt: 5, stateSince: 2_000 });
        expect(job?.failure).toEqual(whole);
      }));

    test('with `release` gives a job back as it was claimed', () =>
      withStore(async ({ queue }) => {
        await running(queue, scene(1));
        await queue.settle([retry(scene(1), { dueAt: 3_000 })], 2_000);
        await claim(queue, { now: 3_500 });
        await queue.settle([{ kind: 'release', subject: scene(1) }], 4_000);
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'pending',
          dueAt: 3_000,
          attempt: 1,
          postponed: 2,
          failure: failure('rejected'),
        });
      }));

    test('with `continue` puts a fan-out back at its next page, due now, its attempts forgotten', () =>
      withStore(async ({ queue }) => {
        await running(queue, tag(1));
        await queue.settle([retry(tag(1), { dueAt: 3_000 })], 2_000);
        await claim(queue, { now: 3_000 });
        await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '500' }], 4_000);
        expect(await queue.get(tag(1))).toMatchObject({
          state: 'pending',
          cursor: '500',
          dueAt: 4_000,
          attempt: 0,
          postponed: 0,
          failure: null,
        });
        expect(await claim(queue, { now: 4_000 })).toMatchObject([{ subject: tag(1), cursor: '500' }]);
      }));

    test.each([
      ['done', done(scene(1))],
      ['retry', retry(scene(1))],
      ['waiting', retry(scene(1), { kind: 'waiting' })],
      ['release', { kind: 'release', subject: scene(1) }],
      ['dead', dead(scene(1))],
    ] as const)('with `%s` leaves a job alone that is not running', (_, settlement) =>
      withStore(async ({ queue }) => {
        await enqueue(queue, 10, 'poll', scene(1));
        const before = await queue.get(scene(1));
        await queue.settle([settlement], 2_000);
        expect(await queue.get(scene(1))).toEqual(before);
      }),
    );

    test('takes settlements of jobs that are not there', () =>
      withStore(async ({ queue }) => {
        await queue.settle([done(scene(9)), dead(scene(8))], 2_000);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      }));
  });

  describe('settle of a job with `again`', () => {
    test.each([
      ['done', done(scene(1)), { attempt: 0, postponed: 0, failure: null, enqueuedAt: 1_500 }],
      ['dead', dead(scene(1)), { attempt: 0, postponed: 0, failure: failure('no-match'), enqueuedAt: 1_500 }],
      ['retry', retry(scene(1)), { attempt: 1, postponed: 2, failure: failure('rejected'), enqueuedAt: 10 }],
      [
        'waiting',
        retry(scene(1), { kind: 'waiting' }),
        { attempt: 1, postponed: 2, failure: failure('rejected'), enqueuedAt: 10 },
      ],
      [
        'release',
        { kind: 'release', subject: scene(1) },
        { attempt: 0, postponed: 0, failure: null, enqueuedAt: 10 },
      ],
    ] as const)('makes it pending and due now, although the settlement is `%s`', (_, settlement, kept) =>
      withStore(async ({ queue }) => {
        await running(queue, scene(1));
        await enqueue(queue, 1_500, 'sweep', scene(1));
        await enqueue(queue, 1_600, 'sweep', scene(1));
        await queue.settle([settlement], 2_000);
        expect(await queue.get(scene(1))).toMatchObject({
          state: 'pending',
          dueAt: 2_000,
          stateSince: 2_000,
          again: false,
          ...kept,
        });
        expect(await claim(queue, { now: 2_000 })).toHaveLength(1);
        await queue.settle([done(scene(1))], 3_000);
        expect(await queue.get(scene(1))).toBeNull();
      }),
    );
  });

  describe('settle of a fan-out', () => {
    test.each([
      ['in a page', async (queue: Queue) => enqueue(queue, 1_300, 'entity', tag(1))],
      [
        'between two pages',
        async (queue: Queue) => {
          await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '600' }], 1_250);
          await enqueue(queue, 1_300, 'entity', tag(1));
          await claim(queue, { now: 1_350 });
        },
      ],
      [
        'while it waits for a retry',
        async (queue: Queue) => {
          await queue.settle([retry(tag(1), { dueAt: 1_300 })], 1_250);
          await enqueue(queue, 1_300, 'entity', tag(1));
          await claim(queue, { now: 1_350 });
        },
      ],
    ] as const)('that was triggered %s goes on to its last page, then starts over', (_, interrupt) =>
      withStore(async ({ queue }) => {
        await runningSecondPage(queue);
        await interrupt(queue);
        await queue.settle([{ kind: 'continue', subject: tag(1), cursor: '700' }], 1_400);
        expect(await claim(queue, { now: 1_500 })).toMatchObject([{ cursor: '700', again: true }]);
        await queue.settle([done(tag(1))], 1_600);
        expect(await queue.get(tag(1))).toMatchObject({
          state: 'pending',
          cursor: null,
          again: false,
          dueAt: 1_600,
          enqueuedAt: 1_300,
        });
      }),
    );

    test('that died starts over when it is looked at again', () =>
      withStore(async ({ queue }) => {
        await runningSecondPage(queue);
        await queue.settle([dead(tag(1), 'unexpected')], 1_400);
        await enqueue(queue, 1_500, 'entity', tag(1));
        expect(await claim(queue, { now: 1_600 })).toMatchObject([{ cursor: null, again: false }]);
      }));

    test('that was triggered and dies starts over at once', () =>
      withStore(async ({ queue }) => {
        await runningSecondPage(queue);
        await enqueue(queue, 1_300, 'entity', tag(1));
        await queue.settle([dead(tag(1), 'unexpected')], 1_400);
        expect(await queue.get(tag(1))).toMatchObject({ state: 'pending', cursor: null, again: false });
      }));

    test('keeps its place through a retry', () =>
      withStore(async ({ queue }) => {
        await runningSecondPage(queue);
        await queue.settle([retry(tag(1))], 1_400);
        expect(await queue.get(tag(1))).toMatchObject({ state: 'pending', cursor: '500', dueAt: 50_000 });
      }));
  });
}
