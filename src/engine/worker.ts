import { hasCome } from '../core/dueTime.ts';
import { FAILURE_POLICIES } from '../core/failure.ts';
import type { Job, Settlement } from '../core/job.ts';
import { isBulk } from '../core/priority.ts';
import { type Result, succeed } from '../core/result.ts';
import type { JobSelection } from '../store/port.ts';
import { StoreError } from '../store/storeError.ts';
import { aboutJob } from './aboutJob.ts';
import { bringForward } from './bringForward.ts';
import type { BulkRest } from './bulkRest.ts';
import { type FanOutParts, fanOutPage } from './fanOut.ts';
import type { Gate } from './gate.ts';
import type { PlexPace } from './plexPace.ts';
import { refreshIndex } from './refreshIndex.ts';
import { spotCheck } from './spotCheck.ts';
import { type SceneJob, type SyncedBatch, type SyncParts, settleFailure, syncScenes } from './syncScenes.ts';

/** Scenes of one batch: as many as one request for details can name (plex reference §3.8). */
const BATCH = 50;
const LEASE_MS = 10 * 60 * 1000;
/** After a failure that no breaker or pause knows of, so that a tick never spins. */
const RETRY_TICK_MS = 1_000;
/** Of a Plex that is there and cannot list its libraries: no breaker opens, and asking each second helps nobody. */
const RETRY_LISTING_MS = 30_000;
/** Of a clock that is kept right. */
const CLOCK_WANDERS_MS = 1_000;
/** Nobody sits and waits for one of these: Plex is given its rests. */
const isUnhurried = ({ source, priority }: Job): boolean =>
  source === 'sweep' || (source === 'undo' && isBulk(priority));
/** All but the comparison of everything, which is no batch of ours (reconcile.ts). */
const KINDS = ['scene', 'performer', 'studio', 'tag', 'group'] as const;

export interface WorkerParts extends SyncParts, FanOutParts {
  readonly gate: Gate;
  readonly pace: PlexPace;
  readonly bulkRest: BulkRest;
  /** Whether the Plex at plex_url is the one that this data folder belongs to. */
  readonly checkServer: () => Promise<Result<void>>;
  /** Names the lease: another owner's running jobs are left-overs of a crash. */
  readonly owner: string;
}

export type Tick =
  | { readonly kind: 'idle'; readonly nextDueAt: number | null }
  | { readonly kind: 'shut'; readonly retryAt: number | null; readonly why: string }
  | {
      readonly kind: 'worked';
      readonly jobs: number;
      readonly isBatchFull: boolean;
      /** How long Plex is to be left alone before more of a comparison of everything; an edit may come sooner. */
      readonly restMs: number;
    };

/** Claims due jobs, handles them, settles them. One `tick` is one batch, so that tests step. */
export class Worker {
  readonly #parts: WorkerParts;
  /** Of the starts that were asked for, the one whose findings hold; null before the first. */
  #readyFor: number | null = null;
  #starts = 0;
  #readyRetryAt = 0;
  #lastTickAt = 0;
  /** Settlements that the database refused (a full disk): stored before anything new is claimed. */
  #unsettled: readonly Settlement[] = [];

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** What was found out at the start of the process is to be found out again before the next batch. */
  startOver(): void {
    this.#starts++;
  }

  async tick(): Promise<Tick> {
    const { store, clock, gate, settings, owner, reach } = this.#parts;
    if (!settings.enabled) return { kind: 'idle', nextDueAt: null };
    await this.#noticeClock();
    await this.#settle([]);
    const dueAt = await store.queue.nextDueAt();
    if (dueAt === null) return { kind: 'idle', nextDueAt: null };
    // In an outage all jobs may be put off for long: the probe that wakes them must not wait for them.
    if (dueAt > clock.now() && !(await gate.hasOutage())) return { kind: 'idle', nextDueAt: dueAt };
    const admission = await gate.admit();
    if (admission.kind === 'shut') {
      // After a stop nothing is as it was known before.
      if ((await this.#parts.stop.current()) !== null) this.startOver();
      return admission;
    }
    if (!hasCome(this.#readyRetryAt, clock.now(), RETRY_LISTING_MS)) {
      return { kind: 'shut', retryAt: this.#readyRetryAt, why: 'Plex could not list its libraries' };
    }
    const ready = await this.#getReady();
    if (!ready.ok) {
      const isListing = FAILURE_POLICIES[ready.failure.class].countsAttempt;
      this.#readyRetryAt = clock.now() + (isListing ? RETRY_LISTING_MS : RETRY_TICK_MS);
      return { kind: 'shut', retryAt: this.#readyRetryAt, why: ready.failure.message };
    }
    if (!ready.value) return { kind: 'shut', retryAt: clock.now(), why: 'safety stop' };
    const limit = Math.min(BATCH, admission.limit);
    const now = clock.now();
    const isResting = await this.#isBulkResting(now);
    const ours: JobSelection = isResting ? { kinds: KINDS, sweep: 'left-out' } : { kinds: KINDS };
    const jobs = await store.queue.claim({ ...ours, now, limit, owner, leaseUntil: now + LEASE_MS });
    if (jobs.length === 0) {
      const nextDueAt = await store.queue.nextDueAt(...(isResting ? [ours] : []));
      // What is due and was not for us to claim is not to be waited for in a circle.
      return { kind: 'idle', nextDueAt: nextDueAt && Math.max(nextDueAt, now + RETRY_TICK_MS) };
    }
    CRASH_STEP: reach('claimed');
    const { settlements, unreachable } = await this.#handleOrRelease(jobs);
    await this.#settle(settlements);
    gate.batchEnded({ jobs: jobs.length, failed: unreachable });
    const isInNoHurry = jobs.every(isUnhurried);
    const restMs = isInNoHurry ? this.#parts.pace.restMs(clock.now() - now) : 0;
    return { kind: 'worked', jobs: jobs.length, isBatchFull: jobs.length >= limit, restMs };
  }

  /** Set back, it would keep waiting what is due by the time of before. */
  async #noticeClock(): Promise<void> {
    const now = this.#parts.clock.now();
    if (now < this.#lastTickAt - CLOCK_WANDERS_MS) await bringForward(this.#parts);
    this.#lastTickAt = now;
  }

  /** What a comparison of everything has queued may have to wait; nothing else asks. */
  async #isBulkResting(now: number): Promise<boolean> {
    const { store, bulkRest } = this.#parts;
    const dueAt = await store.queue.nextDueAt({ kinds: KINDS, sweep: 'only' });
    return dueAt !== null && dueAt <= now && (await bulkRest.why()) !== null;
  }

  /** Once a process: the libraries in scope are known and read, path maps learned, some links looked at. */
  async #getReady(): Promise<Result<boolean>> {
    const start = this.#starts;
    if (this.#readyFor === start) return succeed(true);
    const { plexHost, checkServer } = this.#parts;
    const server = await checkServer();
    if (!server.ok) return server;
    const asked = await plexHost.ask();
    if (!asked.ok) return asked;
    const refreshed = await refreshIndex(this.#parts);
    if (!refreshed.ok) return refreshed;
    const holds = await spotCheck(this.#parts);
    if (holds.ok && holds.value) this.#readyFor = start;
    return holds;
  }

  /** A disk that fails is no fault of the jobs: all are given back as they were claimed, once it works again. */
  async #handleOrRelease(jobs: readonly Job[]): Promise<Handled> {
    try {
      return await this.#handle(jobs);
    } catch (error) {
      this.#unsettled = jobs.map(({ subject }) => ({ kind: 'release', subject }));
      throw error;
    }
  }

  /** A bug met by one job must not take the others down: a batch that throws is done again one by one. */
  async #handle(jobs: readonly Job[]): Promise<Handled> {
    try {
      return await this.#handleBatch(jobs);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const [first, ...others] = jobs;
      if (first === undefined) throw error;
      if (others.length === 0) return this.#unexpected(first, error);
      const handled: Handled[] = [];
      for (const job of jobs) handled.push(await this.#handle([job]));
      return join(handled);
    }
  }

  async #handleBatch(jobs: readonly Job[]): Promise<Handled> {
    const sceneJobs = jobs.filter((job): job is SceneJob => job.subject.kind === 'scene');
    const handled: Handled[] = [];
    for (const job of jobs) {
      if (job.subject.kind !== 'scene') handled.push(await this.#fanOut(job));
    }
    if (sceneJobs.length > 0) handled.push(await syncScenes(sceneJobs, this.#parts));
    return join(handled);
  }

  async #fanOut(job: Job): Promise<Handled> {
    const page = await fanOutPage(job, this.#parts);
    if (!page.ok) {
      const unreachable = FAILURE_POLICIES[page.failure.class].tripsBreaker ? 1 : 0;
      return { settlements: [settleFailure(job, page.failure, this.#parts)], unreachable };
    }
    const { subject } = job;
    const { cursor, scenes } = page.value;
    this.#parts.logger.debug({ ...aboutJob(subject), scenes }, 'scenes queued');
    const settlement: Settlement =
      cursor === null ? { kind: 'done', subject } : { kind: 'continue', subject, cursor };
    return { settlements: [settlement], unreachable: 0 };
  }

  #unexpected(job: Job, error: unknown): Handled {
    const message = error instanceof Error ? error.message : String(error);
    this.#parts.logger.error({ ...aboutJob(job.subject), error }, 'unexpected error');
    const settlement = settleFailure(job, { class: 'unexpected', message }, this.#parts);
    return { settlements: [settlement], unreachable: 0 };
  }

  async #settle(settlements: readonly Settlement[]): Promise<void> {
    this.#unsettled = [...this.#unsettled, ...settlements];
    if (this.#unsettled.length === 0) return;
    await this.#parts.store.queue.settle(this.#unsettled, this.#parts.clock.now());
    this.#unsettled = [];
  }
}

type Handled = SyncedBatch;

const join = (handled: readonly Handled[]): Handled => ({
  settlements: handled.flatMap((each) => each.settlements),
  unreachable: handled.reduce((sum, each) => sum + each.unreachable, 0),
});
