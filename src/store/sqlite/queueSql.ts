import { JOB_COLUMNS } from './jobRow.ts';

// A trigger is one of the four below: a new row, or it meets one that is there.

export const ADD = `
  INSERT INTO jobs (kind, id, state, source, priority, enqueued_at, due_at, attempt, postponed, state_since)
  VALUES (:kind, :id, 'pending', :source, :priority, :now, :dueAt, 0, 0, :now)
  ON CONFLICT (kind, id) DO NOTHING`;

/** A fan-out that has pages behind it finishes its pass, then starts over: what it did may have changed. */
export const JOIN_PENDING = `
  UPDATE jobs SET
    source = CASE WHEN :priority < priority THEN :source ELSE source END,
    priority = CASE WHEN :priority < priority THEN :priority ELSE priority END,
    due_at = CASE WHEN :dueAt < due_at THEN :dueAt ELSE due_at END,
    attempt = CASE WHEN :startsAfresh = 1 THEN 0 ELSE attempt END,
    postponed = CASE WHEN :startsAfresh = 1 THEN 0 ELSE postponed END,
    again_at = CASE WHEN cursor IS NULL THEN NULL ELSE COALESCE(again_at, :now) END
  WHERE kind = :kind AND id = :id AND state = 'pending'`;

export const JOIN_RUNNING = `
  UPDATE jobs SET
    source = CASE WHEN :priority < priority THEN :source ELSE source END,
    priority = CASE WHEN :priority < priority THEN :priority ELSE priority END,
    again_at = COALESCE(again_at, :now)
  WHERE kind = :kind AND id = :id AND state = 'running'`;

/** The failure stays for lists until the next settlement; the trigger that it answered is served. */
export const REVIVE = `
  UPDATE jobs SET
    state = 'pending', state_since = :now, enqueued_at = :now, due_at = :dueAt,
    source = :source, priority = :priority,
    attempt = CASE WHEN :startsAfresh = 1 THEN 0 ELSE attempt END,
    postponed = CASE WHEN :startsAfresh = 1 THEN 0 ELSE postponed END,
    again_at = CASE WHEN cursor IS NULL THEN NULL ELSE COALESCE(again_at, :now) END
  WHERE kind = :kind AND id = :id AND state IN ('waiting', 'dead')`;

// Claiming steps from priority to priority, so that it never walks over jobs that are not due: a server
// that is down leaves tens of thousands of those in front of the one that a person has just asked for.

export const NEXT_PRIORITY = `
  SELECT min(priority) AS priority FROM jobs
  WHERE state IN ('pending', 'waiting') AND kind = :kind AND priority > :above`;

export const DUE = `
  SELECT kind, id, priority, due_at AS dueAt FROM jobs
  WHERE state IN ('pending', 'waiting') AND kind = :kind AND priority = :priority AND due_at <= :now
  ORDER BY due_at, id LIMIT :limit`;

export const NEXT_DUE_OF_PRIORITY = `
  SELECT due_at AS dueAt FROM jobs
  WHERE state IN ('pending', 'waiting') AND kind = :kind AND priority = :priority
  ORDER BY due_at LIMIT 1`;

export const LEASE = `
  UPDATE jobs SET state = 'running', state_since = :now, lease_owner = :owner, lease_until = :leaseUntil
  WHERE kind = :kind AND id = :id
  RETURNING ${JOB_COLUMNS}`;

/** The planner alone would take the index by state, and read all of it. */
export const NEXT_DUE = `
  SELECT min(due_at) AS dueAt FROM jobs INDEXED BY jobs_by_due WHERE state IN ('pending', 'waiting')`;

// Settlements end the running state and nothing else: one that comes late finds no row.

export const FINISH = `
  DELETE FROM jobs WHERE kind = :kind AND id = :id AND state = 'running' AND again_at IS NULL`;

export const FINISH_AND_START_OVER = `
  UPDATE jobs SET
    state = 'pending', state_since = :now, enqueued_at = again_at, due_at = :now,
    attempt = 0, postponed = 0, again_at = NULL, cursor = NULL, failure_class = NULL, failure = NULL,
    lease_owner = NULL, lease_until = NULL
  WHERE kind = :kind AND id = :id AND state = 'running'`;

export const PUT_OFF = `
  UPDATE jobs SET
    state = CASE WHEN again_at IS NULL THEN :state ELSE 'pending' END,
    due_at = CASE WHEN again_at IS NULL THEN :dueAt ELSE :now END,
    state_since = :now, attempt = :attempt, postponed = :postponed,
    failure_class = :failureClass, failure = :failure,
    again_at = CASE WHEN cursor IS NULL THEN NULL ELSE again_at END,
    lease_owner = NULL, lease_until = NULL
  WHERE kind = :kind AND id = :id AND state = 'running'`;

export const CONTINUE = `
  UPDATE jobs SET
    state = 'pending', state_since = :now, due_at = :now, cursor = :cursor,
    attempt = 0, postponed = 0, failure_class = NULL, failure = NULL,
    lease_owner = NULL, lease_until = NULL
  WHERE kind = :kind AND id = :id AND state = 'running'`;

export const RELEASE = `
  UPDATE jobs SET
    state = 'pending', state_since = :now,
    due_at = CASE WHEN again_at IS NULL THEN due_at ELSE :now END,
    again_at = CASE WHEN cursor IS NULL THEN NULL ELSE again_at END,
    lease_owner = NULL, lease_until = NULL
  WHERE kind = :kind AND id = :id AND state = 'running'`;

export const BURY = `
  UPDATE jobs SET
    state = CASE WHEN again_at IS NULL THEN 'dead' ELSE 'pending' END,
    state_since = :now, due_at = :now, enqueued_at = COALESCE(again_at, enqueued_at),
    attempt = CASE WHEN again_at IS NULL THEN :attempt ELSE 0 END,
    postponed = CASE WHEN again_at IS NULL THEN postponed ELSE 0 END,
    failure_class = :failureClass, failure = :failure,
    again_at = NULL, cursor = NULL, lease_owner = NULL, lease_until = NULL
  WHERE kind = :kind AND id = :id AND state = 'running'`;

export const EXTEND_LEASES = `
  UPDATE jobs SET lease_until = :leaseUntil WHERE state = 'running' AND lease_owner = :owner`;

export const TAKE_OVER = `
  UPDATE jobs SET
    state = 'pending', state_since = :now, due_at = :now,
    again_at = CASE WHEN cursor IS NULL THEN NULL ELSE again_at END,
    lease_owner = NULL, lease_until = NULL
  WHERE state = 'running' AND (lease_owner <> :owner OR lease_until <= :now)`;

export const BRING_FORWARD = `
  UPDATE jobs SET
    due_at = :now, state_since = :now,
    enqueued_at = CASE WHEN enqueued_at > :now THEN :now ELSE enqueued_at END
  WHERE state IN ('pending', 'waiting') AND state_since > :now`;

export const WAKE_WAITING = `
  UPDATE jobs SET state = 'pending', state_since = :now, enqueued_at = :now, due_at = :now
  WHERE state = 'waiting' AND failure_class = :class`;

export const WAKE_PENDING = `
  UPDATE jobs SET due_at = :now WHERE state = 'pending' AND failure_class = :class AND due_at > :now`;

const RETRY = `
  UPDATE jobs SET
    state = 'pending', state_since = :now, enqueued_at = :now, due_at = :now,
    source = :source, priority = :priority, attempt = 0, postponed = 0
  WHERE state = 'dead'`;
export const RETRY_ALL = RETRY;
export const RETRY_CLASS = `${RETRY} AND failure_class = :class`;
export const RETRY_SUBJECT = `${RETRY} AND kind = :kind AND id = :id`;

const CLEAR_DEAD = `DELETE FROM jobs WHERE state = 'dead'`;
export const CLEAR_ALL_DEAD = CLEAR_DEAD;
export const CLEAR_DEAD_CLASS = `${CLEAR_DEAD} AND failure_class = :class`;
export const CLEAR_DEAD_SUBJECT = `${CLEAR_DEAD} AND kind = :kind AND id = :id`;

export const CLEAR_QUEUE = `DELETE FROM jobs WHERE state IN ('pending', 'waiting')`;
export const CLEAR_FAN_OUTS = `DELETE FROM jobs WHERE state = 'running' AND kind <> 'scene'`;
export const DROP = 'DELETE FROM jobs WHERE kind = :kind AND id = :id';
export const FORGET_AGAIN = `UPDATE jobs SET again_at = NULL WHERE state = 'running'`;

export const DELETE_DEAD = `DELETE FROM jobs WHERE state = 'dead' AND state_since < :time`;

/** From indexes alone: asked again and again while a person watches, and a third of the time with priorities in it. */
export const COUNTS = `
  SELECT state, failure_class, count(*) AS jobs, min(enqueued_at) AS oldest FROM jobs
  GROUP BY state, failure_class`;

/** The index holds pending jobs and waiting ones, and does not tell them apart. */
export const PRIORITIES_TO_CLAIM = `
  SELECT priority, count(*) AS jobs FROM jobs INDEXED BY jobs_to_claim
  WHERE state IN ('pending', 'waiting') GROUP BY kind, priority`;
export const PRIORITIES_WAITING = `
  SELECT priority, count(*) AS jobs FROM jobs WHERE state = 'waiting' GROUP BY priority`;

export const CENSUS = `
  SELECT state, failure_class, count(*) AS jobs FROM jobs
  GROUP BY state, failure_class ORDER BY state, failure_class`;

export const DIED_AFTER = `
  SELECT failure_class, count(*) AS jobs, min(state_since) AS first, max(state_since) AS last FROM jobs
  WHERE state = 'dead' AND state_since > :time
  GROUP BY failure_class ORDER BY failure_class`;

const LIST = `
  SELECT ${JOB_COLUMNS} FROM jobs
  WHERE state = :state AND (:class IS NULL OR failure_class = :class)`;
export const LIST_DEAD = `${LIST} ORDER BY state_since DESC, kind, length(id), id LIMIT :limit`;
export const LIST_ALIVE = `${LIST} ORDER BY priority, due_at, kind, length(id), id LIMIT :limit`;

export const GET = `SELECT ${JOB_COLUMNS} FROM jobs WHERE kind = :kind AND id = :id`;
