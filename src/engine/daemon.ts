import type { Peer } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { fail, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { StashSignIn } from '../stash/signIn.ts';
import type { Store } from '../store/port.ts';
import { StoreError } from '../store/storeError.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import type { Engine } from './engine.ts';
import { FolderWatch } from './folderWatch.ts';
import { Inbox } from './inbox.ts';
import { listenToPlex } from './listenToPlex.ts';
import { type ListenParts, listenToStash } from './listenToStash.ts';
import type { Meter } from './meter.ts';
import { keepHeapModest } from './modestHeap.ts';
import { Notifier } from './notifier.ts';
import { type OpenRefusal, openEngine } from './openEngine.ts';
import type { Operations } from './operations.ts';
import { operationsOf } from './operationsOf.ts';
import { type Pictures, picturesOf } from './pictures.ts';
import { type Readiness, readReadiness } from './readiness.ts';
import type { StoredInput } from './storedInput.ts';
import { takeUpWork } from './takeUpWork.ts';
import { Wakeup } from './wakeup.ts';
import { watchFolder } from './watchFolder.ts';
import { createWebhook } from './webhook.ts';

/** Also without a notice from the file system: not every mount sends them. */
const INBOX_LOOK_MS = 1_000;
/** Whether it is time, or somebody other than an operation asked, such as an inbox that ran over. */
const RECONCILE_LOOK_MS = 5_000;
const HEARTBEAT_MS = 2_000;
const LEASE_MS = 10 * 60 * 1000;
/** A batch that was not full is followed by a short wait, so that a bulk edit is read in batches, too. */
const GATHER_MS = 100;
/** After an error of our own surroundings (a full disk) the loop goes on, not at full speed. */
const AFTER_ERROR_MS = 5_000;
/** What is under way when the end is asked for may still be answered; service managers kill after 10 s. */
const ENDING_GRACE_MS = 3_000;

export interface DaemonRequest {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly version: string;
  /** Settings that are missing or wrong; see EngineParts. */
  readonly problems?: readonly string[];
  /** How to sign in to Stash; with the API key of the settings when absent. */
  readonly stashSignIn?: StashSignIn;
  /** Ends the daemon: running work is finished, or cut off after 3 s, then everything is closed. */
  readonly signal: AbortSignal;
  /** Makes the operations reachable, on the control socket and elsewhere. */
  readonly serve: (daemon: RunningDaemon) => Promise<{ close(): Promise<void> }>;
  /** Whether hook.sh is to be told that this daemon is none of the plugin's: it must never start one then. */
  readonly isExternal: boolean;
  readonly reach?: ReachStep;
  /** That of the machine when absent. */
  readonly clock?: Clock;
  /** See {@link EngineParts.meter}. */
  readonly meter?: Meter;
  /** Where the log is written, when that is a file. */
  readonly logFile?: string;
  /** Told the newest event of each round of the inbox. */
  readonly onNewestInput?: (input: StoredInput) => void;
  /** At the end: whether this process goes on with other settings, so that no other is to be started. */
  readonly isGoingOn?: () => boolean;
}

/** What its surroundings may ask of a daemon that runs. */
export interface RunningDaemon {
  readonly operations: Operations;
  /** To read numbers from. */
  readonly store: Store;
  readiness(): Promise<Readiness>;
  /** For whoever shows it. */
  readonly pictures: Pictures;
  /** Where Stash is, as seen from here. */
  readonly stashUrl: string;
  /** There is news of what a pause was about: it is looked at now, not at the next minute. */
  retryPause(peer: Peer): void;
}

/** Runs until the signal. Refused when it cannot start; then nothing is held any more. */
export async function runDaemon(request: DaemonRequest): Promise<Result<void, OpenRefusal>> {
  keepHeapModest();
  const { signal, isExternal } = request;
  // One of the plugin's daemons is as good as another; a service is wanted, whatever was there a moment ago.
  const patience = isExternal ? 'anyone' : 'commands';
  const opened = await openEngine({ ...request, role: 'daemon', patience, cutOff: afterGrace(signal) });
  if (!opened.ok) return signal.aborted && opened.failure.isHeld ? succeed(undefined) : opened;
  const { engine, close } = opened.value;
  const folder = new FolderWatch(opened.value.isInPlace);
  const watched = { ...request, signal: AbortSignal.any([signal, folder.taken]) };
  try {
    const started = await start(engine, watched);
    if (!started.ok) return started;
    await runUntilEnd(engine, watched, { ...started.value, folder });
  } finally {
    await close();
  }
  if (folder.taken.aborted) return refuse(takenWords(engine.settings.data_dir));
  if (request.isGoingOn?.() !== true) request.logger.info('PlexSync has ended');
  return succeed(undefined);
}

const takenWords = (dataDir: string): string =>
  `The data folder ${dataDir} was taken away or replaced while PlexSync ran, so it has ended. Start it again to go on with what lies there now.`;

interface Started {
  readonly inbox: Inbox;
  readonly server: { close(): Promise<void> };
  readonly work: Wakeup;
  readonly poll: Wakeup;
  readonly events: Wakeup;
  readonly reconcile: Wakeup;
}

/** All that may be refused; the server last, so that nothing is to be taken back. */
async function start(engine: Engine, request: DaemonRequest): Promise<Result<Started, OpenRefusal>> {
  const { version, signal, logger, isExternal } = request;
  const directory = engine.settings.inbox_dir;
  const { clock, reach, store } = engine;
  const { onNewestInput: onNewest } = request;
  const inbox = new Inbox({
    directory,
    queue: store.queue,
    meta: store.meta,
    clock,
    logger,
    reach,
    ...(onNewest === undefined ? {} : { onNewest }),
  });
  try {
    await inbox.prepare({ isExternal });
  } catch (error) {
    logger.debug({ error }, 'could not prepare the inbox');
    return refuse(
      `inbox_dir: found ${directory}, which cannot be used (${messageOf(error)}); allowed: a folder that PlexSync may write to.`,
    );
  }
  const work = new Wakeup(signal);
  const poll = new Wakeup(signal);
  const events = new Wakeup(signal);
  const reconcile = new Wakeup(signal);
  try {
    await takeUpWork(engine);
    const operations = operationsOf(engine, {
      version,
      daemon: { pid: process.pid, startedAt: clock.now(), logFile: request.logFile ?? null },
      onQueued: () => {
        work.wake();
        reconcile.wake();
      },
    });
    const retryPause = (peer: Peer): void => {
      if (engine.gate.retryPause(peer)) work.wake();
    };
    const server = await request.serve({
      operations,
      store,
      readiness: () => readReadiness(engine),
      pictures: picturesOf(engine),
      stashUrl: engine.settings.stash_url,
      retryPause,
    });
    return succeed({ inbox, work, poll, events, reconcile, server });
  } catch (error) {
    logger.debug({ error }, 'could not start');
    return refuse(`PlexSync cannot start: ${messageOf(error)}`);
  }
}

const refuse = (message: string): Result<never, OpenRefusal> => fail({ isHeld: false, message });

async function runUntilEnd(
  engine: Engine,
  request: DaemonRequest,
  started: Started & { readonly folder: FolderWatch },
): Promise<void> {
  const { settings, logger, version, signal } = request;
  const { inbox, server, work, poll, events, reconcile, folder } = started;
  const watcher = watchFolder(settings.inbox_dir, 'v', {
    onChange: () => work.wake(),
    onFailure: (error) => logger.debug({ error }, 'no notices from the inbox: it is looked at each second'),
  });
  logger.info({ version, data: settings.data_dir, inbox: settings.inbox_dir }, 'PlexSync runs');
  let lastBeat = keepAlive(engine, inbox);
  await lastBeat;
  const beat = setInterval(() => {
    folder.look();
    lastBeat = keepAlive(engine, inbox);
  }, HEARTBEAT_MS);
  try {
    await Promise.all([
      loop(engine, work, () => workRound(engine, { inbox, poll, signal })),
      loop(engine, poll, () => pollRound(engine, work)),
      loop(engine, events, () => eventsRound(engine, work)),
      loop(
        engine,
        new Wakeup(signal),
        listenToPlex(engine, () => events.wake(), signal),
      ),
      loop(engine, reconcile, () => reconcileRound(engine, work)),
      listen(engine, request, poll),
      notify(engine, signal),
    ]);
  } finally {
    clearInterval(beat);
    watcher?.close();
    await server.close();
  }
  // Else a beat under way could show a daemon that has gone.
  await lastBeat;
  if (request.isGoingOn?.() !== true) await inbox.showGone();
}

/** In a loop of its own, which a webhook that is slow or away holds up alone. */
async function notify(engine: Engine, signal: AbortSignal): Promise<void> {
  const { notify_url: url, notify_kind: kind } = engine.settings;
  if (url === '') return;
  const notifier = new Notifier(engine, createWebhook({ url, kind, cutOff: afterGrace(signal) }));
  await loop(engine, new Wakeup(signal), () => notifier.round());
}

/** While PlexSync is off, or not set up, there is nothing to listen for. */
async function listen(engine: Engine, request: DaemonRequest, poll: Wakeup): Promise<void> {
  const { settings, problems, stashEvents: events, eventSockets } = engine;
  if (!settings.enabled || problems.length > 0) return;
  const onNews = (): void => {
    engine.stampSweep.ask();
    poll.wake();
  };
  const { clock, random, logger } = engine;
  const onState: ListenParts['onState'] = (state) => eventSockets.note('stash', state);
  await listenToStash({ events, clock, random, logger, signal: request.signal, onNews, onState });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A cut request is as after a crash: its job runs again, and the journal knows what may have been sent. */
function afterGrace(signal: AbortSignal): AbortSignal {
  const cutOff = new AbortController();
  const begin = (): void => void setTimeout(() => cutOff.abort(), ENDING_GRACE_MS).unref();
  signal.addEventListener('abort', begin, { once: true });
  return cutOff.signal;
}

async function keepAlive({ store, owner, clock, logger }: Engine, inbox: Inbox): Promise<void> {
  try {
    await inbox.showAlive();
    await store.queue.extendLeases(owner, clock.now() + LEASE_MS);
  } catch (error) {
    logger.warn({ error }, 'could not show that the daemon is alive');
  }
}

/** Repeats rounds until the end; a round says how long to wait unless woken. */
async function loop(engine: Engine, wakeup: Wakeup, round: () => Promise<number>): Promise<void> {
  while (!wakeup.hasEnded) {
    let waitMs: number;
    try {
      waitMs = await round();
    } catch (error) {
      if (error instanceof StoreError) engine.logger.error(error.message);
      else engine.logger.error({ error }, 'unexpected error: trying again');
      waitMs = AFTER_ERROR_MS;
    }
    await wakeup.wait(waitMs);
  }
}

async function workRound(
  engine: Engine,
  { inbox, poll, signal }: { readonly inbox: Inbox; readonly poll: Wakeup; readonly signal: AbortSignal },
): Promise<number> {
  // What is queued is worked off, whatever became of the inbox.
  const [intake] = await Promise.allSettled([inbox.takeIn({ isEnabled: engine.settings.enabled })]);
  if (intake.status === 'fulfilled' && intake.value.unreadable > 0) poll.wake();
  const tick = await engine.worker.tick();
  if (intake.status === 'rejected') throw intake.reason;
  if (intake.value.isMoreWaiting) return 0;
  const now = engine.clock.now();
  switch (tick.kind) {
    case 'worked':
      if (tick.restMs > 0) return tick.restMs;
      if (!tick.isBatchFull) await engine.clock.sleep(GATHER_MS, signal);
      return 0;
    case 'idle':
      return Math.min(INBOX_LOOK_MS, Math.max(0, (tick.nextDueAt ?? Number.POSITIVE_INFINITY) - now));
    case 'shut':
      return INBOX_LOOK_MS;
  }
}

async function pollRound(engine: Engine, work: Wakeup): Promise<number> {
  const polled = await engine.poll();
  if (polled.ok) work.wake();
  else
    engine.logger.debug(
      { class: polled.failure.class, reason: polled.failure.message },
      'could not look for changes',
    );
  return engine.settings.poll_interval * 1000;
}

async function eventsRound(engine: Engine, work: Wakeup): Promise<number> {
  const waitMs = await engine.plexEvents.round();
  if (waitMs === 0) work.wake();
  return waitMs;
}

async function reconcileRound(engine: Engine, work: Wakeup): Promise<number> {
  const tick = await engine.reconcile.tick();
  if (tick.kind !== 'worked') return RECONCILE_LOOK_MS;
  work.wake();
  return tick.restMs;
}
