import { setTimeout as delay } from 'node:timers/promises';
import type { Status } from '../src/engine/operations.ts';
import { type Benchmark, caseOf, type Finding, note } from './suite/benchmark.ts';
import { kindsOf, sum } from './suite/counts.ts';
import { leaveEvent, mutateStash } from './suite/editStash.ts';
import { EditWatch, sharedNow } from './suite/editWatch.ts';
import { quantile } from './suite/figure.ts';
import { growthOf, type Point } from './suite/growth.ts';
import { numberText } from './suite/table.ts';
import { type BenchWorld, type Cost, costOf, costTogether, inWorld, untilQuiet } from './suite/world.ts';

const SIZES = [1_000, 10_000, 100_000];
const QUICK_SIZES = [100, 200];
const SINGLE_EDITS = 20;
/** So long that a second passes between the last write and the next look. */
const BETWEEN_PHASES_MS = 3_000;

export const scale: Benchmark = {
  name: 'scale',
  words: 'what a comparison of everything costs in libraries of several sizes, and one edit there',
  measures: [
    { name: 'time', unit: 's' },
    { name: 'Plex requests a scene', unit: '' },
    { name: 'CPU a scene', unit: 'ms' },
    { name: 'memory at most', unit: 'MiB' },
  ],
  async *run({ isQuick, scenes, plexLatencyMs }) {
    const phases: Phase[] = [];
    for (const size of scenes ?? (isQuick ? QUICK_SIZES : SIZES)) {
      const options = {
        scenes: size,
        hasHook: false,
        areEditsTold: true,
        plexLatencyMs: plexLatencyMs ?? 0,
      };
      for await (const phase of inWorld(options, measureWorld)) {
        phases.push(phase);
        yield row(phase);
      }
    }
    yield* growth(phases);
  },
};

interface Phase {
  readonly what: string;
  readonly size: number;
  readonly cost: Cost;
  /** Scenes that it is about. */
  readonly of: number;
  readonly counts: Readonly<Record<string, number>>;
}

async function* measureWorld(world: BenchWorld): AsyncGenerator<Phase> {
  yield* firstSync(world);
  yield await reconcile('second, writes confirmed', world);
  yield await reconcile('nothing changed', world);
  const changed = Array.from({ length: world.scenes / 100 }, (_, index) => String((index + 1) * 100));
  await mutateStash(
    world.servers.stash,
    `bulkSceneUpdate(input: { ids: [${changed.join()}], details: "changed" }) { id }`,
  );
  yield await reconcile('1 % changed', world);
  yield await singleEdits(world);
}

/** In three parts: libraries listed, every scene compared and queued while the first are written, all written. */
async function* firstSync(world: BenchWorld): AsyncGenerator<Phase> {
  const about = { size: world.scenes, of: world.scenes, counts: {} };
  await delay(BETWEEN_PHASES_MS);
  const listed = await costOf(world, async () => {
    await world.operations.reconcile();
    await until(
      world,
      ({ reconcile: { running, last } }) => last !== null || (running?.total ?? null) !== null,
    );
  });
  yield { ...about, what: 'first, Plex listed', cost: listed };
  const queued = await costOf(world, () => until(world, ({ reconcile: { running } }) => running === null));
  yield { ...about, what: 'first, then all queued', cost: queued };
  const written = await costOf(world, () => untilQuiet(world));
  yield { ...about, what: 'first, all written', cost: costTogether([listed, queued, written]) };
}

async function until({ operations }: BenchWorld, isSo: (status: Status) => boolean): Promise<void> {
  while (!isSo(await operations.status())) await delay(50);
}

async function reconcile(what: string, world: BenchWorld): Promise<Phase> {
  await delay(BETWEEN_PHASES_MS);
  let counts = {};
  const cost = await costOf(world, async () => {
    await world.operations.reconcile();
    const { reconcile: ended } = await untilQuiet(world);
    counts = { ...ended.last?.counts };
  });
  return { what, size: world.scenes, cost, of: world.scenes, counts };
}

/** Of each; no operation is asked meanwhile, which would cost the daemon more than the edit. */
async function singleEdits(world: BenchWorld): Promise<Phase> {
  const watch = new EditWatch(world.servers.plex);
  const times: number[] = [];
  await delay(BETWEEN_PHASES_MS);
  const cost = await costOf(world, async () => {
    for (let number = 1; number <= SINGLE_EDITS; number++) {
      const title = `Bench edit ${number}`;
      const arrival = watch.arrivalOf(title);
      const startedAt = sharedNow();
      await mutateStash(
        world.servers.stash,
        `sceneUpdate(input: { id: ${number}, title: "${title}" }) { id }`,
      );
      leaveEvent(world.inbox, number);
      times.push((await arrival) - startedAt);
      // Until what proves it is read as well.
      await delay(200);
    }
  });
  return {
    what: 'one edit',
    size: world.scenes,
    cost: { ...cost, wallS: quantile(times, 0.5) / 1000 },
    of: SINGLE_EDITS,
    counts: {},
  };
}

const row = ({ what, size, cost, of, counts }: Phase): Finding =>
  caseOf(
    `${numberText(size)} scenes: ${what}`,
    {
      time: [cost.wallS],
      'Plex requests a scene': [sum(cost.plex.requests) / of],
      'CPU a scene': [cost.cpuMs / of],
      'memory at most': [cost.peakRssMiB],
    },
    { ...kindsOf(cost), ...counts },
  );

/** Of CPU time and memory, which the rests between two looks at the daemon do not blur. */
function* growth(phases: readonly Phase[]): Generator<Finding> {
  for (const [what, some] of Map.groupBy(phases, (phase) => phase.what)) {
    const of = (value: (phase: Phase) => number): readonly Point[] =>
      some.map((phase) => ({ size: phase.size, value: value(phase) }));
    const cpu = growthOf(of(({ cost }) => cost.cpuMs));
    const memory = growthOf(of(({ cost }) => cost.peakRssMiB));
    yield note(`${what}: CPU ${cpu}, memory ${memory}.`);
  }
}
