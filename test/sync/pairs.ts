import type { FileInput, ItemInput } from '../../simulator/plex/itemInput.ts';
import type { ItemState } from '../../simulator/plex/libraryAccess.ts';
import type { NewFile } from '../../simulator/stash/model/library.ts';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import { sceneId } from '../../src/core/ids.ts';
import type { Job } from '../../src/core/job.ts';
import { sceneSubject } from '../../src/core/scene.ts';
import type { World } from '../world/world.ts';
import { settle } from './eachWorld.ts';

export const SIZE = 734_003_200;
const DURATION_MS = 1_800_000;

/** Of one size and duration unless said otherwise, so that only what a test is about tells files apart. */
export const plexFile = (path: string, size = SIZE): FileInput => ({ path, size, durationMs: DURATION_MS });

/** A scene whose title says which it is, with files at these paths. */
export function addScene(world: World, title: string, files: readonly (string | NewFile)[]): SceneRow {
  return world.stash.library.addScene({
    title,
    files: files.map((file) => ({
      size: SIZE,
      durationMs: DURATION_MS,
      ...(typeof file === 'string' ? { path: file } : file),
    })),
  });
}

/** @returns the rating key. */
export const addItem = (world: World, input: ItemInput, sectionKey = '1'): string =>
  world.plex.library.addItem(sectionKey, input);

export async function sync(world: World, ...scenes: readonly SceneRow[]): Promise<void> {
  for (const scene of scenes) await world.trigger(scene.id);
  await settle(world);
}

export function itemOf(world: World, ratingKey: string): ItemState {
  const item = world.plex.library.read(ratingKey);
  if (item === null) throw new Error(`Plex has no item ${ratingKey}`);
  return item;
}

export const titleOf = (world: World, ratingKey: string): string => itemOf(world, ratingKey).title;

/** Null when it is done. */
export const jobOf = (world: World, scene: SceneRow): Promise<Job | null> =>
  world.engine.store.queue.get(sceneSubject(sceneId(String(scene.id))));

/** Rating key and evidence of each item that a plan made now is about. */
export async function matchesOf(
  world: World,
  scene: SceneRow,
): Promise<readonly (readonly [string, string])[]> {
  const planned = await world.operations.plan([sceneId(String(scene.id))]);
  if (!planned.ok) throw new Error(planned.failure.message);
  return (planned.value[0]?.items ?? []).map(({ item, evidence }) => [item.ratingKey, evidence] as const);
}
