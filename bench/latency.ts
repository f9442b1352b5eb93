import { setTimeout as delay } from 'node:timers/promises';
import { sceneId } from '../src/core/ids.ts';
import { type Benchmark, caseOf } from './suite/benchmark.ts';
import { countedSince, sum } from './suite/counts.ts';
import { mutateStash } from './suite/editStash.ts';
import { EditWatch, sharedNow } from './suite/editWatch.ts';
import { type Figure, quantile } from './suite/figure.ts';
import { type BenchWorld, inWorld, untilQuiet } from './suite/world.ts';

const BETWEEN_EDITS_MS = 250;
/** Over 20 edits without a pause of 2 s are a bulk (src/core/priority.ts), and these are a person's. */
const EDITS_IN_A_ROW = 15;
const PAUSE_MS = 2_200;

interface Measured {
  readonly backlog: readonly number[];
  readonly comparing: readonly number[];
  readonly idle: readonly number[];
  readonly requestsAnEdit: number;
}

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
  async *run({ isQuick, scenes, rounds, plexLatencyMs }) {
    const size = scenes?.[0] ?? (isQuick ? 1_000 : 10_000);
    const options = { scenes: size, hasHook: true, areEditsTold: true, plexLatencyMs: plexLatencyMs ?? 0 };
    const worlds: Measured[] = [];
    // A library that was never written makes the backlog, so each round needs a new one.
    for (let round = 1; round <= (rounds ?? (isQuick ? 1 : 3)); round++) {
      for await (const measured of inWorld(options, (world) => measureWorld(world, isQuick ? 5 : 45))) {
        worlds.push(measured);
      }
    }
    const inAll = (part: (measured: Measured) => readonly number[]): Readonly<Record<string, Figure>> =>
      inQuantiles(worlds.flatMap(part));
    yield caseOf('idle', {
      ...inAll(({ idle }) => idle),
      'Plex requests an edit': worlds.map(({ requestsAnEdit }) => requestsAnEdit),
    });
    yield caseOf(
      `behind ${size.toLocaleString('en-GB')} jobs`,
      inAll(({ backlog }) => backlog),
    );
    yield caseOf(
      `while ${size.toLocaleString('en-GB')} scenes are compared`,
      inAll(({ comparing }) => comparing),
    );
  },
};

async function* measureWorld(world: BenchWorld, most: number): AsyncGenerator<Measured> {
  const { operations, servers } = world;
  const edits = new Edits(world);
  await edits.one();
  await untilQuiet(world);

  const scenes = Array.from({ length: world.scenes }, (_, index) => sceneId(String(index + 1)));
  await operations.sync({ kind: 'scenes', scenes });
  const backlog = await edits.while(most, async () => (await operations.status()).queue.pending > 0);
  await untilQuiet(world);

  const comparing = await edits.while(most, async () => {
    const { reconcile } = await operations.status();
    if (reconcile.running === null) await operations.reconcile();
    return true;
  });
  await untilQuiet(world);

  const before = await servers.plex.counted();
  const idle = await edits.while(most, async () => true);
  await untilQuiet(world);
  const { requests } = countedSince(before, await servers.plex.counted());
  yield { backlog, comparing, idle, requestsAnEdit: sum(requests) / idle.length };
}

/** With n as the number of edits. */
function inQuantiles(times: readonly number[]): Readonly<Record<string, Figure>> {
  const at = (share: number): Figure => {
    const value = quantile(times, share);
    return { median: value, low: value, high: value, n: times.length };
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Edits of titles as a person makes them: one after the other, each of another scene. */
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
    await delay(PAUSE_MS);
    while (times.length < most && (await goesOn())) {
      times.push(await this.one());
      await delay(times.length % EDITS_IN_A_ROW === 0 ? PAUSE_MS : BETWEEN_EDITS_MS);
    }
    return times;
  }
}
