import type { Finding } from '../suite/benchmark.ts';
import { countedSince, sum } from '../suite/counts.ts';
import { leaveEvent } from '../suite/editStash.ts';
import { costOf, untilQuiet } from '../suite/world.ts';
import { besidePeer, pairOf } from './pair.ts';
import { type PluginRun } from './runPlugin.ts';
import { editBoth, firstScenes, type Sides, withSides } from './sides.ts';
import { NO_DELAY } from './stash2plex.ts';

const SCENES = 100;
const QUICK_SCENES = 8;
const WARM_ROUNDS = 2;
const LATENCIES_MS = [0, 20];

/** Of scenes: both write all of their library. */
interface Pass {
  readonly perSecond: number;
  readonly requests: number;
}

export const peerThroughput = besidePeer(
  { name: 'peer-throughput', words: 'changed scenes on their way to Plex, beside Stash2Plex' },
  async function* (peer, { scenes, isQuick, plexLatencyMs, rounds }) {
    const count = scenes?.[0] ?? (isQuick ? QUICK_SCENES : SCENES);
    const warmRounds = rounds ?? (isQuick ? 1 : WARM_ROUNDS);
    for (const latency of plexLatencyMs === null ? LATENCIES_MS : [plexLatencyMs]) {
      for (const setting of [
        { name: 'as it comes', env: {} },
        { name: 'without its delay', env: NO_DELAY },
      ]) {
        yield* withSides({ peer, scenes: count, plexLatencyMs: latency }, (sides) =>
          measure(sides, {
            name: `Plex answers after ${latency} ms, ${setting.name}`,
            env: setting.env,
            warmRounds,
          }),
        );
      }
    }
  },
);

async function* measure(
  sides: Sides,
  {
    name,
    env,
    warmRounds,
  }: { readonly name: string; readonly env: NodeJS.ProcessEnv; readonly warmRounds: number },
): AsyncGenerator<Finding> {
  const scenes = firstScenes(sides.ours.scenes);
  const passes: { readonly theirs: Pass; readonly ours: Pass }[] = [];
  // The first write of each scene, with nothing known of Plex.
  for (let round = 0; round <= warmRounds; round++) {
    if (round > 0) await editBoth(sides, scenes, round);
    passes.push({ theirs: await theirPass(sides, scenes, env), ours: await ourPass(sides, scenes) });
  }
  const [cold, ...warm] = passes;
  for (const [which, some] of [
    ['cold', cold === undefined ? [] : [cold]],
    ['warm', warm],
  ] as const) {
    yield pairOf(`${name}, ${which}: scenes a second`, {
      theirs: some.map(({ theirs }) => theirs.perSecond),
      ours: some.map(({ ours }) => ours.perSecond),
      isMoreBetter: true,
    });
    yield pairOf(`${name}, ${which}: Plex requests a scene`, {
      theirs: some.map(({ theirs }) => theirs.requests),
      ours: some.map(({ ours }) => ours.requests),
    });
  }
}

async function theirPass(
  { theirs }: Sides,
  scenes: readonly number[],
  env: NodeJS.ProcessEnv,
): Promise<Pass> {
  const { plugin, servers } = theirs;
  await plugin.enqueue(scenes);
  const before = await servers.plex.counted();
  const run = await plugin.task('process_queue', { env });
  const { requests } = countedSince(before, await servers.plex.counted());
  return {
    perSecond: scenes.length / (workedMs(run, scenes.length) / 1000),
    requests: sum(requests) / scenes.length,
  };
}

/** From its first job to its last: the start of the process and its end are not counted against it. */
function workedMs({ lines }: PluginRun, jobs: number): number {
  const first = lines.find(({ text }) => text.includes('Processing job'));
  const done = lines.filter(({ text }) => /Worker\] Job \d+ completed/.test(text));
  const last = done.at(-1);
  if (first === undefined || last === undefined || done.length < jobs) {
    throw new Error(
      `Stash2Plex did ${done.length} of ${jobs} jobs:\n${lines
        .slice(-20)
        .map(({ text }) => text)
        .join('\n')}`,
    );
  }
  return last.at - first.at;
}

/** From the first event to the last proof, the listing of the library included where there was none. */
async function ourPass({ ours }: Sides, scenes: readonly number[]): Promise<Pass> {
  const cost = await costOf(ours, async () => {
    for (const scene of scenes) leaveEvent(ours.inbox, scene);
    await untilQuiet(ours);
  });
  const edits = cost.plex.requests['edits'] ?? 0;
  if (edits < scenes.length) throw new Error(`PlexSync wrote ${edits} of ${scenes.length} scenes`);
  return { perSecond: scenes.length / cost.wallS, requests: sum(cost.plex.requests) / scenes.length };
}
