/**
 * What a comparison of everything costs, and one edit, in libraries of several sizes.
 *
 *   npm run bench:reconcile                              1,000, 10,000 and 100,000 scenes
 *   npm run bench:reconcile -- --scenes 1000 --out f.json
 *
 * Both simulators and the daemon are processes of their own, and nothing of ours stands between them. Requests
 * are counted in the simulators' own logs, CPU time and memory by the operating system. Nothing but the
 * reconcile and the one event brings work: Stash runs no hook, and the daemon polls once a day.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import type { ReconcileCounts } from '../src/core/reconcile/progress.ts';
import type { Operations } from '../src/engine/operations.ts';
import { controlAddress } from '../src/server/controlAddress.ts';
import { connectControl } from '../src/server/controlClient.ts';
import { BenchProcess, type SimulatedServers, startSimulators } from './benchServers.ts';
import { forgetPeak, processCost } from './processCost.ts';

const TOKEN = 'bench-token';
const SINGLE_EDITS = 20;
/** So long that a second passes between the last write and the next look. */
const BETWEEN_PHASES_MS = 3_000;
const EDIT_DEADLINE_MS = 10_000;

const flags = new Command('bench:reconcile')
  .description('Compares everything in libraries of several sizes, and counts what it costs.')
  .option('--scenes <counts>', 'sizes, separated by commas', '1000,10000,100000')
  .option('--out <file>', 'write the figures there as JSON')
  .option('--json', 'print them as JSON')
  .parse()
  .opts<{ readonly scenes: string; readonly out?: string; readonly json?: true }>();

interface Bench {
  readonly size: number;
  readonly servers: SimulatedServers;
  readonly daemon: BenchProcess;
  readonly operations: Operations;
  readonly inbox: string;
}

interface Figures {
  readonly scenes: number;
  readonly what: string;
  readonly wallS: number;
  readonly plex: Requests;
  readonly plexPerScene: number;
  readonly stash: Requests;
  readonly cpuMs: number;
  readonly peakRssMiB: number;
  /** Null for edits. */
  readonly counts: ReconcileCounts | null;
}

type Requests = Readonly<Record<string, number>>;

async function main(): Promise<void> {
  // As people run it: without the sources' types, which Node would have to take off and keep.
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: path.join(import.meta.dirname, '..') });
  const figures: Figures[] = [];
  for (const size of flags.scenes.split(',').map(Number)) {
    for await (const each of measure(size)) {
      figures.push(each);
      if (flags.json !== true) printRow(each, figures.length === 1);
    }
  }
  const machine = { cpu: cpus()[0]?.model ?? '', cpus: cpus().length, node: process.version };
  const document = JSON.stringify({ schema: 1, machine, figures }, null, 2);
  if (flags.json === true) console.log(document);
  if (flags.out !== undefined) writeFileSync(flags.out, `${document}\n`);
}

async function* measure(size: number): AsyncGenerator<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-bench-'));
  const inbox = path.join(folder, 'inbox');
  mkdirSync(inbox);
  const servers = await startSimulators({ items: size, plexToken: TOKEN, inbox: null });
  const daemon = new BenchProcess(['dist/plexsync.cjs', 'serve'], {
    PLEXSYNC_PLEX_URL: servers.plexUrl,
    PLEXSYNC_PLEX_TOKEN: TOKEN,
    PLEXSYNC_STASH_URL: servers.stashUrl,
    PLEXSYNC_DATA_DIR: path.join(folder, 'data'),
    PLEXSYNC_INBOX_DIR: inbox,
    PLEXSYNC_POLL_INTERVAL: '86400',
    PLEXSYNC_RECONCILE_INTERVAL: 'off',
    PLEXSYNC_FIRST_SYNC: 'run',
    PLEXSYNC_LOG_LEVEL: 'warn',
  });
  try {
    const operations = await connect(path.join(folder, 'data'));
    const bench: Bench = { size, servers, daemon, operations, inbox };
    yield await reconcileFor('first, all written', bench);
    yield await reconcileFor('second, writes confirmed', bench);
    yield await reconcileFor('nothing changed', bench);
    yield await afterChange('1 % changed', bench);
    yield await editsFor('one edit', bench);
  } finally {
    await daemon.end();
    await Promise.all([servers.plex.end(), servers.stash.end()]);
    rmSync(folder, { recursive: true });
  }
}

/** There is nothing to read in its log: it says little, so that the log costs nothing. */
async function connect(dataDir: string): Promise<Operations> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const connected = await connectControl(controlAddress(dataDir));
    if (connected.ok) return connected.value;
    if (performance.now() > deadline) throw new Error(connected.failure.message);
    await delay(100);
  }
}

const reconcileFor = (what: string, bench: Bench): Promise<Figures> =>
  costOf({ what, bench, scenes: bench.size }, async () => {
    await bench.operations.reconcile();
    return isDone(bench);
  });

async function afterChange(what: string, bench: Bench): Promise<Figures> {
  const ids = Array.from({ length: bench.size / 100 }, (_, index) => String((index + 1) * 100));
  await askStash(bench, `bulkSceneUpdate(input: { ids: [${ids.join()}], details: "changed" }) { id }`);
  return reconcileFor(what, bench);
}

/** Of each edit; no operation is asked meanwhile, which would cost the daemon more than the edit. */
async function editsFor(what: string, bench: Bench): Promise<Figures> {
  const { plex } = bench.servers;
  const figures = await costOf({ what, bench, scenes: SINGLE_EDITS }, async () => {
    for (let number = 1; number <= SINGLE_EDITS; number++) {
      const before = (await plex.counts())['edits'] ?? 0;
      await askStash(bench, `sceneUpdate(input: { id: ${number}, title: "Bench edit ${number}" }) { id }`);
      leaveEvent(bench.inbox, number);
      const deadline = performance.now() + EDIT_DEADLINE_MS;
      while (((await plex.counts())['edits'] ?? 0) === before) {
        if (performance.now() > deadline) throw new Error(`the edit of scene ${number} did not reach Plex`);
        await delay(10);
      }
      await delay(200);
    }
    return null;
  });
  const each = (all: Requests): Requests =>
    Object.fromEntries(Object.entries(all).map(([kind, count]) => [kind, count / SINGLE_EDITS]));
  const cpuMs = Math.round(figures.cpuMs / SINGLE_EDITS);
  const wallS = figures.wallS / SINGLE_EDITS;
  return {
    ...figures,
    scenes: bench.size,
    wallS,
    cpuMs,
    plex: each(figures.plex),
    stash: each(figures.stash),
  };
}

function leaveEvent(inbox: string, scene: number): void {
  const event = {
    args: { hookContext: { id: scene, type: 'Scene.Update.Post', input: { id: String(scene) } } },
  };
  writeFileSync(path.join(inbox, `v1-bench-${scene}`), JSON.stringify(event));
}

async function costOf(
  { what, bench, scenes }: { readonly what: string; readonly bench: Bench; readonly scenes: number },
  work: () => Promise<ReconcileCounts | null>,
): Promise<Figures> {
  const { daemon, servers } = bench;
  await delay(BETWEEN_PHASES_MS);
  const [plexBefore, stashBefore] = [await servers.plex.counts(), await servers.stash.counts()];
  const { cpuMs } = processCost(daemon.pid);
  forgetPeak(daemon.pid);
  const startedAt = performance.now();
  const counts = await work();
  const wallS = (performance.now() - startedAt) / 1000;
  const after = processCost(daemon.pid);
  const plex = since(plexBefore, await servers.plex.counts());
  return {
    scenes,
    what,
    wallS,
    plex,
    plexPerScene: sum(plex) / scenes,
    stash: since(stashBefore, await servers.stash.counts()),
    cpuMs: after.cpuMs - cpuMs,
    peakRssMiB: after.peakRssMiB,
    counts,
  };
}

/** The reconcile has ended and what it queued is worked off. */
async function isDone({ operations, size }: Bench): Promise<ReconcileCounts | null> {
  for (;;) {
    // In a large library the question itself costs something.
    await delay(Math.min(1_000, Math.max(50, size / 100)));
    const { queue, reconcile } = await operations.status();
    if (queue.dead > 0) throw new Error(`dead letters: ${JSON.stringify(queue.deadByClass)}`);
    const isQuiet = queue.pending + queue.running + queue.waiting === 0;
    if (isQuiet && reconcile.running === null) return reconcile.last?.counts ?? null;
  }
}

async function askStash({ servers }: Bench, mutation: string): Promise<void> {
  const answer = await fetch(`${servers.stashUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { ${mutation} }` }),
  });
  const { errors } = (await answer.json()) as { errors?: unknown };
  if (errors !== undefined) throw new Error(`Stash: ${JSON.stringify(errors)}`);
}

const since = (before: Requests, after: Requests): Requests =>
  Object.fromEntries(
    Object.entries(after)
      .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );

const sum = (requests: Requests): number => Object.values(requests).reduce((total, each) => total + each, 0);

function printRow(figures: Figures, isFirst: boolean): void {
  if (isFirst) {
    console.log(
      'scenes   what                      wall s  Plex/scene  CPU ms  RSS MiB  in step  queued (to be sure)',
    );
  }
  const { scenes, what, wallS, plex, plexPerScene, stash, cpuMs, peakRssMiB, counts } = figures;
  const cells = [
    String(scenes).padEnd(8),
    what.padEnd(25),
    wallS.toFixed(wallS < 1 ? 2 : 1).padStart(6),
    plexPerScene.toFixed(4).padStart(11),
    String(Math.round(cpuMs)).padStart(7),
    String(peakRssMiB).padStart(8),
    String(counts?.inStep ?? '').padStart(8),
    counts === null ? '' : `${counts.queued} (${counts.queuedToBeSure})`.padStart(8),
  ];
  console.log(cells.join(' '));
  console.log(`         Plex ${inWords(plex)} · Stash ${inWords(stash)}`);
}

const inWords = (requests: Requests): string =>
  Object.entries(requests)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');

await main();
