import { setTimeout as delay } from 'node:timers/promises';
import { type Benchmark, caseOf, type Finding } from './suite/benchmark.ts';
import { kindsOf, sum } from './suite/counts.ts';
import { leaveEvent, mutateStash } from './suite/editStash.ts';
import { EditWatch } from './suite/editWatch.ts';
import { numberText } from './suite/table.ts';
import { type BenchWorld, type Cost, costOf, inWorld, untilQuiet } from './suite/world.ts';

const SIZES = [1_000, 10_000, 100_000];
const QUICK_SIZES = [200];
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
    for (const size of scenes ?? (isQuick ? QUICK_SIZES : SIZES)) {
      yield* inWorld(
        { scenes: size, hasHook: false, areEditsTold: true, plexLatencyMs: plexLatencyMs ?? 0 },
        measureWorld,
      );
    }
  },
};

async function* measureWorld(world: BenchWorld): AsyncGenerator<Finding> {
  yield await reconcile('first, all written', world);
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

async function reconcile(what: string, world: BenchWorld): Promise<Finding> {
  await delay(BETWEEN_PHASES_MS);
  let counts = {};
  const cost = await costOf(world, async () => {
    await world.operations.reconcile();
    const { reconcile: ended } = await untilQuiet(world);
    counts = { ...ended.last?.counts };
  });
  return row(what, { world, cost, of: world.scenes, counts });
}

/** Of each; no operation is asked meanwhile, which would cost the daemon more than the edit. */
async function singleEdits(world: BenchWorld): Promise<Finding> {
  const watch = new EditWatch(world.servers.plex);
  await delay(BETWEEN_PHASES_MS);
  const cost = await costOf(world, async () => {
    for (let number = 1; number <= SINGLE_EDITS; number++) {
      const title = `Bench edit ${number}`;
      const arrival = watch.arrivalOf(title);
      await mutateStash(
        world.servers.stash,
        `sceneUpdate(input: { id: ${number}, title: "${title}" }) { id }`,
      );
      leaveEvent(world.inbox, number);
      await arrival;
      await delay(200);
    }
  });
  return row('one edit', {
    world,
    cost: { ...cost, wallS: cost.wallS / SINGLE_EDITS },
    of: SINGLE_EDITS,
    counts: {},
  });
}

function row(
  what: string,
  about: {
    readonly world: BenchWorld;
    readonly cost: Cost;
    readonly of: number;
    readonly counts: Readonly<Record<string, number>>;
  },
): Finding {
  const { world, cost, of, counts } = about;
  return caseOf(
    `${numberText(world.scenes)} scenes: ${what}`,
    {
      time: [cost.wallS],
      'Plex requests a scene': [sum(cost.plex.requests) / of],
      'CPU a scene': [cost.cpuMs / of],
      'memory at most': [cost.peakRssMiB],
    },
    { ...kindsOf(cost), ...counts },
  );
}
