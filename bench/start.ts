import { spawnSync } from 'node:child_process';
import { type Benchmark, caseOf, type Finding } from './suite/benchmark.ts';
import { ROOT } from './suite/benchProcess.ts';
import { leaveEvent, mutateStash } from './suite/editStash.ts';
import { EditWatch, sharedNow } from './suite/editWatch.ts';
import { processCost } from './suite/processCost.ts';
import { numberText } from './suite/table.ts';
import { type BenchWorld, connect, daemonEnv, inWorld, startDaemon, untilQuiet } from './suite/world.ts';

export const start: Benchmark = {
  name: 'start',
  words:
    'how long the daemon takes from its start to the first sync in a large library, and commands to their end',
  measures: [
    { name: 'time', unit: 'ms' },
    { name: 'CPU', unit: 'ms' },
    { name: 'memory at most', unit: 'MiB' },
  ],
  async *run({ isQuick, scenes, rounds, plexLatencyMs }) {
    const size = scenes?.[0] ?? (isQuick ? 200 : 100_000);
    yield* inWorld(
      { scenes: size, hasHook: false, areEditsTold: true, plexLatencyMs: plexLatencyMs ?? 0 },
      (world) => measureWorld(world, rounds ?? (isQuick ? 2 : 7)),
    );
  },
};

async function* measureWorld(world: BenchWorld, rounds: number): AsyncGenerator<Finding> {
  const links = `${numberText(world.scenes)} links`;
  const watch = new EditWatch(world.servers.plex);
  await world.operations.sync({ kind: 'all' });
  await untilQuiet(world);
  await world.daemon.end();
  const [answers, syncs, cpu, memory]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 1; round <= rounds; round++) {
    const first = await firstSync(world, { round, watch });
    answers.push(first.answersMs);
    syncs.push(first.syncMs);
    cpu.push(first.cpuMs);
    memory.push(first.peakRssMiB);
  }
  yield caseOf(`daemon, ${links}: until it answers`, { time: answers });
  yield caseOf(`daemon, ${links}: until an edit that waited is with Plex`, {
    time: syncs,
    CPU: cpu,
    'memory at most': memory,
  });

  const runs = rounds * 3;
  yield command('node -e 0, for comparison', ['-e', '0'], { world, runs });
  yield command('plexsync --help', ['dist/plexsync.cjs', '--help'], { world, runs });
  yield command('plexsync status, no daemon', ['dist/plexsync.cjs', 'status'], { world, runs });
  const daemon = startDaemon(world);
  try {
    await connect(world.dataDir);
    yield command('plexsync status, with the daemon', ['dist/plexsync.cjs', 'status'], { world, runs });
  } finally {
    await daemon.end();
  }
}

/** Files are in the system's memory, as they are when a plugin's daemon starts again. */
async function firstSync(
  world: BenchWorld,
  { round, watch }: { readonly round: number; readonly watch: EditWatch },
): Promise<{ answersMs: number; syncMs: number; cpuMs: number; peakRssMiB: number }> {
  const title = `Bench start ${round}`;
  await mutateStash(world.servers.stash, `sceneUpdate(input: { id: ${round}, title: "${title}" }) { id }`);
  leaveEvent(world.inbox, round);
  const arrival = watch.arrivalOf(title);
  const startedAt = sharedNow();
  const daemon = startDaemon(world);
  try {
    const answersMs = connect(world.dataDir).then(() => sharedNow() - startedAt);
    const syncMs = (await arrival) - startedAt;
    const { cpuMs, peakRssMiB } = daemon.cost();
    return { answersMs: await answersMs, syncMs, cpuMs, peakRssMiB };
  } finally {
    await daemon.end();
  }
}

function command(
  name: string,
  args: readonly string[],
  { world, runs }: { readonly world: BenchWorld; readonly runs: number },
): Finding {
  const env = { ...process.env, ...daemonEnv(world) };
  const { childrenCpuMs } = processCost('self');
  const times = Array.from({ length: runs }, () => {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    return performance.now() - startedAt;
  });
  return caseOf(name, { time: times, CPU: [(processCost('self').childrenCpuMs - childrenCpuMs) / runs] });
}
