import type { FailureClass } from '../../core/failure.ts';
import { type JobState, type Settlement, TRIGGER_SOURCES, type TriggerSource } from '../../core/job.ts';
import type { DeadSelection, WakeSelection } from '../port.ts';

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

const FRESH = { attempt: 0, postponed: 0 } as const;

/** The queue in the plainest words: one job at a time, no SQL. `null` is a subject without a job. */
export const modelQueue = {
  trigger(job: ModelJob | null, source: TriggerSource, dueAt: number): ModelJob {
    const { priority, startsAfresh } = TRIGGER_SOURCES[source];
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

  retryDead: (job: ModelJob, selection: DeadSelection, now: number): ModelJob =>
    job.state === 'dead' && (selection.kind !== 'class' || selection.class === job.failureClass)
      ? { ...job, ...FRESH, state: 'pending', priority: TRIGGER_SOURCES.command.priority, dueAt: now }
      : job,
};
