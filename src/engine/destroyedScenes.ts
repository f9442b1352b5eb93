import * as v from 'valibot';
import type { SceneId } from '../core/ids.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import { judgeDestroyed, type SafetyLimits } from '../core/matching/safety.ts';
import { sceneSubject } from '../core/scene.ts';
import type { Logger } from '../log/logger.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';

const HOUR_MS = 60 * 60 * 1000;
/** As long as links and base of a scene that is gone are kept, should it come back. */
const KEPT_MS = 30 * 24 * HOUR_MS;

const HELD_KEY = 'destroyed:held';
const ACCEPTED_KEY = 'destroyed:accepted';
const HeldSchema = v.object({ schema: v.literal(1), since: v.number() });

export interface DestroyedParts {
  readonly settings: SafetyLimits;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Scenes that Stash does not have any more. Plex keeps their values, and link and base stay for a while, should
 * they come back; but what they carried is forgotten, and scenes that want for a file of their items look again:
 * an item that was contested is free now.
 */
export async function letGoOf(destroyed: readonly SceneId[], parts: DestroyedParts): Promise<void> {
  if (destroyed.length === 0) return;
  const { store, clock } = parts;
  await store.scenes.forget(destroyed);
  const now = clock.now();
  await store.destroyed.note(destroyed, now);
  await holdIfMany(parts);
  const links = [...(await store.links.ofScenes(destroyed)).values()].flat();
  const itemParts = await store.index.partsOf(links.map((link) => link.item));
  const waiting = await store.scenes.missing({
    nameKeys: itemParts.map((part) => nameKey(part.path)),
    sizes: itemParts.flatMap((part) => (part.size === null ? [] : [part.size])),
  });
  await store.queue.enqueue(
    waiting.map((id) => ({ subject: sceneSubject(id), source: 'index' })),
    { now, dueAt: now },
  );
}

/** An unmounted disk and a clean take away hundreds at once: a person is to say that it was meant. */
async function holdIfMany(parts: DestroyedParts): Promise<void> {
  const { store, clock, logger, settings } = parts;
  if ((await countHeld(parts)) > 0) return;
  const acceptedAt = Number((await store.meta.get(ACCEPTED_KEY)) ?? 0);
  const since = Math.max(clock.now() - HOUR_MS, acceptedAt);
  const destroyed = await store.destroyed.countSince(since);
  if (!judgeDestroyed({ destroyed, links: await store.links.count() }, settings)) return;
  await store.meta.set(HELD_KEY, JSON.stringify({ schema: 1, since }));
  for (const warning of await destroyedWarnings(parts)) logger.warn(warning);
}

/** How many wait for a person's word; 0 also when all of them are back, or the Plex that showed them is no more. */
export async function countHeld({ store }: Pick<DestroyedParts, 'store'>): Promise<number> {
  const text = await store.meta.get(HELD_KEY);
  if (text === null) return 0;
  const scenes = await store.destroyed.countSince(v.parse(HeldSchema, JSON.parse(text)).since);
  if (scenes === 0) await store.meta.delete(HELD_KEY);
  return scenes;
}

/** That a person is to look at; null when there is nothing. */
export async function manyDestroyed(
  parts: Pick<DestroyedParts, 'store'>,
): Promise<{ readonly found: string; readonly advice: string } | null> {
  const scenes = await countHeld(parts);
  if (scenes === 0) return null;
  return {
    found: `${scenes} scenes that Plex shows were destroyed in Stash within a short time. Plex keeps their values, and PlexSync what it knows of them.`,
    advice:
      'If a disk is unmounted, mount it and restore Stash’s database; if it was meant, run `plexsync resume`.',
  };
}

/** For status. */
export async function destroyedWarnings(parts: Pick<DestroyedParts, 'store'>): Promise<readonly string[]> {
  const many = await manyDestroyed(parts);
  return many === null ? [] : [`${many.found} ${many.advice}`];
}

/** A person says that they were meant to go: from now on their time runs. @returns how many. */
export async function acceptDestroyed(parts: DestroyedParts): Promise<number> {
  const scenes = await countHeld(parts);
  if (scenes === 0) return 0;
  const { store, clock } = parts;
  await store.meta.set(ACCEPTED_KEY, String(clock.now()));
  await store.meta.delete(HELD_KEY);
  return scenes;
}

/** Links and base of scenes gone for 30 days; none while many wait for a person. */
export async function dropLongDestroyed(parts: DestroyedParts): Promise<void> {
  if ((await countHeld(parts)) > 0) return;
  const dropped = await parts.store.destroyed.forgetBefore(parts.clock.now() - KEPT_MS);
  if (dropped > 0) parts.logger.info({ scenes: dropped }, 'forgot scenes that were destroyed 30 days ago');
}
