import assert from 'node:assert/strict';
import type { Peer } from '../../src/core/failure.ts';
import { openWorld, type World, type WorldOptions } from '../world/world.ts';

const SECOND_MS = 1_000;
const POLL_EVERY_MS = 30_000;

interface SyncedOptions extends WorldOptions {
  readonly files: number;
  /** Before anything is asked of the servers. */
  readonly onOpened?: (world: World) => void;
}

/** All is in step and PlexSync has looked around, as on any evening before something breaks. */
export async function openSynced(options: SyncedOptions): Promise<World> {
  const world = await openWorld(options);
  options.onOpened?.(world);
  await editAll(world, 'Before');
  await world.workFor(10_000);
  await world.engine.poll();
  assert.deepEqual(titlesIn(world), titled(world, 'Before'));
  world.plex.log.clear();
  world.stash.log.clear();
  return world;
}

/** Time as a daemon lives through it: a look at the queue each second, a poll each half minute. */
export async function liveFor(world: World, ms: number): Promise<void> {
  const until = world.clock.now() + ms;
  let pollAt = world.clock.now() + POLL_EVERY_MS;
  while (world.clock.now() < until) {
    world.clock.advance(SECOND_MS);
    if (world.clock.now() >= pollAt) {
      await world.engine.poll();
      pollAt += POLL_EVERY_MS;
    }
    await world.work();
  }
}

/** Ticks until nothing is due; how many jobs each batch had. */
export async function workInBatches(world: World): Promise<readonly number[]> {
  const batches: number[] = [];
  for (;;) {
    const tick = await world.engine.worker.tick();
    if (tick.kind !== 'worked') return batches;
    batches.push(tick.jobs);
  }
}

/** When the open breaker of this server lets a probe through. */
export async function probeAt(world: World, peer: Peer): Promise<number> {
  const breaker = (await world.operations.status()).breakers[peer];
  if (breaker.state !== 'open') throw new Error(`the breaker of ${peer} is closed`);
  return breaker.probeAt;
}

export async function editAll(world: World, title: string): Promise<void> {
  for (const [index, wanted] of titled(world, title).entries()) {
    await world.edit(index + 1, { title: wanted });
  }
}

/** What {@link editAll} called the scenes. */
export const titled = (world: World, title: string): readonly string[] =>
  world.samples.map((_, index) => `${title} ${index + 1}`);

export const titlesIn = (world: World): readonly (string | undefined)[] =>
  world.samples.map((_, index) => titleOf(world, index + 1));

export const titleOf = (world: World, number: number): string | undefined =>
  world.plex.library.read(world.itemKey(number))?.fields.title;
