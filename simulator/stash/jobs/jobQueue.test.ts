import { beforeEach, describe, expect, test } from 'vitest';
import { JobQueue, type JobRun } from './jobQueue.ts';

let nowMs = 0;
let failures: string[] = [];
let jobs: JobQueue;
beforeEach(() => {
  nowMs = 1_000;
  failures = [];
  jobs = new JobQueue({ now: () => nowMs, onFailure: (message) => failures.push(message) });
});

/** Adds a job that runs until it is told to end. */
function addHeld(name: string) {
  const started = Promise.withResolvers<JobRun>();
  const end = Promise.withResolvers<void>();
  const id = jobs.add(name, (run) => {
    started.resolve(run);
    run.signal.addEventListener('abort', () => end.resolve());
    return end.promise;
  });
  return { id, started: started.promise, end: () => end.resolve() };
}

const statuses = () => jobs.queue().map(({ id, status }) => `${id} ${status}`);

describe('jobs', () => {
  test('run one at a time, in the order they came', async () => {
    const first = addHeld('first');
    const second = addHeld('second');
    expect(statuses()).toEqual(['1 READY', '2 READY']);
    await first.started;
    expect(statuses()).toEqual(['1 RUNNING', '2 READY']);
    nowMs = 2_000;
    first.end();
    await second.started;
    expect(statuses()).toEqual(['2 RUNNING']);
    second.end();
    await jobs.idle();
    expect(jobs.queue()).toEqual([]);
    expect(jobs.find(1)).toMatchObject({
      status: 'FINISHED',
      addedAt: 1_000,
      startedAt: 1_000,
      endedAt: 2_000,
    });
  });

  test('that come after the queue ran empty are run', async () => {
    jobs.add('first', () => Promise.resolve());
    await jobs.idle();
    jobs.add('second', () => Promise.resolve());
    await jobs.idle();
    expect(jobs.ended().map(({ status }) => status)).toEqual(['FINISHED', 'FINISHED']);
  });

  test('that fail say why, and the next one runs', async () => {
    jobs.add('first', () => Promise.reject(new Error('bad')));
    jobs.add('second', () => Promise.resolve());
    await jobs.idle();
    expect(jobs.ended()).toMatchObject([
      { status: 'FAILED', error: 'bad' },
      { status: 'FINISHED', error: null },
    ]);
    expect(failures).toEqual(['bad']);
  });

  test('show progress within 0 and 1; what was reported is kept', async () => {
    const held = addHeld('first');
    const { report } = await held.started;
    for (const progress of [0.25, 1.5, -1, 0.5]) report(progress);
    expect(jobs.find(1)).toMatchObject({ progress: 0.5, reports: [0.25, 1.5, -1, 0.5] });
    report(7);
    expect(jobs.find(1)).toMatchObject({ progress: 1 });
    held.end();
    await jobs.idle();
  });

  test('are stopped: the one that runs is told, the one that waits never starts', async () => {
    const first = addHeld('first');
    addHeld('second');
    await first.started;
    jobs.stop(2);
    jobs.stop(1);
    expect(statuses()).toEqual(['1 STOPPING']);
    await jobs.idle();
    expect(jobs.find(1)).toMatchObject({ status: 'CANCELLED' });
    expect(jobs.find(2)).toMatchObject({ status: 'CANCELLED', startedAt: null, endedAt: null });
    jobs.stop(9);
  });

  test('that ended are known until ten more have', async () => {
    for (let n = 1; n <= 11; n++) jobs.add(`${n}`, () => Promise.resolve());
    await jobs.idle();
    expect(jobs.find(1)).toBe(null);
    expect(jobs.find(2)).toMatchObject({ status: 'FINISHED' });
    expect(jobs.ended()).toHaveLength(11);
  });

  test('are lost with Stash, and numbered anew after', async () => {
    const first = addHeld('first');
    const second = addHeld('second');
    const { lost, signal } = await first.started;
    jobs.lose();
    expect([lost.aborted, signal.aborted]).toEqual([true, false]);
    expect(jobs.queue()).toEqual([]);
    const third = addHeld('third');
    expect(third.id).toBe(1);
    first.end();
    await third.started;
    third.end();
    await jobs.idle();
    expect(jobs.ended()).toMatchObject([{ description: 'third' }]);
    second.end();
  });
});
