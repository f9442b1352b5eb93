import type { Finding } from '../suite/benchmark.ts';
import { countedSince, sum } from '../suite/counts.ts';
import { costOf, untilQuiet } from '../suite/world.ts';
import { besidePeer, pairOf } from './pair.ts';
import { firstScenes, type Sides, withSides } from './sides.ts';
import { NO_DELAY } from './stash2plex.ts';

const SCENES = 1_000;
const QUICK_SCENES = 20;
const ROUNDS = 2;

export const peerUnchanged = besidePeer(
  { name: 'peer-unchanged', words: 'a comparison of everything when nothing has changed, beside Stash2Plex' },
  async function* (peer, { scenes, isQuick, rounds, plexLatencyMs }) {
    for (const count of scenes ?? [isQuick ? QUICK_SCENES : SCENES]) {
      yield* withSides({ peer, scenes: count, plexLatencyMs: plexLatencyMs ?? 0 }, (sides) =>
        measure(sides, rounds ?? (isQuick ? 1 : ROUNDS)),
      );
    }
  },
);

interface Comparison {
  readonly seconds: number;
  readonly requests: number;
  readonly peakRssMiB: number;
}

async function* measure(sides: Sides, rounds: number): AsyncGenerator<Finding> {
  const scenes = firstScenes(sides.ours.scenes);
  await sides.theirs.plugin.enqueue(scenes);
  await sides.theirs.plugin.task('process_queue', { env: NO_DELAY });
  // The first writes, the second confirms what was written in the second of its stamp.
  for (let round = 0; round < 2; round++) await ourComparison(sides);
  const theirs: Comparison[] = [];
  const ours: Comparison[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await theirComparison(sides));
    ours.push(await ourComparison(sides));
  }
  const rows = {
    'time, s': 'seconds',
    'Plex requests a scene': 'requests',
    'memory at most, MiB': 'peakRssMiB',
  } as const;
  for (const [name, key] of Object.entries(rows)) {
    yield pairOf(`${scenes.length} scenes: ${name}`, {
      theirs: theirs.map((each) => each[key]),
      ours: ours.map((each) => each[key]),
    });
  }
}

async function theirComparison({ theirs, ours }: Sides): Promise<Comparison> {
  const before = await theirs.servers.plex.counted();
  const run = await theirs.plugin.task('reconcile_all');
  const { requests } = countedSince(before, await theirs.servers.plex.counted());
  expectNothingWritten('Stash2Plex', requests);
  return { seconds: run.wallMs / 1000, requests: sum(requests) / ours.scenes, peakRssMiB: run.peakRssMiB };
}

async function ourComparison({ ours }: Sides): Promise<Comparison> {
  const cost = await costOf(ours, async () => {
    await ours.operations.reconcile();
    await untilQuiet(ours);
  });
  return {
    seconds: cost.wallS,
    requests: sum(cost.plex.requests) / ours.scenes,
    peakRssMiB: cost.peakRssMiB,
  };
}

function expectNothingWritten(whose: string, requests: Readonly<Record<string, number>>): void {
  const { edits = 0 } = requests;
  if (edits > 0) throw new Error(`${whose} wrote ${edits} times where nothing had changed`);
}
