import type { FailureClass } from '../../core/failure.ts';
import type { Job, JobState, TriggerSource } from '../../core/job.ts';
import type { Subject } from '../../core/scene.ts';
import { parseFailure } from './storedJson.ts';

/** A row of the table `jobs`, without its lease. */
export interface JobRow {
  readonly kind: Subject['kind'];
  readonly id: string;
  readonly state: JobState;
  readonly source: TriggerSource;
  readonly priority: number;
  readonly enqueued_at: number;
  readonly due_at: number;
  readonly attempt: number;
  readonly postponed: number;
  readonly again_at: number | null;
  readonly cursor: string | null;
  readonly failure_class: FailureClass | null;
  readonly failure: string | null;
  readonly state_since: number;
}

export const JOB_COLUMNS = `kind, id, state, source, priority, enqueued_at, due_at, attempt, postponed,
  again_at, cursor, failure_class, failure, state_since`;

export const toJob = (row: JobRow): Job => ({
  subject: { kind: row.kind, id: row.id } as Subject,
  state: row.state,
  source: row.source,
  priority: row.priority,
  enqueuedAt: row.enqueued_at,
  dueAt: row.due_at,
  attempt: row.attempt,
  postponed: row.postponed,
  again: row.again_at !== null,
  cursor: row.cursor,
  failure: row.failure === null ? null : parseFailure(row.failure),
  stateSince: row.state_since,
});
