import { setTimeout as delay } from 'node:timers/promises';
import { type Finding, note } from '../suite/benchmark.ts';
import { growthOf } from '../suite/growth.ts';
import type { BenchWorld } from '../suite/world.ts';
import { besidePeer, pairOf } from './pair.ts';
import type { PluginRun } from './runPlugin.ts';
import { type Sides, withSides } from './sides.ts';

const SIZES = [500, 1_000, 2_000, 4_000];
const QUICK_SIZES = [50, 100];

export const peerQueueing = besidePeer(
  { name: 'peer-queueing', words: 'until “Sync all” has put every scene into the queue, beside Stash2Plex' },
  async function* (peer, { scenes, isQuick, plexLatencyMs }) {
    const points: { readonly scenes: number; readonly theirs: number; readonly ours: number }[] = [];
    for (const count of scenes ?? (isQuick ? QUICK_SIZES : SIZES)) {
      yield* withSides(
        { peer, scenes: count, plexLatencyMs: plexLatencyMs ?? 0 },
        async function* (sides): AsyncGenerator<Finding> {
          const point = { scenes: count, theirs: await theirs(sides), ours: await ours(sides.ours) };
          points.push(point);
          yield pairOf(`${count} scenes: time, s`, { theirs: [point.theirs], ours: [point.ours] });
        },
      );
    }
    const grows = (whose: 'theirs' | 'ours'): string =>
      growthOf(points.map((point) => ({ size: point.scenes, value: point[whose] })));
    yield note(`Stash2Plex: ${grows('theirs')}. PlexSync: ${grows('ours')}.`);
  },
);

/** Between what it says of finding and of queueing them. It is ended then: it would go on to sync. */
async function theirs({ theirs: { plugin } }: Sides): Promise<number> {
  const run = await plugin.task('all', { until: /Queued \d+ scenes for sync/ });
  return (saidAt(run, /Queued \d+ scenes/) - saidAt(run, /Found \d+ scenes/)) / 1000;
}

function saidAt({ lines }: PluginRun, pattern: RegExp): number {
  const line = lines.find(({ text }) => pattern.test(text));
  if (line === undefined) throw new Error(`Stash2Plex did not say ${pattern}`);
  return line.at;
}

/** Nothing is known of Plex: its library is listed first. Writing goes on meanwhile, as with the other. */
async function ours({ operations }: BenchWorld): Promise<number> {
  const startedAt = performance.now();
  await operations.reconcile();
  for (;;) {
    const { reconcile } = await operations.status();
    if (reconcile.last !== null && reconcile.running === null) return (performance.now() - startedAt) / 1000;
    await delay(50);
  }
}
