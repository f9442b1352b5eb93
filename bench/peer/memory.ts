import type { Finding } from '../suite/benchmark.ts';
import { countedSince, sum } from '../suite/counts.ts';
import { leaveEvent } from '../suite/editStash.ts';
import { costOf, untilQuiet } from '../suite/world.ts';
import { besidePeer, pairOf } from './pair.ts';
import { editBoth, firstScenes, type Sides, withSides } from './sides.ts';

const SCENES = 10_000;
const QUICK_SCENES = 500;
/** That are changed. */
const CHANGED = 5;

export const peerMemory = besidePeer(
  {
    name: 'peer-memory',
    words: 'memory at most while a few scenes are synced in a large library, beside Stash2Plex',
  },
  async function* (peer, { scenes, isQuick, plexLatencyMs }) {
    for (const count of scenes ?? [isQuick ? QUICK_SCENES : SCENES]) {
      yield* withSides({ peer, scenes: count, plexLatencyMs: plexLatencyMs ?? 0 }, measure);
    }
  },
);

/**
 * Cold is with nothing known of Plex: Stash2Plex lists the library when a title is not the name of the file, as
 * those are not here after the first edit; PlexSync lists it in any case, at its start.
 */
async function* measure(sides: Sides): AsyncGenerator<Finding> {
  const scenes = firstScenes(CHANGED);
  const { plugin } = sides.theirs;
  await editBoth(sides, scenes, 1);
  await theirs(sides, scenes);
  const ourCold = await ours(sides, scenes);
  await editBoth(sides, scenes, 2);
  plugin.forgetCaches();
  const theirCold = await theirs(sides, scenes);
  await editBoth(sides, scenes, 3);
  const theirWarm = await theirs(sides, scenes);
  const ourWarm = await ours(sides, scenes);
  const name = (which: string, what: string): string => `${sides.ours.scenes} scenes, ${which}: ${what}`;
  for (const [which, their, our] of [
    ['cold', theirCold, ourCold],
    ['warm', theirWarm, ourWarm],
  ] as const) {
    yield pairOf(name(which, 'memory at most, MiB'), { theirs: [their.peakRssMiB], ours: [our.peakRssMiB] });
    yield pairOf(name(which, 'Plex requests'), { theirs: [their.requests], ours: [our.requests] });
  }
}

interface Used {
  readonly peakRssMiB: number;
  readonly requests: number;
}

async function theirs({ theirs: { plugin, servers } }: Sides, scenes: readonly number[]): Promise<Used> {
  await plugin.enqueue(scenes);
  const before = await servers.plex.counted();
  const { peakRssMiB } = await plugin.task('process_queue');
  return { peakRssMiB, requests: sum(countedSince(before, await servers.plex.counted()).requests) };
}

async function ours({ ours: world }: Sides, scenes: readonly number[]): Promise<Used> {
  const cost = await costOf(world, async () => {
    for (const scene of scenes) leaveEvent(world.inbox, scene);
    await untilQuiet(world);
  });
  return { peakRssMiB: cost.peakRssMiB, requests: sum(cost.plex.requests) };
}
