import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { Job, Settlement, Trigger } from '../core/job.ts';
import { type PlanTally, tallyWords } from '../core/planning/tally.ts';
import { addCounts, NO_COUNTS, type ReconcileCounts, remainingMs } from '../core/reconcile/progress.ts';
import type { Rest } from '../core/reconcile/rest.ts';
import { lastSlot, nextSlot, type Schedule } from '../core/reconcile/schedule.ts';
import { emptySurvey, type Survey, surveyAfter } from '../core/reconcile/survey.ts';
import { type Result, succeed } from '../core/result.ts';
import { sceneSubject, wholeLibrary } from '../core/scene.ts';
import type { Logger } from '../log/logger.ts';
import type { ListedScene } from '../stash/stashClient.ts';
import { StoreError } from '../store/storeError.ts';
import { aboutJob } from './aboutJob.ts';
import type { BulkRest } from './bulkRest.ts';
import type { ReachStep } from './crashStep.ts';
import { acceptFirstSync, keepReport, readFirstSync } from './firstSync.ts';
import { askForFullListing, forgetFullListing } from './fullListing.ts';
import type { Gate } from './gate.ts';
import type { LookParts } from './look.ts';
import { planScenes } from './planScenes.ts';
import type { PlexHost } from './plexHost.ts';
import type { PlexPace } from './plexPace.ts';
import { type ComparedPage, comparePage } from './reconcilePage.ts';
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
import { ScenePages } from './scenePages.ts';
import { settleFailure } from './syncScenes.ts';

const PAGE_SIZE = 500;
/** Of one that asks before it writes: each of its scenes is read on both sides, and Plex tells of 50 at once. */
const SURVEY_PAGE_SIZE = 50;
/** What one page queues is part of a bulk, however little it is. */
const PART_OF_MANY = Number.POSITIVE_INFINITY;
/** What it queues. */
const ITS_JOBS = { kinds: ['scene'], sweep: 'only' } as const;
const LEASE_MS = 10 * 60 * 1000;

export interface ReconcileParts extends LookParts, RefreshParts {
  readonly plexHost: PlexHost;
  readonly gate: Gate;
  readonly checkServer: () => Promise<Result<void>>;
  readonly random: () => number;
  readonly logger: Logger;
  readonly reach: ReachStep;
  readonly owner: string;
  readonly pace: PlexPace;
  readonly bulkRest: BulkRest;
}

export type ReconcileTick =
  | { readonly kind: 'idle' | 'shut' | 'rests' }
  /** `restMs`: how long Plex is to be left alone before the next page. */
  | { readonly kind: 'worked'; readonly restMs: number };

export interface ReconcileStatus {
  /** Null when none runs. */
  readonly running: {
    /** Null before it begins. */
    readonly startedAt: number | null;
    /** Scenes in all; null until Stash has told. */
    readonly total: number | null;
    readonly counts: ReconcileCounts;
    /** What it would write, where it asks first and queues nothing; else null. */
    readonly survey: PlanTally | null;
    readonly remainingMs: number | null;
    /** Why it waits. */
    readonly failure: Failure | null;
  } | null;
  /** Why it does not go on, and neither does what it has queued; null while nothing is known to be in the way. */
  readonly rest: Rest | null;
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
  readonly #pages: ScenePages;
  #unsettled: readonly Settlement[] = [];

  constructor(parts: ReconcileParts) {
    this.#parts = parts;
    this.#pages = new ScenePages(parts.stash);
  }

  async tick(): Promise<ReconcileTick> {
    const { store, clock, gate, settings, owner, pace, bulkRest } = this.#parts;
    if (!settings.enabled) return { kind: 'idle' };
    await this.#settle();
    await this.#serveSchedule();
    // Only then, since the gate may have to ask whether a server is there.
    if ((await store.queue.get(wholeLibrary)) === null) return { kind: 'idle' };
    if ((await gate.admit()).kind === 'shut') return { kind: 'shut' };
    if ((await bulkRest.why()) !== null) return { kind: 'rests' };
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
    // Else its pages ask Plex nothing.
    const restMs = (await readFirstSync(this.#parts)) === null ? 0 : pace.restMs(clock.now() - now);
    return { kind: 'worked', restMs };
  }

  async status(): Promise<ReconcileStatus> {
    const { store, clock, bulkRest } = this.#parts;
    const job = await store.queue.get(wholeLibrary);
    const { last } = await readMemory(store.meta);
    const nextAt = nextSlot(this.#schedule(), clock.now());
    const known = await bulkRest.known();
    const isWaitedFor = job !== null || (await store.queue.nextDueAt(ITS_JOBS)) !== null;
    const rest = known?.kind === 'paused' || isWaitedFor ? known : null;
    if (job === null || job.state === 'dead') return { running: null, rest, last, nextAt };
    const position = readPosition(job.cursor);
    const running = {
      startedAt: position?.startedAt ?? null,
      total: position?.total ?? null,
      counts: position?.counts ?? NO_COUNTS,
      survey: position?.survey?.tally ?? null,
      remainingMs: position === null ? null : this.#remainingMs(position),
      failure: job.failure,
    };
    return { running, rest, last, nextAt };
  }

  /** What it has queued so far stays in the queue. */
  async cancel(): Promise<{ readonly wasRunning: boolean }> {
    const { store, clock, logger } = this.#parts;
    // Before the last one that was ended is another one.
    await readFirstSync(this.#parts);
    const position = readPosition((await store.queue.get(wholeLibrary))?.cursor ?? null);
    const wasRunning = await store.queue.drop(wholeLibrary);
    if (!wasRunning) return { wasRunning };
    await forgetFullListing(store.meta);
    this.#pages.forget();
    const { startedAt, counts } = position ?? firstPosition(clock.now(), null);
    await changeMemory(store.meta, {
      last: { startedAt, endedAt: clock.now(), outcome: 'cancelled', counts },
    });
    logger.info({ ...aboutJob(wholeLibrary), ...counts }, 'the comparison of everything was cancelled');
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
      this.#parts.logger.error(
        { ...aboutJob(wholeLibrary), error },
        'unexpected error while comparing everything',
      );
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
    const isAsking = (await readFirstSync(this.#parts)) !== null;
    const stored = readPosition(job.cursor);
    // Where a person has decided in the meantime it starts over: what was only counted was not brought over.
    const position = stored !== null && (stored.survey !== null) === isAsking ? stored : null;
    if (position === null || this.#preparedFor !== position.startedAt) {
      const prepared = await this.#prepare(position ?? (await this.#begin(isAsking)));
      if (!prepared.ok) return prepared;
      return succeed({ kind: 'continue', subject, cursor: positionText(prepared.value) });
    }
    const limit = pageSizeOf(position);
    const page = await this.#pages.take({ after: position.after, limit });
    if (!page.ok) return page;
    const next = await this.#takePage(page.value, position);
    if (!next.ok) return next;
    CRASH_STEP: this.#parts.reach('reconcile-page');
    if (page.value.length === limit) {
      return succeed({ kind: 'continue', subject, cursor: positionText(next.value) });
    }
    await this.#finish(next.value);
    return succeed({ kind: 'done', subject });
  }

  async #begin(isAsking: boolean): Promise<Position> {
    const { store, settings, clock, logger } = this.#parts;
    if (settings.first_sync === 'run') await acceptFirstSync(store.meta, 'setting', clock.now());
    logger.info(
      aboutJob(wholeLibrary),
      isAsking ? 'comparing everything, to say what the first sync would write' : 'comparing everything',
    );
    return firstPosition(clock.now(), isAsking ? emptySurvey : null);
  }

  /** All that a comparison rests on is read anew: by each process, and where it was asked for, from the ground up. */
  async #prepare(position: Position): Promise<Result<Position>> {
    const { checkServer, plexHost, stash } = this.#parts;
    for (const ask of [checkServer, () => plexHost.ask(), () => refreshIndex(this.#parts)]) {
      const asked = await ask();
      if (!asked.ok) return asked;
    }
    const total = await stash.countScenes();
    if (!total.ok) return total;
    this.#preparedFor = position.startedAt;
    return succeed({ ...position, total: total.value });
  }

  /** Queued first, or planned where it asks first; where it stands is saved after that. */
  async #takePage(page: readonly ListedScene[], position: Position): Promise<Result<Position>> {
    const { startedAt, after, counts } = position;
    if (this.#speedFrom?.startedAt !== startedAt) {
      this.#speedFrom = { startedAt, done: counts.scenes, at: this.#parts.clock.now() };
    }
    const compared = await comparePage(page, this.#parts);
    if (!compared.ok) return compared;
    const survey = await this.#survey(compared.value, position.survey);
    if (!survey.ok) return survey;
    const last = page.length === pageSizeOf(position) ? (page.at(-1)?.id ?? null) : null;
    const destroyed = await this.#queueDestroyed(page, { after, upTo: last });
    const { dead, look } = compared.value;
    if (dead.length > 0) await this.#parts.store.links.drop(dead, { withBase: true });
    if (survey.value === null) await this.#queue(look);
    return succeed({
      ...position,
      after: last,
      counts: addCounts(addCounts(counts, compared.value.counts), { ...NO_COUNTS, destroyed }),
      survey: survey.value,
    });
  }

  /** What a page would bring: all that no list proves equal is read on both sides, and nothing is stored or written. */
  async #survey({ look, left, counts }: ComparedPage, survey: Survey | null): Promise<Result<Survey | null>> {
    if (survey === null) return succeed(null);
    const planned = await planScenes([...look, ...left], this.#parts);
    if (!planned.ok) return planned;
    return succeed(surveyAfter(survey, { planned: planned.value, inStep: counts.inStep }));
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
    await store.queue.enqueue(triggers, { now, dueAt: now, burst: PART_OF_MANY });
  }

  async #finish({ startedAt, counts, survey }: Position): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const endedAt = clock.now();
    if (survey !== null) {
      await keepReport(store.meta, { startedAt, endedAt, ...survey });
      logger.info(aboutJob(wholeLibrary), `the first sync waits for your word: ${tallyWords(survey.tally)}`);
      return;
    }
    await changeMemory(store.meta, { last: { startedAt, endedAt, outcome: 'done', counts } });
    const seconds = Math.round((endedAt - startedAt) / 1000);
    logger.info({ ...aboutJob(wholeLibrary), seconds, ...counts }, 'everything was compared');
  }

  #remainingMs({ startedAt, total, counts }: Position): number | null {
    const from = this.#speedFrom;
    if (total === null || from?.startedAt !== startedAt) return null;
    return remainingMs({ from, done: counts.scenes, total, now: this.#parts.clock.now() });
  }
}

const pageSizeOf = ({ survey }: Position): number => (survey === null ? PAGE_SIZE : SURVEY_PAGE_SIZE);
