import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Operations, Status } from '../../src/engine/operations.ts';
import { controlAddress } from '../../src/server/controlAddress.ts';
import { connectControl } from '../../src/server/controlClient.ts';
import { BenchProcess, ROOT } from './benchProcess.ts';
import { countedSince, countedTogether, total } from './counts.ts';
import { forgetPeak } from './processCost.ts';
import { type Counted, type Simulators, startSimulators } from './simulators.ts';

export const PLEX_TOKEN = 'bench-token';
const CONNECT_DEADLINE_MS = 30_000;
/** What makes no progress for so long has gone wrong, and is said instead of waited for. */
const STANDSTILL_MS = 120_000;
/** How much longer than its answer takes a question is not repeated: the daemon's time for it is measured, too. */
const REST = 10;

export interface WorldOptions {
  readonly scenes: number;
  readonly plexLatencyMs?: number;
  /** Whether `servers.plex.onEdit` is told. */
  readonly areEditsTold?: boolean;
  /** Whether Stash runs hook.sh for each change. Without it nothing but the bench brings work. */
  readonly hasHook: boolean;
  /** Over the settings of a bench, by the names of the environment: PLEXSYNC_… */
  readonly settings?: NodeJS.ProcessEnv;
}

/** Both simulators and the daemon as people run it (the bundle), each a process of its own. */
export interface BenchWorld {
  readonly scenes: number;
  readonly servers: Simulators;
  readonly daemon: BenchProcess;
  readonly operations: Operations;
  readonly inbox: string;
  readonly dataDir: string;
  readonly settings: NodeJS.ProcessEnv;
}

export interface Cost {
  readonly wallS: number;
  readonly plex: Counted;
  readonly stash: Counted;
  /** Of the daemon. */
  readonly cpuMs: number;
  readonly peakRssMiB: number;
}

/** Runs `work` in a world that ends with it, however it ends. */
export async function* inWorld<Value>(
  options: WorldOptions,
  work: (world: BenchWorld) => AsyncGenerator<Value>,
): AsyncGenerator<Value> {
  const { scenes, plexLatencyMs = 0, areEditsTold = false, hasHook, settings = {} } = options;
  build();
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-bench-'));
  const [inbox, dataDir] = [path.join(folder, 'inbox'), path.join(folder, 'data')];
  mkdirSync(inbox);
  const ends: (() => Promise<void>)[] = [];
  try {
    const servers = await startSimulators({
      scenes,
      plexToken: PLEX_TOKEN,
      plexLatencyMs,
      areEditsTold,
      inbox: hasHook ? inbox : null,
    });
    ends.unshift(() => servers.end());
    const daemon = startDaemon({ servers, dataDir, inbox, settings });
    ends.unshift(() => daemon.end());
    const operations = await connect(dataDir);
    yield* work({ scenes, servers, daemon, operations, inbox, dataDir, settings });
  } finally {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true });
  }
}

/** As people run it: without the sources' types, which Node would have to take off and keep. Once a run. */
function build(): void {
  if (isBuilt) return;
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: ROOT });
  isBuilt = true;
}
let isBuilt = false;

/** Where a daemon finds what it works with. */
type Places = Pick<BenchWorld, 'servers' | 'dataDir' | 'inbox' | 'settings'>;

export const startDaemon = (places: Places): BenchProcess =>
  new BenchProcess(['dist/plexsync.cjs', 'serve'], daemonEnv(places));

/** Nothing brings work but hooks and the bench: polls come once a day. The log says little, so that it costs nothing. */
export const daemonEnv = ({ servers, dataDir, inbox, settings }: Places): NodeJS.ProcessEnv => ({
  PLEXSYNC_PLEX_URL: servers.plex.url,
  PLEXSYNC_PLEX_TOKEN: PLEX_TOKEN,
  PLEXSYNC_STASH_URL: servers.stash.url,
  PLEXSYNC_DATA_DIR: dataDir,
  PLEXSYNC_INBOX_DIR: inbox,
  PLEXSYNC_POLL_INTERVAL: '86400',
  PLEXSYNC_RECONCILE_INTERVAL: 'off',
  PLEXSYNC_FIRST_SYNC: 'run',
  PLEXSYNC_LOG_LEVEL: 'warn',
  // As hook.sh and the unit of systemd start it; the image of the container has no glibc.
  MALLOC_ARENA_MAX: '1',
  ...settings,
});

/** There is nothing to read in its log, so it is asked until it answers. */
export async function connect(dataDir: string): Promise<Operations> {
  const deadline = performance.now() + CONNECT_DEADLINE_MS;
  for (;;) {
    const connected = await connectControl(controlAddress(dataDir));
    if (connected.ok) return connected.value;
    if (performance.now() > deadline) throw new Error(connected.failure.message);
    await delay(20);
  }
}

/**
 * All events are taken in, the comparison of everything has ended, and no job is left. Dead letters are an error:
 * nothing here gives reason for one.
 */
export async function untilQuiet({ operations, inbox }: BenchWorld): Promise<Status> {
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const hasEvents = readdirSync(inbox).some((name) => name.startsWith('v1-') || name === 'overflow');
    const askedAt = performance.now();
    const status = await operations.status();
    const answeredAt = performance.now();
    const { queue, reconcile } = status;
    if (queue.dead > 0) throw new Error(`dead letters: ${JSON.stringify(queue.deadByClass)}`);
    const isQuiet = queue.pending + queue.running + queue.waiting === 0;
    if (!hasEvents && isQuiet && reconcile.running === null) return status;
    const progress = JSON.stringify([queue, reconcile.running]);
    if (progress !== last) [last, changedAt] = [progress, answeredAt];
    if (answeredAt - changedAt > STANDSTILL_MS) {
      throw new Error(`nothing moves for ${STANDSTILL_MS / 1000} s: ${JSON.stringify(status)}`);
    }
    await delay(Math.min(1_000, Math.max(20, (answeredAt - askedAt) * REST)));
  }
}

/** What the work costs; it ends when what it returns resolves. */
export async function costOf(
  { daemon, servers }: Pick<BenchWorld, 'daemon' | 'servers'>,
  work: () => Promise<unknown>,
): Promise<Cost> {
  const before = { plex: await servers.plex.counted(), stash: await servers.stash.counted() };
  const { cpuMs } = daemon.cost();
  forgetPeak(daemon.pid);
  const startedAt = performance.now();
  await work();
  const wallS = (performance.now() - startedAt) / 1000;
  const after = daemon.cost();
  return {
    wallS,
    plex: countedSince(before.plex, await servers.plex.counted()),
    stash: countedSince(before.stash, await servers.stash.counted()),
    cpuMs: after.cpuMs - cpuMs,
    peakRssMiB: after.peakRssMiB,
  };
}

/** One after the other. */
export const costTogether = (costs: readonly Cost[]): Cost => ({
  wallS: total(costs, ({ wallS }) => wallS),
  plex: countedTogether(costs.map(({ plex }) => plex)),
  stash: countedTogether(costs.map(({ stash }) => stash)),
  cpuMs: total(costs, ({ cpuMs }) => cpuMs),
  peakRssMiB: Math.max(...costs.map(({ peakRssMiB }) => peakRssMiB)),
});
