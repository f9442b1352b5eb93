import { parsePathMaps } from '../core/matching/pathMap.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Logger } from '../log/logger.ts';
import { apiKeySignIn, type StashSignIn } from '../stash/signIn.ts';
import type { Store } from '../store/port.ts';
import { isInPlace } from '../store/sqlite/inPlace.ts';
import type { DataLock, LockRole } from '../store/sqlite/lock.ts';
import { openStore } from '../store/sqlite/openStore.ts';
import { StoreError } from '../store/storeError.ts';
import { clientIdentifier } from './clientIdentifier.ts';
import { clientsFor } from './clientsFor.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { createEngine, type Engine } from './engine.ts';
import { type LockPatience, takeLockInTime } from './lockInTime.ts';
import type { Meter } from './meter.ts';

export interface OpenRequest {
  readonly role: LockRole;
  /** Whose end is waited for when the data folder is in use. */
  readonly patience: LockPatience;
  /** Ends that wait. */
  readonly signal?: AbortSignal;
  readonly settings: Settings;
  /** See {@link EngineParts.problems}; none in the form of a service. */
  readonly problems?: readonly string[];
  readonly logger: Logger;
  readonly version: string;
  /** With the API key of the settings when absent. */
  readonly stashSignIn?: StashSignIn;
  readonly clock?: Clock;
  readonly reach?: ReachStep;
  /** From then on no request to Plex or Stash is waited for. */
  readonly cutOff?: AbortSignal;
  /** See {@link EngineParts.meter}. */
  readonly meter?: Meter;
}

export interface OpenedEngine {
  readonly engine: Engine;
  /** Whether the data folder is still the one that was opened. */
  isInPlace(): boolean;
  close(): Promise<void>;
}

/** Why an engine cannot be put together. */
export interface OpenRefusal {
  /** Another process has the data directory: it does the work. */
  readonly isHeld: boolean;
  /** For people. */
  readonly message: string;
}

/** Takes the data directory and puts the engine together on it. Refused when a daemon has it already. */
export async function openEngine(request: OpenRequest): Promise<Result<OpenedEngine, OpenRefusal>> {
  const { settings, logger, version } = request;
  const refuse = (message: string) => fail({ isHeld: false, message });
  const overrides = parsePathMaps(settings.path_map);
  if (!overrides.ok) return refuse(`path_map: ${overrides.failure.join('; ')}`);
  const clock = request.clock ?? systemClock;
  const { data_dir: dataDir } = settings;
  const { role, patience, signal = new AbortController().signal } = request;
  const lock = await takeLockInTime({ dataDir, role, patience, clock, logger, signal });
  if (!lock.ok) return fail({ isHeld: lock.failure.kind === 'held', message: lock.failure.message });
  const opened = openStore({ dataDir, now: clock.now() });
  if (!opened.ok) {
    lock.value.release();
    return refuse(opened.failure.message);
  }
  for (const warning of opened.value.warnings) logger.warn(warning);
  const { store } = opened.value;
  const close = (): Promise<void> => closeAll(store, lock.value);
  const named = await orRefuse(() => clientIdentifier(settings, store.meta), close);
  if (!named.ok) return named;
  const stashSignIn = request.stashSignIn ?? apiKeySignIn(settings.stash_api_key);
  const { meter } = request;
  const engine = createEngine({
    store,
    settings,
    problems: request.problems ?? [],
    logger,
    pathMapOverrides: overrides.value,
    clock,
    random: Math.random,
    reach: request.reach ?? (() => undefined),
    ...(meter === undefined ? {} : { meter }),
    stashSignIn,
    ...clientsFor({
      settings,
      stashSignIn,
      clientIdentifier: named.value,
      version,
      cutOff: request.cutOff,
      meter,
    }),
  });
  return succeed({ engine, isInPlace: () => isInPlace(dataDir, lock.value.holder), close });
}

/** What has to be stored before anything else: where it cannot be, all is given back. */
export async function orRefuse<Value>(
  store: () => Promise<Value>,
  close: () => Promise<void>,
): Promise<Result<Value, OpenRefusal>> {
  try {
    return succeed(await store());
  } catch (error) {
    await close();
    if (error instanceof StoreError) return fail({ isHeld: false, message: error.message });
    throw error;
  }
}

async function closeAll(store: Store, lock: DataLock): Promise<void> {
  await store.close();
  lock.release();
}
