import type { FailureClass } from '../../core/failure.ts';
import { type JobState, type Settlement, TRIGGER_SOURCES, type TriggerSource } from '../../core/job.ts';
import type { ClaimRequest, DeadSelection, WakeSelection } from '../port.ts';

/** What a queue has to keep of a job; failures only by class. */
export interface ModelJob {
  readonly state: JobState;
  readonly priority: number;
  readonly dueAt: number;
  readonly attempt: number;
  readonly postponed: number;
  readonly again: boolean;
  readonly cursor: string | null;
  readonly failureClass: FailureClass | null;
  readonly lease: { readonly owner: string; readonly until: number } | null;
}

const ranked = (source: TriggerSource, burst: number): number =>
  TRIGGER_SOURCES[source].priority + (burst > 20 ? 100 : 0);

const SWEEP_RANKS = [ranked('sweep', 1), ranked('sweep', 21)];

const FRESH = { attempt: 0, postponed: 0 } as const;

/** The queue in the plainest words: one job at a time, no SQL. `null` is a subject without a job. */
export const modelQueue = {
  trigger(
    job: ModelJob | null,
    { source, dueAt, burst }: { source: TriggerSource; dueAt: number; burst: number },
  ): ModelJob {
    const { startsAfresh } = TRIGGER_SOURCES[source];
    const priority = ranked(source, burst);
    if (job === null) {
      const empty = { again: false, cursor: null, failureClass: null, lease: null };
      return { state: 'pending', priority, dueAt, ...FRESH, ...empty };
    }
    const better = Math.min(job.priority, priority);
    if (job.state === 'running') return { ...job, priority: better, again: true };
    const triggered = { ...job, ...(startsAfresh ? FRESH : {}), again: job.cursor !== null };
    return job.state === 'pending'
      ? { ...triggered, priority: better, dueAt: Math.min(job.dueAt, dueAt) }
      : { ...triggered, state: 'pending', priority, dueAt };
  },

  isClaimable: (job: ModelJob, now: number): boolean =>
    (job.state === 'pending' || job.state === 'waiting') && job.dueAt <= now,

  settle(job: ModelJob, settlement: Settlement, now: number): ModelJob | null {
    if (job.state !== 'running') return job;
    const pending: ModelJob = { ...job, state: 'pending', lease: null, dueAt: now };
    const stillAgain = job.again && job.cursor !== null;
    const startOver = { ...FRESH, again: false, cursor: null };
    switch (settlement.kind) {
      case 'done':
        return job.again ? { ...pending, ...startOver, failureClass: null } : null;
      case 'continue':
        return { ...pending, ...FRESH, failureClass: null, cursor: settlement.cursor };
      case 'release':
        return { ...pending, dueAt: job.again ? now : job.dueAt, again: stillAgain };
      case 'dead': {
        const failureClass = settlement.failure.class;
        return job.again
          ? { ...pending, ...startOver, failureClass }
          : { ...pending, state: 'dead', attempt: settlement.attempt, cursor: null, failureClass };
      }
      case 'retry':
      case 'waiting': {
        const { attempt, postponed, dueAt } = settlement;
        const settled = { attempt, postponed, failureClass: settlement.failure?.class ?? null };
        if (job.again) return { ...pending, ...settled, again: stillAgain };
        return { ...pending, ...settled, state: settlement.kind === 'retry' ? 'pending' : 'waiting', dueAt };
      }
    }
  },

  takeOver: (job: ModelJob, owner: string, now: number): ModelJob =>
    job.lease !== null && (job.lease.owner !== owner || job.lease.until <= now)
      ? { ...job, state: 'pending', lease: null, dueAt: now, again: job.again && job.cursor !== null }
      : job,

  wake: (job: ModelJob, selection: WakeSelection, now: number): ModelJob =>
    job.state === selection.state &&
    job.failureClass === selection.class &&
    (job.state === 'waiting' || job.dueAt > now)
      ? { ...job, state: 'pending', dueAt: now }
      : job,

  /** Null: the job is forgotten. */
  clearDead: (job: ModelJob, failureClass: FailureClass | null): ModelJob | null =>
    job.state === 'dead' && (failureClass === null || failureClass === job.failureClass) ? null : job,

  clearQueue(job: ModelJob, { isScene }: { readonly isScene: boolean }): ModelJob | null {
    if (job.state === 'dead') return job;
    return job.state === 'running' && isScene ? { ...job, again: false } : null;
  },

  /** Fewer than a burst: the model has but a few subjects. */
  retryDead: (job: ModelJob, selection: DeadSelection, now: number): ModelJob =>
    job.state === 'dead' && (selection.kind !== 'class' || selection.class === job.failureClass)
      ? { ...job, ...FRESH, state: 'pending', priority: ranked('command', 1), dueAt: now }
      : job,

  /** One place after the other: three by priority to one by age, as far as there are four. */
  claim(
    jobs: readonly ModelJob[],
    { limit, now, sweep }: Pick<ClaimRequest, 'limit' | 'now' | 'sweep'>,
  ): readonly ModelJob[] {
    const isOfSweep = ({ priority }: ModelJob): boolean => SWEEP_RANKS.includes(priority);
    const due = jobs.filter(
      (job) =>
        modelQueue.isClaimable(job, now) && (sweep === undefined || isOfSweep(job) === (sweep === 'only')),
    );
    const take = (isBefore: (one: ModelJob, other: ModelJob) => boolean): ModelJob | undefined => {
      const [first, ...others] = due;
      if (first === undefined) return undefined;
      const next = others.reduce((best, job) => (isBefore(job, best) ? job : best), first);
      return due.splice(due.indexOf(next), 1)[0];
    };
    const isBetter = (one: ModelJob, other: ModelJob): boolean =>
      one.priority < other.priority || (one.priority === other.priority && one.dueAt < other.dueAt);
    const isOlder = (one: ModelJob, other: ModelJob): boolean =>
      one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.priority < other.priority);
    const byAge = Math.floor(limit / 4);
    const places = [
      ...Array.from({ length: limit - byAge }, () => isBetter),
      ...Array.from({ length: byAge }, () => isOlder),
    ];
    return places.flatMap((isBefore) => take(isBefore) ?? []);
  },
};
