import type { FailureClass } from '../core/failure.ts';
import { isFailure } from '../core/failure.ts';
import type { Hold } from '../core/hold.ts';
import type { SceneId } from '../core/ids.ts';
import type { JobState } from '../core/job.ts';
import type { Link } from '../core/link.ts';
import { type Result, succeed } from '../core/result.ts';
import { type Scene, sceneSubject } from '../core/scene.ts';
import { isSceneAddress, sceneIdIn } from '../core/sceneIdIn.ts';
import { whyLeftOut } from '../core/scope.ts';
import type { MatchParts } from './judge.ts';

export interface SceneSearch {
  /** An id, the address of a scene in Stash, words, or a part of a path. Empty: the latest changed. */
  readonly text: string;
  readonly limit: number;
}

export interface FoundScenes {
  readonly scenes: readonly FoundScene[];
  readonly hasMore: boolean;
}

export interface FoundScene {
  readonly sceneId: SceneId;
  /** Empty for a scanned, unedited scene. */
  readonly title: string;
  /** Of the primary file; null when it has none. */
  readonly path: string | null;
  readonly links: readonly Pick<Link, 'item' | 'evidence'>[];
  readonly job: { readonly state: JobState; readonly class: FailureClass | null } | null;
  readonly hold: Hold | null;
  readonly leftOut: string | null;
}

/** Scenes of Stash and what is known of each; one that Stash cannot show is left out. */
export async function searchScenes(search: SceneSearch, parts: MatchParts): Promise<Result<FoundScenes>> {
  const found = await find({ ...search, text: search.text.trim() }, parts);
  if (!found.ok) return found;
  const { store, settings } = parts;
  const scenes = found.value.scenes;
  const ids = scenes.map(({ id }) => id);
  const [links, holds] = [await store.links.ofScenes(ids), await store.holds.of(ids)];
  const jobs = await Promise.all(ids.map((id) => store.queue.get(sceneSubject(id))));
  return succeed({
    hasMore: found.value.hasMore,
    scenes: scenes.map((scene, index) => {
      const job = jobs[index] ?? null;
      return {
        sceneId: scene.id,
        title: scene.title,
        path: scene.files[0]?.path ?? null,
        links: (links.get(scene.id) ?? []).map(({ item, evidence }) => ({ item, evidence })),
        job: job === null ? null : { state: job.state, class: job.failure?.class ?? null },
        hold: holds.get(scene.id) ?? null,
        leftOut: whyLeftOut(scene, settings),
      };
    }),
  });
}

async function find(
  { text, limit }: SceneSearch,
  { stash }: MatchParts,
): Promise<Result<{ readonly scenes: readonly Scene[]; readonly hasMore: boolean }>> {
  const id = sceneIdIn(text);
  const read = await stash.readScenes(id === null ? [] : [id]);
  if (!read.ok) return read;
  const named = [...read.value.values()].flatMap((scene) =>
    scene === null || isFailure(scene) ? [] : [scene],
  );
  if (isSceneAddress(text)) return succeed({ scenes: named, hasMore: false });
  const listed = await stash.searchScenes({ text, limit: limit + 1 });
  if (!listed.ok) return listed;
  const others = listed.value.flatMap(({ scene }) => (isFailure(scene) || scene.id === id ? [] : [scene]));
  return succeed({ scenes: [...named, ...others].slice(0, limit), hasMore: listed.value.length > limit });
}
