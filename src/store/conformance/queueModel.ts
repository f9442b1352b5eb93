import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { FailureClass } from '../../core/failure.ts';
import { type Job, type Settlement, TRIGGER_SOURCES, type TriggerSource } from '../../core/job.ts';
import { type Subject, subjectName } from '../../core/scene.ts';
import type { DeadSelection, Queue, WakeSelection } from '../port.ts';
import { dead, done, failure, retry, scene, tag } from './examples.ts';
import { type ModelJob, modelQueue } from './modelQueue.ts';
import type { WithStore } from './storeRunner.ts';

const SUBJECTS: readonly Subject[] = [...[1, 2, 3, 4, 5, 6].map(scene), tag(1), tag(2)];
const LEASE_MS = 4;

type Action =
  | {
      readonly kind: 'enqueue';
      readonly subjects: readonly Subject[];
      readonly source: TriggerSource;
      readonly delayMs: number;
      /** Null: as many as there are subjects. */
      readonly burst: number | null;
    }
  | {
      readonly kind: 'claim';
      readonly limit: number;
      readonly owner: string;
      readonly sweep: 'only' | 'left-out' | null;
    }
  | {
      readonly kind: 'settle';
      readonly how: Settlement['kind'];
      readonly subject: Subject;
      readonly class: FailureClass;
    }
  | { readonly kind: 'takeOver'; readonly owner: string }
  | { readonly kind: 'wake'; readonly selection: WakeSelection }
  | { readonly kind: 'retryDead' | 'clearDead'; readonly class: FailureClass | null }
  | { readonly kind: 'clearQueue' }
  | { readonly kind: 'pass'; readonly ms: number };

type ClaimAction = Pick<Extract<Action, { kind: 'claim' }>, 'limit' | 'owner' | 'sweep'>;

const subject = fc.constantFrom(...SUBJECTS);
const owner = fc.constantFrom('a', 'b');
const failureClass = fc.constantFrom<FailureClass>('no-match', 'unreachable');

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('enqueue'),
      subjects: fc.array(subject, { maxLength: 5 }),
      source: fc.constantFrom(...(Object.keys(TRIGGER_SOURCES) as TriggerSource[])),
      delayMs: fc.nat(5),
      burst: fc.option(fc.constantFrom(1, 20, 21, 5_000)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('claim'),
      limit: fc.nat(6),
      owner,
      sweep: fc.option(fc.constantFrom('only', 'left-out'), { freq: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('settle'),
      how: fc.constantFrom<Settlement['kind']>('done', 'retry', 'waiting', 'continue', 'release', 'dead'),
      subject,
      class: failureClass,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('takeOver'), owner }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wake'),
      selection: fc.record({ state: fc.constantFrom('waiting', 'pending'), class: failureClass }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('retryDead', 'clearDead'),
      class: fc.option(failureClass),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clearQueue') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.nat(10) }) },
);

/** Does the same to a queue and to the model, and compares them after every step. */
class QueueRun {
  readonly #queue: Queue;
  readonly #jobs = new Map<string, ModelJob>();
  /** Subjects with a trigger since they were last looked at from the start. */
  readonly #owed = new Set<string>();
  #now = 100;

  constructor(queue: Queue) {
    this.#queue = queue;
  }

  async step(act: Action): Promise<void> {
    this.#now += 1;
    await this.#do(act);
    await this.#compare();
  }

  async #do(act: Action): Promise<void> {
    const now = this.#now;
    switch (act.kind) {
      case 'enqueue':
        await this.#enqueue(act);
        return;
      case 'claim':
        await this.#claim(act);
        return;
      case 'settle':
        await this.#settle(act);
        return;
      case 'takeOver':
        assert.equal(
          await this.#queue.takeOverLeases(act.owner, now),
          this.#change((job) => modelQueue.takeOver(job, act.owner, now)),
        );
        return;
      case 'wake':
        assert.equal(
          await this.#queue.wake(act.selection, now),
          this.#change((job) => modelQueue.wake(job, act.selection, now)),
        );
        return;
      case 'clearDead':
        assert.equal(
          await this.#queue.clearDead(selectionOf(act.class)),
          this.#remove((job) => modelQueue.clearDead(job, act.class)),
        );
        return;
      case 'clearQueue':
        this.#owed.clear();
        assert.equal(
          await this.#queue.clearQueue(),
          this.#remove((job, key) => modelQueue.clearQueue(job, { isScene: key.startsWith('scene ') })),
        );
        return;
      case 'retryDead': {
        const selection = selectionOf(act.class);
        assert.equal(
          await this.#queue.retryDead(selection, now),
          this.#change((job) => modelQueue.retryDead(job, selection, now)),
        );
        return;
      }
      case 'pass':
        this.#now += act.ms;
    }
  }

  async #enqueue(act: Extract<Action, { kind: 'enqueue' }>): Promise<void> {
    const { subjects, source, delayMs } = act;
    const [now, dueAt] = [this.#now, this.#now + delayMs];
    const burst = act.burst ?? subjects.length;
    for (const key of subjects.map(subjectName)) {
      this.#set(key, modelQueue.trigger(this.#jobs.get(key) ?? null, { source, dueAt, burst }));
      this.#owed.add(key);
    }
    await this.#queue.enqueue(
      subjects.map((each) => ({ subject: each, source })),
      { now, dueAt, ...(act.burst === null ? {} : { burst: act.burst }) },
    );
  }

  async #settle(act: Extract<Action, { kind: 'settle' }>): Promise<void> {
    const settlement = settlementOf(act, this.#now);
    const key = subjectName(act.subject);
    const job = this.#jobs.get(key);
    if (job !== undefined) this.#set(key, modelQueue.settle(job, settlement, this.#now));
    await this.#queue.settle([settlement], this.#now);
  }

  async #claim({ limit, owner: leaseOwner, sweep }: ClaimAction): Promise<readonly Job[]> {
    const [now, until] = [this.#now, this.#now + LEASE_MS];
    const request = {
      now,
      limit,
      owner: leaseOwner,
      leaseUntil: until,
      kinds: ['scene', 'tag'] as const,
      ...(sweep === null ? {} : { sweep }),
    };
    const claimed = await this.#queue.claim(request);
    const expected = modelQueue.claim([...this.#jobs.values()], request);
    const rank = ({ priority, dueAt }: Pick<Job, 'priority' | 'dueAt'>): string =>
      `${String(priority).padStart(3)} ${String(dueAt).padStart(15)}`;
    assert.deepEqual(claimed.map(rank), expected.map(rank).sort());
    for (const job of claimed) {
      const key = subjectName(job.subject);
      const before = this.#jobs.get(key);
      if (before === undefined) throw new Error(`${key} was claimed and is not in the model`);
      this.#set(key, { ...before, state: 'running', lease: { owner: leaseOwner, until } });
      if (job.cursor === null) this.#owed.delete(key);
    }
    return claimed;
  }

  /** A daemon that goes on without errors looks at everything that anyone has asked for. */
  async drain(): Promise<void> {
    await this.step({ kind: 'takeOver', owner: 'drain' });
    for (;;) {
      this.#now += 1_000;
      const claimed = await this.#claim({ limit: 3, owner: 'drain', sweep: null });
      if (claimed.length === 0) break;
      for (const job of claimed)
        await this.step({ kind: 'settle', how: 'done', subject: job.subject, class: 'no-match' });
    }
    assert.deepEqual([...this.#owed], []);
  }

  async #compare(): Promise<void> {
    for (const each of SUBJECTS) {
      const key = subjectName(each);
      const job = await this.#queue.get(each);
      assert.deepEqual(job === null ? null : projection(job), this.#expected(key));
      if (this.#owed.has(key)) assert(job?.state === 'pending' || job?.again, `a trigger of ${key} was lost`);
    }
    const { pending, running, waiting, dead: buried } = await this.#queue.counts();
    assert.equal(pending + running + waiting + buried, this.#jobs.size);
  }

  #expected(key: string): Omit<ModelJob, 'lease'> | null {
    const job = this.#jobs.get(key);
    if (job === undefined) return null;
    const { lease: _, ...shown } = job;
    return shown;
  }

  #set(key: string, job: ModelJob | null): void {
    if (job === null) this.#jobs.delete(key);
    else this.#jobs.set(key, job);
  }

  /** @returns how many jobs are gone now. */
  #remove(change: (job: ModelJob, key: string) => ModelJob | null): number {
    const before = this.#jobs.size;
    for (const [key, job] of [...this.#jobs]) this.#set(key, change(job, key));
    return before - this.#jobs.size;
  }

  /** @returns how many jobs are others now. */
  #change(change: (job: ModelJob) => ModelJob): number {
    const changed = [...this.#jobs].map(([key, job]) => [key, job, change(job)] as const);
    for (const [key, , job] of changed) this.#set(key, job);
    return changed.filter(([, before, after]) => before !== after).length;
  }
}

const selectionOf = (failureClass: FailureClass | null): DeadSelection =>
  failureClass === null ? { kind: 'all' } : { kind: 'class', class: failureClass };

const projection = (job: Job): Omit<ModelJob, 'lease'> => ({
  state: job.state,
  priority: job.priority,
  dueAt: job.dueAt,
  attempt: job.attempt,
  postponed: job.postponed,
  again: job.again,
  cursor: job.cursor,
  failureClass: job.failure?.class ?? null,
});

function settlementOf(act: Extract<Action, { kind: 'settle' }>, now: number): Settlement {
  const { how, subject: settled } = act;
  switch (how) {
    case 'done':
      return done(settled);
    case 'release':
      return { kind: how, subject: settled };
    case 'continue':
      // Scenes have no pages.
      return settled.kind === 'scene' ? done(settled) : { kind: how, subject: settled, cursor: String(now) };
    case 'dead':
      return dead(settled, act.class);
    case 'retry':
    case 'waiting':
      return retry(settled, { kind: how, dueAt: now + 6, failure: failure(act.class) });
  }
}

export function describeQueueModel(withStore: WithStore): void {
  describe('the queue as a whole', () => {
    test(
      'keeps one row a subject, loses no trigger, and agrees with a model of it, whatever comes',
      () =>
        fc.assert(
          fc.asyncProperty(fc.array(action, { maxLength: 60, size: 'max' }), (actions) =>
            withStore(async ({ queue }) => {
              const run = new QueueRun(queue);
              for (const act of actions) await run.step(act);
              await run.drain();
            }),
          ),
          { numRuns: 100 },
        ),
      60_000,
    );
  });
}
