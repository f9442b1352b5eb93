import { setTimeout as delay } from 'node:timers/promises';
import { sceneId } from '../src/core/ids.ts';
import { type Benchmark, type BenchOptions, caseOf, type Finding } from './suite/benchmark.ts';
import { countedSince, sum } from './suite/counts.ts';
import { mutateStash } from './suite/editStash.ts';
import { EditWatch, sharedNow } from './suite/editWatch.ts';
import { type Figure, quantile } from './suite/figure.ts';
import { type BenchWorld, inWorld, untilQuiet } from './suite/world.ts';

/** A person's edits meet an idle daemon, and what a poll of its own second would look at again is over. */
const BETWEEN_EDITS_MS = 250;

/** Stash runs hook.sh, as it does for people: an edit begins when it is sent and ends when the PUT is with Plex. */
export const latency: Benchmark = {
  name: 'latency',
  words: 'how long an edit in Stash takes to come to Plex: with nothing else to do, and behind a lot',
  measures: [
    { name: 'p50', unit: 'ms' },
    { name: 'p95', unit: 'ms' },
    { name: 'p99', unit: 'ms' },
    { name: 'Plex requests an edit', unit: '' },
  ],
  async *run(options) {
    const size = options.scenes?.[0] ?? (options.isQuick ? 1_000 : 10_000);
    const world = {
      scenes: size,
      hasHook: true,
      areEditsTold: true,
      plexLatencyMs: options.plexLatencyMs ?? 0,
    };
    yield* inWorld(world, (each) => measureWorld(each, options));
  },
};

async function* measureWorld(world: BenchWorld, options: BenchOptions): AsyncGenerator<Finding> {
  const most = options.rounds ?? (options.isQuick ? 5 : 200);
  const edits = new Edits(world);
  await edits.one();
  await untilQuiet(world);
  const scenes = Array.from({ length: world.scenes }, (_, index) => sceneId(String(index + 1)));
  await world.operations.sync({ kind: 'scenes', scenes });
  const backlog = await edits.while(most, async () => (await world.operations.status()).queue.pending > 0);
  yield caseOf(`behind ${world.scenes.toLocaleString('en-GB')} jobs`, inQuantiles(backlog));

  await untilQuiet(world);
  const comparing = await edits.while(most, async () => {
    const { reconcile } = await world.operations.status();
    if (reconcile.running === null) await world.operations.reconcile();
    return true;
  });
  yield caseOf('while everything is compared', inQuantiles(comparing));

  await untilQuiet(world);
  const before = await world.servers.plex.counted();
  const idle = await edits.while(most, async () => true);
  await untilQuiet(world);
  const { requests } = countedSince(before, await world.servers.plex.counted());
  const perEdit = { 'Plex requests an edit': [sum(requests) / idle.length] };
  yield caseOf('idle', { ...inQuantiles(idle), ...perEdit }, requests);
}

function inQuantiles(times: readonly number[]): Readonly<Record<string, Figure>> {
  const at = (share: number): Figure => {
    const value = quantile(times, share);
    return { median: value, low: value, high: value, n: times.length };
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Edits of titles, one after the other, each of another scene and to another title. */
class Edits {
  readonly #world: BenchWorld;
  readonly #watch: EditWatch;
  #made = 0;

  constructor(world: BenchWorld) {
    this.#world = world;
    this.#watch = new EditWatch(world.servers.plex);
  }

  /** ms */
  async one(): Promise<number> {
    this.#made++;
    const scene = 1 + ((this.#made * 37) % this.#world.scenes);
    const title = `Bench edit ${this.#made}`;
    const arrival = this.#watch.arrivalOf(title);
    const startedAt = sharedNow();
    await mutateStash(
      this.#world.servers.stash,
      `sceneUpdate(input: { id: ${scene}, title: "${title}" }) { id }`,
    );
    return (await arrival) - startedAt;
  }

  async while(most: number, goesOn: () => Promise<boolean>): Promise<readonly number[]> {
    const times: number[] = [];
    while (times.length < most && (await goesOn())) {
      times.push(await this.one());
      await delay(BETWEEN_EDITS_MS);
    }
    return times;
  }
}
