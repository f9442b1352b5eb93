import { isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { ItemKey } from '../core/item.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import type { UnclaimedFile } from '../store/comparisonPort.ts';
import { breathe } from './breathe.ts';
import { type Judged, judgeScenes, type MatchParts } from './judge.ts';
import { readMemory } from './reconcileState.ts';

/** Some milliseconds of the database each. */
const ITEMS_AT_ONCE = 2_000;
const SCENES_AT_ONCE = 100;

/** What one side has and the other does not, as the file index and the last look at each scene say. */
export interface Gaps {
  /** When everything was last compared; null: never to its end, so that there may be more. */
  readonly comparedAt: number | null;
  /** The first ones in full, and how many there are. */
  readonly notInPlex: { readonly count: number; readonly scenes: readonly SceneNotInPlex[] };
  readonly notInStash: { readonly count: number; readonly files: readonly FileNotInStash[] };
}

export interface SceneNotInPlex {
  readonly sceneId: SceneId;
  readonly title: string;
  readonly paths: readonly string[];
  /** Why no item is this scene, and what comes nearest, in words. */
  readonly why: string;
}

export interface FileNotInStash extends UnclaimedFile {
  readonly library: string;
}

/** Counts all of both and shows the first `limit` of each. Nothing of it is stored: what a look learns is enough. */
export async function findGaps(
  { limit }: { readonly limit: number },
  parts: MatchParts,
): Promise<Result<Gaps>> {
  const { store } = parts;
  const scenes = await scenesNotInPlex(limit, parts);
  if (!scenes.ok) return scenes;
  const { last } = await readMemory(store.meta);
  return succeed({
    comparedAt: last?.outcome === 'done' ? last.endedAt : null,
    notInPlex: { count: await store.comparison.countScenesNotInPlex(), scenes: scenes.value },
    notInStash: await filesNotInStash(limit, parts),
  });
}

async function scenesNotInPlex(limit: number, parts: MatchParts): Promise<Result<readonly SceneNotInPlex[]>> {
  const ids = await parts.store.comparison.scenesNotInPlex(limit);
  const found: SceneNotInPlex[] = [];
  for (let start = 0; start < ids.length; start += SCENES_AT_ONCE) {
    const read = await parts.stash.readScenes(ids.slice(start, start + SCENES_AT_ONCE));
    if (!read.ok) return read;
    const scenes = [...read.value.values()].flatMap((scene) =>
      scene === null || isFailure(scene) ? [] : [scene],
    );
    const judged = await judgeScenes(scenes, parts);
    found.push(...scenes.map((scene) => toGap(scene, judged.get(scene.id))));
    await breathe();
  }
  return succeed(found);
}

const toGap = ({ id, title, files }: Scene, judged: Judged | undefined): SceneNotInPlex => ({
  sceneId: id,
  title,
  paths: files.map((file) => file.path),
  why: whyOf(judged),
});

function whyOf(judged: Judged | undefined): string {
  if (judged === undefined) return '';
  if (judged.verdict.kind !== 'matched') return judged.verdict.words;
  return judged.links.length > 0
    ? 'Another item with a file of it belongs to another scene.'
    : 'An item has its file now, or belongs to another scene: it is looked at again by itself.';
}

async function filesNotInStash(limit: number, { store }: MatchParts): Promise<Gaps['notInStash']> {
  const libraries = new Map((await store.index.sections()).map(({ uuid, title }) => [uuid, title]));
  const files: FileNotInStash[] = [];
  let count = 0;
  let after: ItemKey | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.comparison.filesNotInStash>> =
      await store.comparison.filesNotInStash({ after, items: ITEMS_AT_ONCE });
    count += page.files.length;
    for (const file of page.files.slice(0, limit - files.length)) {
      files.push({ ...file, library: libraries.get(file.item.section) ?? '' });
    }
    after = page.last;
    await breathe();
  } while (after !== null);
  return { count, files };
}
