import { type DoctorFacts, diagnose } from '../../core/doctor/diagnose.ts';
import type { Finding, Heard } from '../../core/doctor/finding.ts';
import type { MatchingFacts } from '../../core/doctor/matchingFindings.ts';
import type { WorkFacts } from '../../core/doctor/workFindings.ts';
import { fittingFiles } from '../../core/matching/fittingFiles.ts';
import { manyDestroyed } from '../destroyedScenes.ts';
import type { Engine } from '../engine.ts';
import { readFirstSync } from '../firstSync.ts';
import type { Status } from '../operations.ts';
import { STOP_ADVICE } from '../safetyStop.ts';
import { askPlex } from './askPlex.ts';
import { askStash } from './askStash.ts';
import { withPathHidden, withPathsHidden } from './hidePaths.ts';
import { type HostLook, lookAtHost } from './lookAtHost.ts';
import { patientFor } from './patience.ts';

export interface Examination {
  readonly daemon: Status['daemon'];
  /** Another one in tests: a full disk is not to be had everywhere. */
  readonly look?: HostLook;
}

/** Of the database: what is asked of both servers at the same time takes up to 2.5 s. */
const DATABASE_MS = 1_000;

/** Looks at everything that a sync needs, and changes nothing. */
export async function examine(engine: Engine, examination: Examination): Promise<readonly Finding[]> {
  const facts = await gather(engine, examination);
  if (!engine.settings.obfuscate_paths) return diagnose(facts);
  return diagnose(withPathsHidden(facts)).map(withPathHidden);
}

async function gather(engine: Engine, { daemon, look = lookAtHost }: Examination): Promise<DoctorFacts> {
  const { settings, store, clock } = engine;
  const ask = patientFor(clock);
  // First, since what is found below may pause work, and is told below.
  const work = await workFacts(engine, daemon !== null);
  const [stash, plex, host, exam] = await Promise.all([
    askStash(engine, ask),
    askPlex(engine, ask),
    look(settings.data_dir),
    examineStore(store),
  ]);
  return {
    now: clock.now(),
    pollSeconds: settings.poll_interval,
    problems: engine.problems,
    ...host,
    database: { bytes: host.folder.databaseBytes, ...exam },
    daemon: daemon === null ? null : { pid: daemon.pid, since: daemon.startedAt },
    stash,
    plex,
    matching: await matchingFacts(engine, stash?.scenes ?? null),
    work,
  };
}

function examineStore(store: Engine['store']): ReturnType<Engine['store']['examine']> {
  // Not the engine's clock: this is about how long other work is kept waiting.
  const until = performance.now() + DATABASE_MS;
  return store.examine(() => performance.now() < until);
}

async function workFacts(engine: Engine, hasDaemon: boolean): Promise<WorkFacts> {
  const { settings, stop, gate, store } = engine;
  const current = await stop.current();
  return {
    enabled: settings.enabled,
    dryRun: settings.dry_run,
    stop: current === null ? null : { reason: current.reason, advice: STOP_ADVICE[current.kind] },
    pauses: gate.pauses(),
    breakers: await gate.breakers(),
    destroyed: await manyDestroyed(engine),
    asksFirst: (await readFirstSync(engine)) !== null,
    rest: (await engine.reconcile.status()).rest,
    hasDaemon,
    queue: await store.queue.counts(),
  };
}

async function matchingFacts(engine: Engine, scenes: Heard<number>): Promise<MatchingFacts> {
  const { store, settings } = engine;
  return {
    sections: await store.index.sections(),
    pathMaps: await pathMapFacts(engine),
    linkedScenes: await store.links.countScenes(),
    scenes,
    leftOut: (await engine.reconcile.status()).last?.counts.leftOut ?? 0,
    notInPlex: await notInPlex(engine),
    asksPlexToScan: settings.trigger_plex_scan,
  };
}

const LINKS_SAMPLED = 200;

/** Those that were learned bring their support along; what a person gave is tried on files that are linked. */
async function pathMapFacts(engine: Engine): Promise<MatchingFacts['pathMaps']> {
  const { store, pathMaps, pathMapOverrides, random } = engine;
  const maps = await pathMaps.current();
  if (pathMapOverrides.length === 0) return maps.map((map) => ({ ...map, lookedAt: null }));
  const links = await store.links.sample(LINKS_SAMPLED, random());
  const files = links.map(({ scenePath, itemPath }) => ({ stash: scenePath, plex: itemPath }));
  return maps.map((map) => ({ ...map, support: fittingFiles(map, files), lookedAt: files.length }));
}

/** As many as are looked at; a person needs no more to know. */
const SCENES_COUNTED = 100;
/** Plex looks for new files by itself, too. */
const LONG_MS = 10 * 60 * 1000;

async function notInPlex({ store, clock }: Engine): Promise<MatchingFacts['notInPlex']> {
  const states = ['waiting', 'dead'] as const;
  const jobs = await store.queue.list({ states, class: 'no-match', limit: SCENES_COUNTED });
  const scenes = jobs.filter((job) => clock.now() - job.enqueuedAt >= LONG_MS).length;
  return { scenes, isCountCut: scenes === SCENES_COUNTED };
}
