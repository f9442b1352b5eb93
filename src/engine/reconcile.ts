import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { Job, Settlement, Trigger } from '../core/job.ts';
import { addCounts, NO_COUNTS, type ReconcileCounts, remainingMs } from '../core/reconcile/progress.ts';
import { lastSlot, nextSlot, type Schedule } from '../core/reconcile/schedule.ts';
import { type Result, succeed } from '../core/result.ts';
import { sceneSubject, wholeLibrary } from '../core/scene.ts';
import type { Logger } from '../log/logger.ts';
import type { ListedScene } from '../stash/stashClient.ts';
import { StoreError } from '../store/storeError.ts';
import type { ReachStep } from './crashStep.ts';
import { askForFullListing, forgetFullListing } from './fullListing.ts';
import type { Gate } from './gate.ts';
import type { PlexHost } from './plexHost.ts';
import { comparePage, type PageParts } from './reconcilePage.ts';
import {
  changeMemory,
  firstPosition,
  type Position,
  positionText,
  type ReconcileReport,
  readMemory,
  readPosition,
} from './reconcileState.ts';
import { type RefreshParts, refreshIndex } from './refreshIndex.ts';
import { settleFailure } from './syncScenes.ts';

const PAGE_SIZE = 500;
const LEASE_MS = 10 * 60 * 1000;

export interface ReconcileParts extends PageParts, RefreshParts {
  readonly plexHost: PlexHost;
  readonly gate: Gate;
  readonly checkServer: () => Promise<Result<void>>;
  readonly random: () => number;
  readonly logger: Logger;
  readonly reach: ReachStep;
  readonly owner: string;
}

export type ReconcileTick = { readonly kind: 'idle' | 'shut' | 'worked' };

export interface ReconcileStatus {
  /** Null when none runs. */
  readonly running: {
    /** Null before it begins. */
    readonly startedAt: number | null;
    /** Scenes in all; null until Stash has told. */
    readonly total: number | null;
    readonly counts: ReconcileCounts;
    readonly remainingMs: number | null;
    /** Why it waits. */
    readonly failure: Failure | null;
  } | null;
  readonly last: ReconcileReport | null;
  readonly nextAt: number | null;
}

/**
 * The comparison of everything: the libraries of Plex, then all scenes, page by page by their ids. It asks
 * neither side about a scene that Plex's list proves equal, and queues the others for the worker. It is the job
 * about the whole library, whose cursor is the place where it stands, so that the next process goes on there.
 * One `tick` is one page; between two of them everything else has its turn.
 */
export class Reconcile {
  readonly #parts: ReconcileParts;
  /** The start of the one whose index this process has brought up to date. */
  #preparedFor: number | null = null;
  /** Of this process, to tell the speed by. */
  #speedFrom: { readonly startedAt: number; readonly done: number; readonly at: number } | null = null;
  /** The page after the present one is read while that is compared. */
  #ahead: { readonly after: SceneId | null; readonly page: Promise<Result<readonly ListedScene[]>> } | null =
    null;

  #unsettled: readonly Settlement[] = [];

  constructor(parts: ReconcileParts) {
    this.#parts = parts;
  }

  async tick(): Promise<ReconcileTick> {
    const { store, clock, gate, settings, owner } = this.#parts;
    if (!settings.enabled) return { kind: 'idle' };
    await this.#settle();
    await this.#serveSchedule();
    // Only then, since the gate may have to ask whether a server is there.
    if ((await store.queue.get(wholeLibrary)) === null) return { kind: 'idle' };
    if ((await gate.admit()).kind === 'shut') return { kind: 'shut' };
    const now = clock.now();
    const [job] = await store.queue.claim({
      now,
      limit: 1,
      owner,
      leaseUntil: now + LEASE_MS,
      kinds: ['library'],
    });
    if (job === undefined) return { kind: 'idle' };
    this.#unsettled = [{ kind: 'release', subject: job.subject }];
    this.#unsettled = [await this.#stepOrFailure(job)];
    await this.#settle();
    return { kind: 'worked' };
  }

  async status(): Promise<ReconcileStatus> {
    const { store, clock } = this.#parts;
    const job = await store.queue.get(wholeLibrary);
    const { last } = await readMemory(store.meta);
    const nextAt = nextSlot(this.#schedule(), clock.now());
    if (job === null || job.state === 'dead') return { running: null, last, nextAt };
    const position = readPosition(job.cursor);
    const running = {
      startedAt: position?.startedAt ?? null,
      total: position?.total ?? null,
      counts: position?.counts ?? NO_COUNTS,
      remainingMs: position === null ? null : this.#remainingMs(position),
      failure: job.failure,
    };
    return { running, last, nextAt };
  }

  /** What it has queued so far stays in the queue. */
  async cancel(): Promise<{ readonly wasRunning: boolean }> {
    const { store, clock, logger } = this.#parts;
    const position = readPosition((await store.queue.get(wholeLibrary))?.cursor ?? null);
    const wasRunning = await store.queue.drop(wholeLibrary);
    if (!wasRunning) return { wasRunning };
    await forgetFullListing(store.meta);
    this.#ahead = null;
    const { startedAt, counts } = position ?? firstPosition(clock.now(), null);
    await changeMemory(store.meta, {
      last: { startedAt, endedAt: clock.now(), outcome: 'cancelled', counts },
    });
    logger.info(counts, 'the comparison of everything was cancelled');
    return { wasRunning };
  }

  /** Missed while no process ran, it is made up for at the start. */
  async #serveSchedule(): Promise<void> {
    const { store, clock } = this.#parts;
    const { scheduledAt } = await readMemory(store.meta);
    const now = clock.now();
    const slot = lastSlot(this.#schedule(), now);
    if (scheduledAt !== null && (slot === null || slot <= scheduledAt)) return;
    // The first process on a data folder only begins to count.
    if (scheduledAt !== null) {
      await askForFullListing(store.meta, now);
      await store.queue.enqueue([{ subject: wholeLibrary, source: 'sweep' }], { now, dueAt: now });
    }
    await changeMemory(store.meta, { scheduledAt: now });
  }

  #schedule(): Schedule {
    const { settings, clock } = this.#parts;
    return {
      interval: settings.reconcile_interval,
      time: settings.reconcile_time,
      zoneMs: -new Date(clock.now()).getTimezoneOffset() * 60_000,
    };
  }

  /** A disk that fails is no fault of the job: it is given back as it was claimed, once the disk works again. */
  async #stepOrFailure(job: Job): Promise<Settlement> {
    try {
      const step = await this.#step(job);
      return step.ok ? step.value : settleFailure(job, step.failure, this.#parts);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      this.#parts.logger.error({ error }, 'unexpected error while comparing everything');
      const message = error instanceof Error ? error.message : String(error);
      return settleFailure(job, { class: 'unexpected', message }, this.#parts);
    }
  }

  async #settle(): Promise<void> {
    if (this.#unsettled.length === 0) return;
    await this.#parts.store.queue.settle(this.#unsettled, this.#parts.clock.now());
    this.#unsettled = [];
  }

  async #step(job: Job): Promise<Result<Settlement>> {
    const { subject } = job;
    const position = readPosition(job.cursor);
    if (position === null || this.#preparedFor !== position.startedAt) {
      const prepared = await this.#prepare(position);
      if (!prepared.ok) return prepared;
      return succeed({ kind: 'continue', subject, cursor: positionText(prepared.value) });
    }
    const page = await this.#pageAfter(position.after);
    if (!page.ok) return page;
    const taken = await this.#takePage(page.value, position);
    if (!taken.ok) return taken;
    const next = taken.value;
    this.#parts.reach('reconcile-page');
    if (page.value.length === PAGE_SIZE) {
      return succeed({ kind: 'continue', subject, cursor: positionText(next) });
    }
    await this.#finish(next);
    return succeed({ kind: 'done', subject });
  }

  /** All that a comparison rests on is read anew: by each process, and where it was asked for, from the ground up. */
  async #prepare(before: Position | null): Promise<Result<Position>> {
    const { checkServer, plexHost, stash, clock, logger } = this.#parts;
    const startedAt = before?.startedAt ?? clock.now();
    if (before === null) logger.info('comparing everything');
    for (const ask of [checkServer, () => plexHost.ask(), () => refreshIndex(this.#parts)]) {
      const asked = await ask();
      if (!asked.ok) return asked;
    }
    const total = await stash.countScenes();
    if (!total.ok) return total;
    this.#preparedFor = startedAt;
    return succeed({ ...(before ?? firstPosition(startedAt, null)), total: total.value });
  }

  async #pageAfter(after: SceneId | null): Promise<Result<readonly ListedScene[]>> {
    const ahead = this.#ahead;
    this.#ahead = null;
    const page = await (ahead?.after === after ? ahead.page : this.#read(after));
    const last = page.ok && page.value.length === PAGE_SIZE ? page.value.at(-1) : undefined;
    if (last !== undefined) this.#ahead = { after: last.id, page: this.#read(last.id) };
    return page;
  }

  #read(after: SceneId | null): Promise<Result<readonly ListedScene[]>> {
    return this.#parts.stash.scenesAfter({ after, limit: PAGE_SIZE });
  }

  /** Queued first; where it stands is saved after that. */
  async #takePage(page: readonly ListedScene[], position: Position): Promise<Result<Position>> {
    const { startedAt, after, counts } = position;
    if (this.#speedFrom?.startedAt !== startedAt) {
      this.#speedFrom = { startedAt, done: counts.scenes, at: this.#parts.clock.now() };
    }
    const comparison = await comparePage(page, this.#parts);
    if (!comparison.ok) return comparison;
    const compared = comparison.value;
    const last = page.length === PAGE_SIZE ? (page.at(-1)?.id ?? null) : null;
    const destroyed = await this.#queueDestroyed(page, { after, upTo: last });
    await this.#queue(compared.look);
    return succeed({
      ...position,
      after: last,
      counts: addCounts(addCounts(counts, compared.counts), { ...NO_COUNTS, destroyed }),
    });
  }

  /** What we remember in the range of a page and Stash does not list there is to be let go of. */
  async #queueDestroyed(
    page: readonly ListedScene[],
    range: { readonly after: SceneId | null; readonly upTo: SceneId | null },
  ): Promise<number> {
    const here = new Set(page.map(({ id }) => id));
    let destroyed = 0;
    let { after } = range;
    for (;;) {
      const known = await this.#parts.store.comparison.rememberedScenes({
        ...range,
        after,
        limit: PAGE_SIZE,
      });
      const gone = known.filter((id) => !here.has(id));
      await this.#queue(gone);
      destroyed += gone.length;
      if (known.length < PAGE_SIZE) return destroyed;
      after = known.at(-1) ?? null;
    }
  }

  async #queue(scenes: readonly SceneId[]): Promise<void> {
    if (scenes.length === 0) return;
    const { store, clock } = this.#parts;
    const now = clock.now();
    const triggers = scenes.map((id): Trigger => ({ subject: sceneSubject(id), source: 'sweep' }));
    await store.queue.enqueue(triggers, { now, dueAt: now });
  }

  async #finish({ startedAt, counts }: Position): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const endedAt = clock.now();
    await changeMemory(store.meta, { last: { startedAt, endedAt, outcome: 'done', counts } });
    logger.info({ seconds: Math.round((endedAt - startedAt) / 1000), ...counts }, 'everything was compared');
  }

  #remainingMs({ startedAt, total, counts }: Position): number | null {
    const from = this.#speedFrom;
    if (total === null || from?.startedAt !== startedAt) return null;
    return remainingMs({ from, done: counts.scenes, total, now: this.#parts.clock.now() });
  }
}
