import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type SteppedClock, steppedClock } from '../../simulator/plex/clock.ts';
import { type PlexSimulator, startPlexSimulator } from '../../simulator/plex/server.ts';
import type { Switches as PlexSwitches } from '../../simulator/plex/switches.ts';
import { type SampleFile, sampleLibrary } from '../../simulator/sampleLibrary.ts';
import { fillLibrary } from '../../simulator/stash/model/fillLibrary.ts';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';
import type { Switches as StashSwitches } from '../../simulator/stash/switches.ts';
import { sceneId } from '../../src/core/ids.ts';
import type { TriggerSource } from '../../src/core/job.ts';
import { parsePathMaps } from '../../src/core/matching/pathMap.ts';
import { sceneSubject } from '../../src/core/scene.ts';
import { flagLayer } from '../../src/core/settings/layers.ts';
import { resolveSettings, settingsOf } from '../../src/core/settings/resolve.ts';
import type { Settings } from '../../src/core/settings/table.ts';
import type { ReachStep } from '../../src/engine/crashStep.ts';
import { sceneExtras } from '../../src/engine/desireRules.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { type Meter, silentMeter } from '../../src/engine/meter.ts';
import type { Operations } from '../../src/engine/operations.ts';
import { operationsOf } from '../../src/engine/operationsOf.ts';
import { takeUpWork } from '../../src/engine/takeUpWork.ts';
import type { Tick } from '../../src/engine/worker.ts';
import { createPlexClient } from '../../src/plex/createPlexClient.ts';
import { createPlexNotifications } from '../../src/plex/plexNotifications.ts';
import { createStashClient } from '../../src/stash/createStashClient.ts';
import { apiKeySignIn } from '../../src/stash/signIn.ts';
import { createStashEvents } from '../../src/stash/stashEvents.ts';
import { openStore } from '../../src/store/sqlite/openStore.ts';
import { assumedPlex } from './assumedPlex.ts';
import { type CollectedLog, collectLog } from './collectedLog.ts';

export interface WorldOptions {
  /** Files that both sides have, with scenes and items for each; default 3. */
  readonly files?: number;
  readonly plex?: Partial<PlexSwitches>;
  readonly stash?: Partial<StashSwitches>;
  readonly settings?: Partial<Settings>;
  /** Settings that are missing or wrong, in words. */
  readonly problems?: readonly string[];
  /** In [0, 1): what the engine draws; default a half. */
  readonly random?: number | (() => number);
  /** How long a request may take in real time, instead of what the settings say in whole seconds. */
  readonly timeoutMs?: number;
  /** Told of each step of the engine as it is reached. */
  readonly reach?: ReachStep;
  readonly meter?: Meter;
}

/**
 * Both simulators over real HTTP with one clock that only the test moves, and the engine on a database of
 * its own. Nothing runs by itself: a test says when the worker ticks and when a poll looks.
 */
export interface World {
  readonly clock: SteppedClock;
  readonly stash: StashSimulator;
  readonly plex: PlexSimulator;
  readonly samples: readonly SampleFile[];
  readonly log: CollectedLog;
  /** Of the process that runs now; another one after {@link World.restart}. */
  readonly engine: Engine;
  readonly operations: Operations;
  /** The nth scene, from 1, as Stash numbers them. */
  scene(number: number): SceneRow;
  /** The rating key of the item that holds the nth file. */
  itemKey(number: number): string;
  /** From now on the clock of PlexSync's machine is this far ahead of those of the servers. */
  setOwnClock(aheadMs: number): void;
  /** A change in Stash and what the hook would say of it. */
  edit(number: number, change: Partial<SceneRow>, source?: TriggerSource): Promise<void>;
  /** Also of a scene that Stash does not have any more. */
  trigger(number: number, source?: TriggerSource): Promise<void>;
  /** Ticks until nothing is due now. */
  work(): Promise<Tick>;
  /** Works, moving the clock to what is due next, for this long at most. */
  workFor(ms: number): Promise<Tick>;
  /** The process ends between two ticks and another one starts on the same database. */
  restart(settings?: Partial<Settings>, problems?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const TOKEN = 'simulator-token';

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const clock = steppedClock();
  const samples = sampleLibrary(options.files ?? 3);
  const stash = await startStashSimulator({
    clock: () => clock.now(),
    ...(options.stash === undefined ? {} : { switches: options.stash }),
  });
  fillLibrary(stash.library, samples);
  const plex = await startPlexSimulator({
    clock,
    token: TOKEN,
    switches: { ...assumedPlex(), ...options.plex },
    sections: [{ title: 'Movies', locations: ['/media'], items: samples.map(itemOf) }],
  });
  // What is there before PlexSync comes is not of this second.
  clock.advance(60_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'plexsync-world-'));
  const log = collectLog([TOKEN], options.settings?.obfuscate_paths);
  let aheadMs = 0;
  const now = (): number => clock.now() + aheadMs;
  const start = async (settings: Partial<Settings>, problems: readonly string[]): Promise<Running> => {
    const complete = settingsFor({ plex, stash, dataDir }, { ...options.settings, ...settings });
    const { random: drawn = 0.5, reach = () => undefined, meter = silentMeter, timeoutMs } = options;
    const random = typeof drawn === 'number' ? () => drawn : drawn;
    const opened = openOn(complete, { now, log, random, reach, meter, problems, timeoutMs });
    await takeUpWork(opened.engine);
    return opened;
  };
  let running = await start({}, options.problems ?? []);

  const trigger: World['trigger'] = async (number, source = 'hook') => {
    const subject = sceneSubject(sceneId(String(number)));
    await running.engine.store.queue.enqueue([{ subject, source }], { now: now(), dueAt: now() });
  };
  const work = async (): Promise<Tick> => {
    for (;;) {
      const tick = await running.engine.worker.tick();
      const step = await running.engine.reconcile.tick();
      if (tick.kind !== 'worked' && step.kind !== 'worked') return tick;
    }
  };
  return {
    clock,
    stash,
    plex,
    samples,
    log,
    get engine() {
      return running.engine;
    },
    get operations() {
      return running.operations;
    },
    setOwnClock: (ms) => {
      aheadMs = ms;
    },
    scene: (number) => sceneAt(stash, number),
    itemKey: (number) => itemKeyAt(plex, samples, number),
    edit: async (number, change, source) => {
      stash.library.editScene(sceneAt(stash, number), change);
      await trigger(number, source);
    },
    trigger,
    work,
    workFor: async (ms) => {
      const until = now() + ms;
      for (;;) {
        const tick = await work();
        const next = tick.kind === 'idle' ? tick.nextDueAt : tick.kind === 'shut' ? tick.retryAt : null;
        if (next === null || next > until) {
          clock.advance(Math.max(0, until - now()));
          return work();
        }
        clock.advance(Math.max(1, next - now()));
      }
    },
    restart: async (settings = {}, problems = []) => {
      await running.engine.store.close();
      running = await start(settings, problems);
    },
    close: async () => {
      await running.engine.store.close();
      await Promise.all([plex.close(), stash.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly engine: Engine;
  readonly operations: Operations;
}

interface Surroundings extends Required<Pick<WorldOptions, 'reach' | 'meter' | 'problems'>> {
  readonly random: () => number;
  readonly timeoutMs: number | undefined;
  readonly now: () => number;
  readonly log: CollectedLog;
}

function openOn(settings: Settings, parts: Surroundings): Running {
  const { now, log, random, reach, meter, problems, timeoutMs } = parts;
  const opened = openStore({ dataDir: settings.data_dir, now: now() });
  if (!opened.ok) throw new Error(opened.failure.message);
  const overrides = parsePathMaps(settings.path_map);
  if (!overrides.ok) throw new Error(overrides.failure.join('; '));
  const timeouts = {
    connectTimeoutMs: timeoutMs ?? settings.connect_timeout * 1000,
    readTimeoutMs: timeoutMs ?? settings.read_timeout * 1000,
  };
  const plex = {
    url: settings.plex_url,
    token: settings.plex_token,
    tlsVerify: true,
    ...timeouts,
    clientIdentifier: 'world',
    version: '0.0.0',
  };
  const stash = {
    url: settings.stash_url,
    signIn: apiKeySignIn(settings.stash_api_key),
    tlsVerify: true,
    ...timeouts,
  };
  const engine = createEngine({
    store: opened.value.store,
    settings,
    problems,
    pathMapOverrides: overrides.value,
    clock: { now, sleep: () => Promise.resolve() },
    random,
    logger: log.logger,
    reach,
    stashSignIn: stash.signIn,
    stash: createStashClient({ ...stash, extras: sceneExtras(settings) }),
    stashEvents: createStashEvents(stash),
    meter,
    plex: createPlexClient(plex),
    notifications: createPlexNotifications(plex),
  });
  return {
    engine,
    operations: operationsOf(engine, { version: '0.0.0', daemon: null, onQueued: () => undefined }),
  };
}

function settingsFor(
  at: { readonly plex: PlexSimulator; readonly stash: StashSimulator; readonly dataDir: string },
  given: Partial<Settings>,
): Settings {
  const base: Partial<Settings> = {
    plex_url: at.plex.url,
    plex_token: TOKEN,
    stash_url: at.stash.url,
    data_dir: at.dataDir,
    inbox_dir: path.join(at.dataDir, 'inbox'),
    // Nothing runs by itself.
    reconcile_interval: 'off',
    // What a comparison finds is written, as in a library that is in step.
    first_sync: 'run',
  };
  const settings = settingsOf(resolveSettings([flagLayer({ ...base, ...given })]));
  if (settings.ok) return settings.value;
  throw new Error(settings.failure.join('; '));
}

const itemOf = (sample: SampleFile) => ({
  files: [{ path: sample.plexPath, size: sample.size, durationMs: sample.durationMs }],
});

function sceneAt(stash: StashSimulator, number: number): SceneRow {
  const scene = stash.library.scenes.get(number);
  if (scene === undefined) throw new Error(`there is no scene ${number}`);
  return scene;
}

function itemKeyAt(plex: PlexSimulator, samples: readonly SampleFile[], number: number): string {
  const sample = samples[number - 1];
  const [key] = sample === undefined ? [] : plex.library.ratingKeys({ path: sample.plexPath });
  if (key === undefined) throw new Error(`Plex has no item with the file of sample ${number}`);
  return key;
}
