import type { LoggedRequest } from '../../simulator/plex/requestLog.ts';
import { sceneId } from '../../src/core/ids.ts';
import type { PlannedItem } from '../../src/engine/operations.ts';
import type { World } from '../world/world.ts';
import { settle } from './eachWorld.ts';

/** A new cover in Stash, and what the hook would say of it. */
export async function giveCover(world: World, number: number, cover: Buffer): Promise<void> {
  world.stash.library.setCover(world.scene(number), cover);
  await world.trigger(number);
}

/** And everything that follows, until what is known of this second is known for good. */
export async function synced(world: World, cover: Buffer): Promise<void> {
  await giveCover(world, 1, cover);
  await settle(world);
  world.clock.advance(60_000);
  await world.trigger(1, 'poll');
  await settle(world);
}

export const uploadsAmong = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter(({ method, kind }) => method === 'POST' && kind === 'images');

export const imagePlans = async (world: World): Promise<PlannedItem['images']> => {
  const planned = await world.operations.plan([sceneId('1')]);
  if (!planned.ok) throw new Error(planned.failure.message);
  return planned.value[0]?.items[0]?.images ?? [];
};

/** Covers that were fetched whole. */
export const fetched = (world: World): number =>
  world.stash.log.covers.filter(({ isPart }) => !isPart).length;
