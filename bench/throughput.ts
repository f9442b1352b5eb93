import { sceneId } from '../src/core/ids.ts';
import { type Benchmark, caseOf, type Finding, note } from './suite/benchmark.ts';
import { kindsOf, sum } from './suite/counts.ts';
import { mutateStash } from './suite/editStash.ts';
import { EditWatch, sharedNow } from './suite/editWatch.ts';
import { type BenchWorld, costOf, inWorld, untilQuiet } from './suite/world.ts';

const LATENCIES_MS = [0, 5, 20];
/** Of the setting `plex_requests_at_once`; 0 is the default, which adapts. */
const AT_ONCE = [1, 2, 4, 0];

export const throughput: Benchmark = {
  name: 'throughput',
  words: 'how many changed scenes a second get to Plex, and what each costs',
  measures: [
    { name: 'scenes', unit: '/s' },
    { name: 'Plex requests a scene', unit: '' },
    { name: 'Stash requests a scene', unit: '' },
    { name: 'Plex traffic a scene', unit: 'kB' },
    { name: 'CPU a scene', unit: 'ms' },
  ],
  async *run({ isQuick, scenes, rounds, plexLatencyMs }) {
    const size = scenes?.[0] ?? (isQuick ? 100 : 1_000);
    for (const latencyMs of plexLatencyMs === null ? LATENCIES_MS : [plexLatencyMs]) {
      for (const atOnce of isQuick ? [0] : AT_ONCE) {
        yield* inWorld(
          {
            scenes: size,
            hasHook: false,
            areEditsTold: true,
            plexLatencyMs: latencyMs,
            settings: { PLEXSYNC_PLEX_REQUESTS_AT_ONCE: String(atOnce) },
          },
          (world) => measureWorld(world, { latencyMs, atOnce, rounds: rounds ?? (isQuick ? 1 : 3) }),
        );
      }
    }
    yield note(
      'The column of cases says `plex_requests_at_once`; by default edits go two at a time, and one at a time where Plex answers slowly.',
    );
  },
};

async function* measureWorld(
  world: BenchWorld,
  {
    latencyMs,
    atOnce,
    rounds,
  }: { readonly latencyMs: number; readonly atOnce: number; readonly rounds: number },
): AsyncGenerator<Finding> {
  const ids = Array.from({ length: world.scenes }, (_, index) => String(index + 1));
  const watch = new EditWatch(world.servers.plex);
  // The first writes are not what is measured: links, index and path maps come with them.
  await world.operations.sync({ kind: 'all' });
  await untilQuiet(world);
  const samples: Record<string, number[]> = Object.fromEntries(
    throughput.measures.map(({ name }) => [name, []]),
  );
  let counts = {};
  for (let round = 1; round <= rounds; round++) {
    const details = `Bench round ${round}`;
    await mutateStash(
      world.servers.stash,
      `bulkSceneUpdate(input: { ids: [${ids.join()}], details: "${details}" }) { id }`,
    );
    const startedAt = sharedNow();
    let endedAt = startedAt;
    const cost = await costOf(world, async () => {
      const last = watch.lastOf(ids.length);
      await world.operations.sync({ kind: 'scenes', scenes: ids.map(sceneId) });
      endedAt = await last;
      await untilQuiet(world);
    });
    const { received, sent } = cost.plex.bytes;
    const measured = {
      scenes: ids.length / ((endedAt - startedAt) / 1000),
      'Plex requests a scene': sum(cost.plex.requests) / ids.length,
      'Stash requests a scene': sum(cost.stash.requests) / ids.length,
      'Plex traffic a scene': (received + sent) / 1000 / ids.length,
      'CPU a scene': cost.cpuMs / ids.length,
    };
    for (const [name, value] of Object.entries(measured)) samples[name]?.push(value);
    counts = kindsOf(cost);
  }
  const how = atOnce === 0 ? 'as by default' : `${atOnce} at once`;
  yield caseOf(`Plex answers after ${latencyMs} ms, ${how}`, samples, counts);
}
