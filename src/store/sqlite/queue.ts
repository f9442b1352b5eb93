import type { Failure, FailureClass } from '../../core/failure.ts';
import { type Job, type JobState, type Settlement, TRIGGER_SOURCES, type Trigger } from '../../core/job.ts';
import type { Deaths } from '../../core/notify/decide.ts';
import { isBulk, isOfSweep, nextBatch, priorityOf } from '../../core/priority.ts';
import type { Subject } from '../../core/scene.ts';
import type {
  Arrival,
  ClaimRequest,
  DeadSelection,
  EnqueueCounts,
  JobGroup,
  JobSelection,
  Queue,
  QueueCounts,
  WakeSelection,
} from '../port.ts';
import type { Connection } from './connection.ts';
import { type JobRow, toJob } from './jobRow.ts';
import * as sql from './queueSql.ts';

interface DueRow extends Pick<JobRow, 'kind' | 'id' | 'priority'> {
  readonly dueAt: number;
}

interface CountRow {
  readonly state: JobState;
  readonly failure_class: JobRow['failure_class'];
  readonly jobs: number;
  readonly oldest: number;
}

interface PriorityRow {
  readonly priority: number;
  readonly jobs: number;
}

type GroupRow = Pick<CountRow, 'state' | 'failure_class' | 'jobs'>;

interface DeathsRow extends Pick<CountRow, 'failure_class' | 'jobs'> {
  readonly first: number;
  readonly last: number;
}

const prepareAll = (connection: Connection) => ({
  add: connection.prepare(sql.ADD),
  joinPending: connection.prepare(sql.JOIN_PENDING),
  joinRunning: connection.prepare(sql.JOIN_RUNNING),
  revive: connection.prepare(sql.REVIVE),
  nextPriority: connection.prepare<{ readonly priority: number | null }>(sql.NEXT_PRIORITY),
  due: connection.prepare<DueRow>(sql.DUE),
  nextDueOfPriority: connection.prepare<{ readonly dueAt: number }>(sql.NEXT_DUE_OF_PRIORITY),
  lease: connection.prepare<JobRow>(sql.LEASE),
  nextDue: connection.prepare<{ readonly dueAt: number | null }>(sql.NEXT_DUE),
  finish: connection.prepare(sql.FINISH),
  finishAndStartOver: connection.prepare(sql.FINISH_AND_START_OVER),
  putOff: connection.prepare(sql.PUT_OFF),
  continue: connection.prepare(sql.CONTINUE),
  release: connection.prepare(sql.RELEASE),
  bury: connection.prepare(sql.BURY),
  extendLeases: connection.prepare(sql.EXTEND_LEASES),
  takeOver: connection.prepare(sql.TAKE_OVER),
  bringForward: connection.prepare(sql.BRING_FORWARD),
  wakeWaiting: connection.prepare(sql.WAKE_WAITING),
  wakePending: connection.prepare(sql.WAKE_PENDING),
  retryAll: connection.prepare(sql.RETRY_ALL),
  retryClass: connection.prepare(sql.RETRY_CLASS),
  retrySubject: connection.prepare(sql.RETRY_SUBJECT),
  clearAllDead: connection.prepare(sql.CLEAR_ALL_DEAD),
  clearDeadClass: connection.prepare(sql.CLEAR_DEAD_CLASS),
  clearDeadSubject: connection.prepare(sql.CLEAR_DEAD_SUBJECT),
  clearQueue: connection.prepare(sql.CLEAR_QUEUE),
  clearFanOuts: connection.prepare(sql.CLEAR_FAN_OUTS),
  drop: connection.prepare(sql.DROP),
  forgetAgain: connection.prepare(sql.FORGET_AGAIN),
  deleteDead: connection.prepare(sql.DELETE_DEAD),
  counts: connection.prepare<CountRow>(sql.COUNTS),
  prioritiesToClaim: connection.prepare<PriorityRow>(sql.PRIORITIES_TO_CLAIM),
  prioritiesWaiting: connection.prepare<PriorityRow>(sql.PRIORITIES_WAITING),
  census: connection.prepare<GroupRow>(sql.CENSUS),
  diedAfter: connection.prepare<DeathsRow>(sql.DIED_AFTER),
  listDead: connection.prepare<JobRow>(sql.LIST_DEAD),
  listAlive: connection.prepare<JobRow>(sql.LIST_ALIVE),
  get: connection.prepare<JobRow>(sql.GET),
});

export class SqliteQueue implements Queue {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async enqueue(triggers: readonly Trigger[], arrival: Arrival): Promise<EnqueueCounts> {
    const { now, dueAt, burst = triggers.length } = arrival;
    return this.#connection.write(() => {
      const added = triggers.filter((trigger) => this.#take(trigger, { now, dueAt, burst })).length;
      return { added, coalesced: triggers.length - added };
    });
  }

  /** @returns whether the trigger made a new row. */
  #take({ subject, source }: Trigger, { now, dueAt, burst }: Required<Arrival>): boolean {
    const { add, joinPending, joinRunning, revive } = this.#statements;
    const { startsAfresh } = TRIGGER_SOURCES[source];
    const priority = priorityOf(source, burst);
    const row = { kind: subject.kind, id: subject.id, source, priority, now };
    if (add.run({ ...row, dueAt }) === 1) return true;
    const pending = { ...row, dueAt, startsAfresh: Number(startsAfresh) };
    // It meets exactly one of these; the likeliest is tried first.
    if (joinPending.run(pending) === 0 && joinRunning.run(row) === 0) revive.run(pending);
    return false;
  }

  /** Of each kind and priority the oldest due jobs: more than these never make a batch. */
  async claim({ limit, now, owner, leaseUntil, ...selection }: ClaimRequest): Promise<readonly Job[]> {
    return this.#connection.write(() =>
      nextBatch(
        this.#ranks(selection).flatMap((rank) => this.#statements.due.all({ ...rank, now, limit })),
        limit,
      )
        .flatMap(({ kind, id }) => this.#statements.lease.all({ kind, id, now, owner, leaseUntil }))
        .map(toJob),
    );
  }

  /** Priorities that there are of these kinds. Source and priority of a row are always set together. */
  #ranks({ kinds, sweep }: JobSelection): readonly Pick<DueRow, 'kind' | 'priority'>[] {
    const ranks: Pick<DueRow, 'kind' | 'priority'>[] = [];
    for (const kind of new Set(kinds)) {
      let priority = this.#nextPriority(kind, Number.MIN_SAFE_INTEGER);
      while (priority !== null) {
        if (sweep === undefined || isOfSweep(priority) === (sweep === 'only')) ranks.push({ kind, priority });
        priority = this.#nextPriority(kind, priority);
      }
    }
    return ranks;
  }

  #nextPriority(kind: Subject['kind'], above: number): number | null {
    return this.#statements.nextPriority.get({ kind, above })?.priority ?? null;
  }

  async settle(settlements: readonly Settlement[], now: number): Promise<void> {
    return this.#connection.write(() => {
      for (const settlement of settlements) this.#settleOne(settlement, now);
    });
  }

  #settleOne(settlement: Settlement, now: number): void {
    const { kind, id } = settlement.subject;
    const statements = this.#statements;
    switch (settlement.kind) {
      case 'done':
        if (statements.finish.run({ kind, id }) === 0) statements.finishAndStartOver.run({ kind, id, now });
        return;
      case 'retry':
      case 'waiting': {
        const { dueAt, attempt, postponed } = settlement;
        const state: JobState = settlement.kind === 'retry' ? 'pending' : 'waiting';
        const failure = failureColumns(settlement.failure);
        statements.putOff.run({ kind, id, now, state, dueAt, attempt, postponed, ...failure });
        return;
      }
      case 'continue':
        statements.continue.run({ kind, id, now, cursor: settlement.cursor });
        return;
      case 'release':
        statements.release.run({ kind, id, now });
        return;
      case 'dead': {
        const { attempt, failure } = settlement;
        statements.bury.run({ kind, id, now, attempt, ...failureColumns(failure) });
        return;
      }
    }
  }

  async extendLeases(owner: string, leaseUntil: number): Promise<void> {
    await this.#connection.write(() => this.#statements.extendLeases.run({ owner, leaseUntil }));
  }

  async takeOverLeases(owner: string, now: number): Promise<number> {
    return this.#connection.write(() => this.#statements.takeOver.run({ owner, now }));
  }

  async bringForward(now: number): Promise<number> {
    return this.#connection.write(() => this.#statements.bringForward.run({ now }));
  }

  async wake(selection: WakeSelection, now: number): Promise<number> {
    const { wakeWaiting, wakePending } = this.#statements;
    const wake = selection.state === 'waiting' ? wakeWaiting : wakePending;
    return this.#connection.write(() => wake.run({ class: selection.class, now }));
  }

  async retryDead(selection: DeadSelection, now: number): Promise<number> {
    const source = 'command';
    const { retryAll, retryClass, retrySubject } = this.#statements;
    return this.#connection.write(() => {
      const asked = { source, priority: priorityOf(source, this.#countDead(selection)), now };
      switch (selection.kind) {
        case 'all':
          return retryAll.run(asked);
        case 'class':
          return retryClass.run({ ...asked, class: selection.class });
        case 'subjects':
          return sum(selection.subjects.map(({ kind, id }) => retrySubject.run({ ...asked, kind, id })));
      }
    });
  }

  #countDead(selection: DeadSelection): number {
    if (selection.kind === 'subjects') return selection.subjects.length;
    const isMeant = ({ state, failure_class }: CountRow): boolean =>
      state === 'dead' && (selection.kind === 'all' || failure_class === selection.class);
    return sum(
      this.#statements.counts
        .all()
        .filter(isMeant)
        .map((row) => row.jobs),
    );
  }

  async clearDead(selection: DeadSelection): Promise<number> {
    const { clearAllDead, clearDeadClass, clearDeadSubject } = this.#statements;
    return this.#connection.write(() => {
      switch (selection.kind) {
        case 'all':
          return clearAllDead.run();
        case 'class':
          return clearDeadClass.run({ class: selection.class });
        case 'subjects':
          return sum(selection.subjects.map(({ kind, id }) => clearDeadSubject.run({ kind, id })));
      }
    });
  }

  async clearQueue(): Promise<number> {
    const { clearQueue, clearFanOuts, forgetAgain } = this.#statements;
    return this.#connection.write(() => {
      forgetAgain.run();
      return clearQueue.run() + clearFanOuts.run();
    });
  }

  async drop({ kind, id }: Subject): Promise<boolean> {
    return this.#connection.write(() => this.#statements.drop.run({ kind, id }) === 1);
  }

  async deleteDeadBefore(time: number): Promise<number> {
    return this.#connection.write(() => this.#statements.deleteDead.run({ time }));
  }

  async census(): Promise<readonly JobGroup[]> {
    const rows = await this.#connection.read(() => this.#statements.census.all());
    return rows.map(({ state, failure_class, jobs }) => ({ state, class: failure_class, jobs }));
  }

  async diedAfter(time: number): Promise<Deaths | null> {
    const rows = await this.#connection.read(() => this.#statements.diedAfter.all({ time }));
    if (rows.length === 0) return null;
    return {
      byClass: Object.fromEntries(rows.map(({ failure_class, jobs }) => [failure_class, jobs])),
      firstAt: Math.min(...rows.map(({ first }) => first)),
      lastAt: Math.max(...rows.map(({ last }) => last)),
    };
  }

  async counts(): Promise<QueueCounts> {
    const { counts, prioritiesToClaim, prioritiesWaiting } = this.#statements;
    const { rows, toClaim, waiting } = await this.#connection.read(() => ({
      rows: counts.all(),
      toClaim: prioritiesToClaim.all(),
      waiting: prioritiesWaiting.all(),
    }));
    const inState = (state: JobState): readonly CountRow[] => rows.filter((row) => row.state === state);
    const count = (state: JobState): number => inState(state).reduce((sum, row) => sum + row.jobs, 0);
    return {
      pending: count('pending'),
      bulk: inBulk(toClaim) - inBulk(waiting),
      running: count('running'),
      waiting: count('waiting'),
      dead: count('dead'),
      deadByClass: sumBy(inState('dead')),
      oldestPendingAt: inState('pending').reduce<number | null>(
        (oldest, row) => (oldest === null || row.oldest < oldest ? row.oldest : oldest),
        null,
      ),
    };
  }

  async list(request: Parameters<Queue['list']>[0]): Promise<readonly Job[]> {
    const { listDead, listAlive } = this.#statements;
    const { limit, class: failureClass = null } = request;
    return this.#connection.read(() =>
      [...new Set(request.states)]
        .flatMap((state) =>
          (state === 'dead' ? listDead : listAlive).all({ state, class: failureClass, limit }),
        )
        .slice(0, limit)
        .map(toJob),
    );
  }

  async get({ kind, id }: Subject): Promise<Job | null> {
    const row = await this.#connection.read(() => this.#statements.get.get({ kind, id }));
    return row === undefined ? null : toJob(row);
  }

  async nextDueAt(among?: JobSelection): Promise<number | null> {
    return this.#connection.read(() => {
      if (among === undefined) return this.#statements.nextDue.get()?.dueAt ?? null;
      const ofRanks = this.#ranks(among).flatMap(
        (rank) => this.#statements.nextDueOfPriority.get(rank)?.dueAt ?? [],
      );
      return ofRanks.length === 0 ? null : Math.min(...ofRanks);
    });
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const inBulk = (rows: readonly PriorityRow[]): number =>
  sum(rows.map(({ priority, jobs }) => (isBulk(priority) ? jobs : 0)));

function sumBy(rows: readonly CountRow[]): QueueCounts['deadByClass'] {
  const sums: Partial<Record<FailureClass, number>> = {};
  for (const { failure_class, jobs } of rows) {
    if (failure_class !== null) sums[failure_class] = (sums[failure_class] ?? 0) + jobs;
  }
  return sums;
}

const failureColumns = (
  failure: Failure | null,
): { failureClass: string | null; failure: string | null } => ({
  failureClass: failure?.class ?? null,
  failure: failure === null ? null : JSON.stringify(failure),
});
