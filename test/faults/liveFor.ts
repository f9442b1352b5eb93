import type { World } from '../world/world.ts';

const SECOND_MS = 1_000;
const POLL_EVERY_MS = 30_000;

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
