import { backoffMs } from './backoff.ts';
import { FAILURE_POLICIES, type Failure } from './failure.ts';
import type { Job, Settlement } from './job.ts';

/** Times in a row that a job is looked at again at once, before that too takes its time. */
const LOOKS_AT_ONCE = 3;

export interface FailedJob {
  readonly job: Job;
  readonly failure: Failure;
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  /** Attempts that a job has before it becomes a dead letter. */
  readonly maxRetries: number;
}

/** What becomes of a job that failed: the only place that knows what an {@link Answer} means. */
export function settlementFor(failed: FailedJob): Settlement {
  const { job, failure } = failed;
  const { subject } = job;
  const policy = FAILURE_POLICIES[failure.class];
  switch (policy.answer) {
    case 'retry':
      return policy.countsAttempt ? countedAttempt('retry', failed) : postponed(failed);
    case 'wait':
      return countedAttempt('waiting', failed);
    case 'look-again':
      return postponed(failed, LOOKS_AT_ONCE);
    case 'dead':
      return { kind: 'dead', subject, attempt: job.attempt, failure };
    case 'pause':
    case 'stop':
      return { kind: 'release', subject };
  }
}

function countedAttempt(kind: 'retry' | 'waiting', failed: FailedJob): Settlement {
  const { job, failure, now, maxRetries } = failed;
  const { subject } = job;
  const attempt = job.attempt + 1;
  if (attempt >= maxRetries) return { kind: 'dead', subject, attempt, failure };
  const dueAt = now + delayMs(failed, job.attempt);
  return { kind, subject, dueAt, attempt, postponed: 0, failure };
}

/** The first `free` times in a row at once, then with backoff; never at the cost of an attempt. */
function postponed(failed: FailedJob, free = 0): Settlement {
  const { job, failure, now } = failed;
  const inRow = job.failure?.class === failure.class ? job.postponed : 0;
  const dueAt = inRow < free ? now : now + delayMs(failed, inRow - free);
  return { kind: 'retry', subject: job.subject, dueAt, attempt: job.attempt, postponed: inRow + 1, failure };
}

const delayMs = ({ failure, random }: FailedJob, attempt: number): number =>
  backoffMs({ attempt, random, retryAfterMs: failure.retryAfterMs });
