import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { Trigger } from '../core/job.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { sceneSubject, wholeLibrary } from '../core/scene.ts';
import type { EnqueueCounts } from '../store/port.ts';
import { answerWithin } from './answerWithin.ts';
import { acceptDestroyed, countHeld, destroyedWarnings } from './destroyedScenes.ts';
import { examine } from './doctor/examine.ts';
import type { Engine } from './engine.ts';
import { acceptFirstSync, askFirstAgain, readFirstSync } from './firstSync.ts';
import { askForFullListing } from './fullListing.ts';
import { findGaps } from './gaps.ts';
import { holdScenes, listHolds, releaseScenes } from './holdOperations.ts';
import type { FirstSyncStart, Operations, Status, SyncCounts, SyncRequest } from './operations.ts';
import { pinScene, unpinScene } from './pinOperations.ts';
import { planPage, planScenes } from './planScenes.ts';
import { rememberPlexServer } from './plexServer.ts';
import { readReadiness } from './readiness.ts';
import { viewScene, viewScenes } from './sceneView.ts';
import { searchScenes } from './searchScenes.ts';
import { seldom } from './seldom.ts';
import { testNotification } from './testNotification.ts';
import { askForUndo, planUndo } from './undoOperations.ts';

const RECENT_PAGE_SIZE = 200;
/** One request for details can name as many. */
const NAMED_BY_PEOPLE = 100;
/** For what is nice to have, as a number is. */
const NICE_WITHIN_MS = 2_000;

export interface OperationsOptions {
  readonly version: string;
  /** Null when the CLI answers itself. */
  readonly daemon: Status['daemon'];
  /** Called after something was put into the queue. */
  readonly onQueued: () => void;
}

/** Tells of what was put into the queue, and hands the value on. */
type Queued = <Value>(value: Value) => Value;

export function operationsOf(engine: Engine, options: OperationsOptions): Operations {
  const { store, clock } = engine;
  const queued: Queued = (value) => {
    options.onQueued();
    return value;
  };
  // All links are counted for it, and the status is asked for each second while somebody looks.
  const inStep = seldom(clock, () => store.comparison.countInStep());
  return {
    status: () => readStatus(engine, options, inStep),
    queue: (request) => store.queue.list(request),
    dead: (request) =>
      store.queue.list({
        states: ['dead'],
        limit: request.limit,
        ...(request.class === undefined ? {} : { class: request.class }),
      }),
    sync: (request) => unlessOff(engine, () => enqueueFor(engine, request, queued)),
    reconcile: () => unlessOff(engine, async () => succeed(await reconcile(engine, queued))),
    cancelReconcile: () => engine.reconcile.cancel(),
    pauseReconcile: () => engine.bulkRest.pause(),
    resumeReconcile: async () => queued(await engine.bulkRest.resume()),
    runFirstSync: () => unlessOff(engine, async () => succeed(await runFirstSync(engine, queued))),
    gaps: (request) => findGaps(request, engine),
    retry: (selection) =>
      unlessOff(engine, async () =>
        succeed(queued({ retried: await store.queue.retryDead(selection, clock.now()) })),
      ),
    clearDead: async (selection) => ({ cleared: await store.queue.clearDead(selection) }),
    clearQueue: async () => ({ cleared: await store.queue.clearQueue() }),
    doctor: () => examine(engine, options),
    plan: (scenes) => planScenes(scenes, engine),
    planPage: (request) => planPage(request, engine),
    testNotification: () => testNotification(engine),
    history: (request) => store.journal.list(request),
    planUndo: (request) => planUndo(request, engine),
    undo: (request) =>
      unlessOff(engine, async () => {
        if (engine.settings.dry_run) return fail(DRY_RUN);
        const asked = await askForUndo(request, engine);
        return asked.ok ? succeed(queued(asked.value)) : asked;
      }),
    undoReport: (request) => store.undos.report(request),
    hold: (request) => holdScenes(request, engine),
    release: async (request) => queued(await releaseScenes(request, engine)),
    holds: (request) => listHolds(request, engine),
    scene: (request) => viewScene(request, engine),
    scenes: (request) => viewScenes(request, engine),
    searchScenes: (request) => searchScenes(request, engine),
    pin: async (request) => queued(await pinScene(request, engine)),
    unpin: async (request) => queued(await unpinScene(request, engine)),
    resume: async () => {
      const wasStopped = await engine.stop.resume();
      const destroyedAccepted = await acceptDestroyed(engine);
      engine.worker.startOver();
      return queued({ wasStopped, destroyedAccepted });
    },
    adoptServer: () => adoptServer(engine, queued),
  };
}

const SWITCHED_OFF: Failure = {
  class: 'settings',
  message: 'PlexSync is switched off (enabled is false): nothing was queued.',
  advice: 'Nothing has to be asked for: once enabled is true again, everything is compared.',
};

const DRY_RUN: Failure = {
  class: 'settings',
  message: 'dry_run is true: nothing was undone.',
  advice: 'Set dry_run to false first.',
};

const unlessOff = async <Value>(
  { settings }: Engine,
  operation: () => Promise<Result<Value>>,
): Promise<Result<Value>> => (settings.enabled ? operation() : fail(SWITCHED_OFF));

async function readStatus(
  engine: Engine,
  options: OperationsOptions,
  inStep: () => Promise<number>,
): Promise<Status> {
  const { store, settings, gate } = engine;
  return {
    version: options.version,
    daemon: options.daemon,
    ...(await readReadiness(engine)),
    warnings: [...engine.otherWriters.warnings(), ...(await destroyedWarnings(engine))],
    destroyedAtOnce: await countHeld(engine),
    enabled: settings.enabled,
    dryRun: settings.dry_run,
    queue: await store.queue.counts(),
    hasAnswered: gate.hasAnswered(),
    index: await store.index.sections(),
    pathMaps: await engine.pathMaps.current(),
    links: await store.links.count(),
    inStep: await inStep(),
    held: await store.holds.count(),
    openUndos: await store.undos.countOpen(),
    imagesSkipped: await store.images.countSkipped(),
    reconcile: await engine.reconcile.status(),
    firstSync: await readFirstSync(engine),
    lastPollAt: await engine.lastPollAt(),
    dataDir: settings.data_dir,
    inboxDir: settings.inbox_dir,
  };
}

async function enqueueFor(engine: Engine, request: SyncRequest, queued: Queued): Promise<Result<SyncCounts>> {
  switch (request.kind) {
    case 'all':
      return succeed(await enqueueAll(engine, queued));
    case 'scenes':
      return succeed(await enqueueNamed(engine, request.scenes, queued));
    case 'recent': {
      const recent = await scenesChangedSince(engine, engine.clock.now() - request.sinceMs);
      return recent.ok ? succeed(queued(await enqueueScenes(engine, recent.value))) : recent;
    }
  }
}

async function enqueueScenes(engine: Engine, scenes: readonly SceneId[]): Promise<SyncCounts> {
  return { ...(await enqueue(engine, scenes.map(asked))), scenes: scenes.length };
}

/** Queued whatever Stash says: for a scene that is gone there may be something to forget. */
async function enqueueNamed(engine: Engine, scenes: readonly SceneId[], queued: Queued): Promise<SyncCounts> {
  const counts = queued(await enqueueScenes(engine, scenes));
  const missing = await answerWithin(missingOf(engine, scenes.slice(0, NAMED_BY_PEOPLE)), NICE_WITHIN_MS);
  return missing === null || missing.length === 0 ? counts : { ...counts, missing };
}

async function missingOf({ stash, gate }: Engine, scenes: readonly SceneId[]): Promise<readonly SceneId[]> {
  if (!(await gate.mayAsk('stash'))) return [];
  const read = await stash.readScenes(scenes);
  return read.ok ? scenes.filter((id) => read.value.get(id) === null) : [];
}

/** Queued before Stash is asked how many there are, whether it answers or not. */
async function enqueueAll(engine: Engine, queued: Queued): Promise<SyncCounts> {
  const counts = queued(await enqueue(engine, [{ subject: wholeLibrary, source: 'command' }]));
  const scenes = await answerWithin(engine.stash.countScenes(), NICE_WITHIN_MS);
  return { ...counts, scenes: scenes?.ok === true ? scenes.value : null };
}

/** The note comes first: a crash in between has the libraries listed once more, and loses nothing. */
async function reconcile(engine: Engine, queued: Queued): Promise<SyncCounts> {
  await askForFullListing(engine.store.meta, engine.clock.now());
  return enqueueAll(engine, queued);
}

/** What was only counted is of no use any more: the comparison begins anew, and writes. */
async function runFirstSync(engine: Engine, queued: Queued): Promise<FirstSyncStart> {
  const { store, settings, clock } = engine;
  if ((await readFirstSync({ store, settings })) === null) {
    return { wasAsking: false, added: 0, coalesced: 0, scenes: 0 };
  }
  await acceptFirstSync(store.meta, 'person', clock.now());
  await store.queue.drop(wholeLibrary);
  return { wasAsking: true, ...(await enqueueAll(engine, queued)) };
}

function enqueue({ store, clock }: Engine, triggers: readonly Trigger[]): Promise<EnqueueCounts> {
  const now = clock.now();
  return store.queue.enqueue(triggers, { now, dueAt: now });
}

const asked = (id: SceneId): Trigger => ({ subject: sceneSubject(id), source: 'command' });

/** Newest first until a whole page is older; times compare as instants, whatever zone Stash writes them in. */
async function scenesChangedSince(engine: Engine, since: number): Promise<Result<readonly SceneId[]>> {
  const ids: SceneId[] = [];
  for (let page = 1; ; page++) {
    const stamps = await engine.stash.newestScenes({ page, perPage: RECENT_PAGE_SIZE });
    if (!stamps.ok) return stamps;
    const recent = stamps.value.filter((stamp) => Date.parse(stamp.updatedAt) >= since);
    for (const { id } of recent) ids.push(id);
    if (recent.length === 0 || stamps.value.length < RECENT_PAGE_SIZE) return succeed(ids);
  }
}

/** The old server's links, base and index mean nothing on the new one; the journal stays as history. */
async function adoptServer(
  engine: Engine,
  queued: Queued,
): Promise<Result<{ readonly machineIdentifier: string }>> {
  const { store } = engine;
  const identity = await engine.plex.identity();
  if (!identity.ok) return identity;
  const { machineIdentifier } = identity.value;
  await store.links.dropAll();
  await store.index.dropSections((await store.index.sections()).map((section) => section.uuid));
  await rememberPlexServer(store.meta, machineIdentifier);
  await askFirstAgain(store.meta);
  await engine.stop.lift('server-changed');
  return succeed(queued({ machineIdentifier }));
}
