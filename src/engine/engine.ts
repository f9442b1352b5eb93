import { randomUUID } from 'node:crypto';
import type { Failure } from '../core/failure.ts';
import type { PathMap } from '../core/matching/pathMap.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { PlexNotifications } from '../plex/plexNotifications.ts';
import type { StashSignIn } from '../stash/signIn.ts';
import type { StashClient } from '../stash/stashClient.ts';
import type { StashEvents } from '../stash/stashEvents.ts';
import type { Meta, Store } from '../store/port.ts';
import { BulkRest } from './bulkRest.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { dropLongDestroyed } from './destroyedScenes.ts';
import { readOnly } from './dryRun.ts';
import { EventSockets } from './eventSockets.ts';
import { Gate, type GateParts, observed } from './gate.ts';
import { Indexer } from './indexer.ts';
import { LinkChecks } from './linkChecks.ts';
import { type Meter, silentMeter } from './meter.ts';
import { notSetUp, refusing } from './notSetUp.ts';
import { OtherWriters } from './otherWriters.ts';
import { PathMaps } from './pathMaps.ts';
import { PlexEvents } from './plexEvents.ts';
import { PlexHost } from './plexHost.ts';
import { PlexPace } from './plexPace.ts';
import { checkPlexServer } from './plexServer.ts';
import { pollStash } from './poll.ts';
import { pruneJournal } from './pruneJournal.ts';
import { Reconcile } from './reconcile.ts';
import { SafetyStop } from './safetyStop.ts';
import { ScanRequests } from './scanRequests.ts';
import { StampSweep } from './stampSweep.ts';
import { TagTree } from './tagTree.ts';
import { VerifiedValues } from './verifiedValues.ts';
import { Worker } from './worker.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LAST_POLL_KEY = 'last-poll';

export interface EngineParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly plex: PlexClient;
  /** What Plex tells by itself. */
  readonly notifications: PlexNotifications;
  /** What Stash tells by itself. */
  readonly stashEvents: StashEvents;
  readonly stashSignIn: StashSignIn;
  readonly settings: Settings;
  /**
   * What is missing or wrong among the settings, each a sentence. While there are any, both clients are asked by
   * the doctor alone, and only where their own settings are not empty.
   */
  readonly problems: readonly string[];
  /** The setting `path_map`, parsed. */
  readonly pathMapOverrides: readonly PathMap[];
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  readonly reach: ReachStep;
  /** Nobody counts when absent. */
  readonly meter?: Meter;
}

/** The parts put together: what the daemon loops over, and what the operations look into. */
export interface Engine extends EngineParts {
  /** Both clients, also while there are problems: for the doctor alone. */
  readonly direct: { readonly stash: StashClient; readonly plex: PlexClient };
  readonly gate: Gate;
  readonly stop: SafetyStop;
  readonly linkChecks: LinkChecks;
  readonly tagTree: TagTree;
  readonly indexer: Indexer;
  readonly pathMaps: PathMaps;
  readonly plexEvents: PlexEvents;
  readonly eventSockets: EventSockets;
  readonly plexHost: PlexHost;
  readonly scanRequests: ScanRequests;
  readonly otherWriters: OtherWriters;
  readonly stampSweep: StampSweep;
  readonly worker: Worker;
  readonly reconcile: Reconcile;
  readonly bulkRest: BulkRest;
  readonly owner: string;
  /** One look at both sides for what no hook told of, and the housekeeping that goes with it. */
  poll(): Promise<Result<void>>;
  lastPollAt(): Promise<number | null>;
}

export function createEngine(given: EngineParts): Engine {
  const { store, settings, clock, random, logger, reach } = given;
  const stop = new SafetyStop({ meta: store.meta, clock, logger });
  const whyNot = notSetUp(given.problems);
  const pace = new PlexPace(clock, settings.plex_requests_at_once);
  const clients = clientsOf(given, whyNot, () => gate);
  const { stash } = clients;
  const { plex, bulkRest } = watchedPlex(clients.plex, pace, given);
  const indexer = new Indexer({
    store,
    plex,
    settings,
    clock,
    logger,
    stop,
    reach,
    pace,
    noteFailure: (failure) => gate.noteFailure(failure),
  });
  const checkServer = (): Promise<Result<void>> => checkPlexServer({ meta: store.meta, plex, stop });
  const gate: Gate = new Gate({
    meta: store.meta,
    queue: store.queue,
    clock,
    random,
    logger,
    stop,
    notSetUp: whyNot,
    ...probesOf({ stash, plex, indexer, checkServer }),
  });
  const pathMaps = new PathMaps({
    store,
    stash,
    clock,
    random,
    logger,
    overrides: given.pathMapOverrides,
  });
  const linkChecks = new LinkChecks(stop, settings);
  const tagTree = new TagTree({ stash, settings });
  const plexHost = new PlexHost(plex);
  const scanRequests = new ScanRequests({ plex, pathMaps, plexHost, settings, clock, logger });
  const owner = randomUUID();
  const takenEdits = new Set<string>();
  const verified = new VerifiedValues();
  const parts = {
    ...given,
    ...clients,
    meter: given.meter ?? silentMeter,
    plex,
    pace,
    bulkRest,
    stop,
    gate,
    indexer,
    pathMaps,
    plexHost,
    scanRequests,
    linkChecks,
    tagTree,
    owner,
    takenEdits,
    verified,
    checkServer,
  };
  const engine: Engine = {
    ...parts,
    plexEvents: new PlexEvents(parts),
    eventSockets: new EventSockets(),
    otherWriters: new OtherWriters({ stash, logger }),
    stampSweep: new StampSweep(),
    worker: new Worker(parts),
    reconcile: new Reconcile(parts),
    poll: () => pollBothSides(engine, checkServer),
    lastPollAt: () => readLastPollAt(store.meta),
  };
  return engine;
}

async function readLastPollAt(meta: Meta): Promise<number | null> {
  const text = await meta.get(LAST_POLL_KEY);
  return text === null ? null : Number(text);
}

/** Timed, and listened to for what Plex is busy with. */
function watchedPlex(
  client: PlexClient,
  pace: PlexPace,
  { store, settings, clock, logger }: EngineParts,
): { readonly plex: PlexClient; readonly bulkRest: BulkRest } {
  const timed = pace.watch(client);
  const bulkRest = new BulkRest({ meta: store.meta, plex: timed, settings, clock, logger });
  return { plex: bulkRest.watch(timed), bulkRest };
}

/** Every answer is told to the gate; in a dry run nothing is written. */
function clientsOf(
  given: EngineParts,
  whyNot: Failure | null,
  gate: () => Gate,
): Pick<Engine, 'direct' | 'stash' | 'plex'> {
  const direct = {
    stash: observed(given.stash, 'stash', gate),
    plex: observed(given.settings.dry_run ? readOnly(given.plex) : given.plex, 'plex', gate),
  };
  if (whyNot === null) return { direct, ...direct };
  return { direct, stash: refusing(given.stash, whyNot), plex: refusing(given.plex, whyNot) };
}

interface Probed {
  readonly stash: StashClient;
  readonly plex: PlexClient;
  readonly indexer: Indexer;
  readonly checkServer: () => Promise<Result<void>>;
}

/** What is asked while the gate is shut, to find out whether it may open. */
function probesOf({
  stash,
  plex,
  indexer,
  checkServer,
}: Probed): Pick<GateParts, 'probeReachable' | 'probeSettings'> {
  const probeStash = (): Promise<Result<void>> => asDone(stash.probe());
  const probeToken = async (): Promise<Result<void>> => {
    const server = await checkServer();
    if (!server.ok) return server;
    const token = await plex.checkToken();
    return token.ok ? asDone(indexer.refresh(0)) : token;
  };
  return {
    probeReachable: { plex: checkServer, stash: probeStash },
    probeSettings: { plex: probeToken, stash: probeStash },
  };
}

async function asDone(result: Promise<Result<unknown>>): Promise<Result<void>> {
  const awaited = await result;
  return awaited.ok ? succeed(undefined) : awaited;
}

/** Stash first and for itself: what is edited there is in the queue whatever has become of Plex. */
async function pollBothSides(
  engine: Engine,
  checkServer: () => Promise<Result<void>>,
): Promise<Result<void>> {
  const { store, settings, clock, gate, indexer, pathMaps } = engine;
  if (!settings.enabled) return succeed(undefined);
  await store.queue.deleteDeadBefore(clock.now() - settings.dead_letter_retention_days * DAY_MS);
  await dropLongDestroyed(engine);
  await pruneJournal(engine);
  const changes = (await gate.mayAsk('stash')) ? await asDone(pollStash(engine)) : succeed(undefined);
  if ((await gate.admit()).kind === 'shut') return changes;
  const server = await checkServer();
  if (!server.ok) return server;
  if (!changes.ok) return changes;
  await engine.otherWriters.refresh();
  const indexed = await indexer.refresh((settings.poll_interval * 1000) / 2);
  if (!indexed.ok) return indexed;
  if (indexed.value.listed) {
    const learned = await pathMaps.learn();
    if (!learned.ok) return learned;
  }
  await engine.scanRequests.ask();
  await store.meta.set(LAST_POLL_KEY, String(clock.now()));
  return succeed(undefined);
}
