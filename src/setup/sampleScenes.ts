import { isFailure } from '../core/failure.ts';
import { type SceneId, sceneId } from '../core/ids.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import type { StashClient } from '../stash/stashClient.ts';

/** A library of up to so many scenes is read whole. */
const SCENES_AT_MOST = 2_000;
const PAGE = 200;

/**
 * Scenes from all over the library: slices of the range of ids, since files of different age lie on different disks.
 * One that Stash cannot show is left out.
 */
export async function sampleScenes(
  stash: StashClient,
  onProgress: (scenes: number) => void,
): Promise<Result<readonly Scene[]>> {
  const count = await stash.countScenes();
  if (!count.ok) return count;
  const isWhole = count.value <= SCENES_AT_MOST;
  const reach = isWhole ? succeed(0) : await reachOfIds(stash, count.value);
  if (!reach.ok) return reach;
  const pages = isWhole ? Number.POSITIVE_INFINITY : SCENES_AT_MOST / PAGE;
  const scenes: Scene[] = [];
  let last = 0;
  for (let page = 0; page < pages; page++) {
    // Where many ids are missing, a slice reaches into the next one.
    const start = isWhole ? last : Math.max(last, Math.floor((reach.value * page) / pages));
    const read = await stash.scenesAfter({ after: idAfter(start), limit: PAGE });
    if (!read.ok) return read;
    scenes.push(...read.value.flatMap(({ scene }) => (isFailure(scene) ? [] : [scene])));
    onProgress(scenes.length);
    last = Number(read.value.at(-1)?.id ?? start);
    if (read.value.length < PAGE) break;
  }
  return succeed(scenes);
}

/**
 * How far the ids go, to within a page. The scenes changed last do not tell: after a bulk edit they are any. There are
 * as many ids as scenes at least, and more where scenes were deleted: from there on by leaps, then by halves.
 */
async function reachOfIds(stash: StashClient, count: number): Promise<Result<number>> {
  let [below, above] = [0, Number.POSITIVE_INFINITY];
  for (let leap = count; above - below > PAGE; leap *= 2) {
    const tried = above === Number.POSITIVE_INFINITY ? below + leap : Math.floor((below + above) / 2);
    const beyond = await stash.sceneIdsAfter({ after: idAfter(tried), limit: 1 });
    if (!beyond.ok) return beyond;
    if (beyond.value.length > 0) below = tried;
    else above = tried;
  }
  return succeed(above);
}

const idAfter = (id: number): SceneId | null => (id === 0 ? null : sceneId(String(id)));
