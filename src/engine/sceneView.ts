import { type Failure, isFailure } from '../core/failure.ts';
import type { Hold } from '../core/hold.ts';
import type { SceneId, SectionUuid } from '../core/ids.ts';
import { itemKeyText } from '../core/item.ts';
import type { Job } from '../core/job.ts';
import type { JournalEntry } from '../core/journalEntry.ts';
import type { Link } from '../core/link.ts';
import { knownCandidates, type NearFile, nameBeginnings, nearFiles } from '../core/matching/nearFiles.ts';
import { plexPathsOf } from '../core/matching/pathMap.ts';
import { type Result, succeed } from '../core/result.ts';
import { type Scene, type SceneFile, sceneSubject } from '../core/scene.ts';
import { whyLeftOut } from '../core/scope.ts';
import type { IndexedPart } from '../store/port.ts';
import { breathe } from './breathe.ts';
import { type Judged, judgeScenes, type MatchParts } from './judge.ts';
import { readScene } from './pinOperations.ts';

const WRITES_SHOWN = 10;
/** A series named alike: enough to find the likest among. */
const NAMED_ALIKE = 200;

/** All that is known of one scene, for a person who looks at it. Reads Stash and the file index, not Plex. */
export interface SceneView {
  readonly sceneId: SceneId;
  /** Empty for a scanned, unedited scene. */
  readonly title: string;
  readonly files: readonly SceneFile[];
  readonly links: readonly LinkView[];
  readonly hold: Hold | null;
  /** Why it is not carried, by the settings that choose scenes; null: it is. */
  readonly leftOut: string | null;
  /** What is to be done about it, or the dead letter; null: nothing is. */
  readonly job: Job | null;
  /** What a person may choose from, or what comes nearest; empty while links are believed. */
  readonly candidates: readonly CandidateView[];
  /** Where Plex would have the primary file by the path maps, the likeliest first; empty while links are believed. */
  readonly expectedPaths: readonly string[];
  /** The newest writes. */
  readonly writes: readonly JournalEntry[];
}

export interface LinkView extends Link {
  /** Null: the index has no such item now. */
  readonly part: {
    readonly title: string;
    readonly path: string;
    readonly size: number | null;
    readonly durationMs: number | null;
  } | null;
  readonly library: string;
}

export interface CandidateView extends NearFile {
  readonly library: string;
}

export async function viewScene(
  { scene: id }: { readonly scene: SceneId },
  parts: MatchParts,
): Promise<Result<SceneView>> {
  const scene = await readScene(id, parts);
  if (!scene.ok) return scene;
  return succeed(await viewOf(scene.value, await surroundingsOf([scene.value], parts), parts));
}

/** Several at once; those that Stash does not have, or cannot show, are left out. */
export async function viewScenes(
  { scenes: ids }: { readonly scenes: readonly SceneId[] },
  parts: MatchParts,
): Promise<Result<readonly SceneView[]>> {
  const read = await parts.stash.readScenes(ids);
  if (!read.ok) return read;
  const scenes = [...read.value.values()].flatMap((scene) =>
    scene === null || isFailure(scene) ? [] : [scene],
  );
  const around = await surroundingsOf(scenes, parts);
  const views: SceneView[] = [];
  for (const scene of scenes) {
    views.push(await viewOf(scene, around, parts));
    await breathe();
  }
  return succeed(views);
}

interface Surroundings {
  readonly judged: ReadonlyMap<SceneId, Judged>;
  readonly libraries: ReadonlyMap<SectionUuid, string>;
}

/** Asked once for all of them: what is told of a library counts its items. */
const surroundingsOf = async (scenes: readonly Scene[], parts: MatchParts): Promise<Surroundings> => ({
  judged: await judgeScenes(scenes, parts),
  libraries: new Map((await parts.store.index.sections()).map(({ uuid, title }) => [uuid, title])),
});

async function viewOf(scene: Scene, around: Surroundings, parts: MatchParts): Promise<SceneView> {
  const { store, settings } = parts;
  const { id } = scene;
  const judged = around.judged.get(id);
  const job = await store.queue.get(sceneSubject(id));
  const libraryOf = (item: { readonly section: SectionUuid }): string =>
    around.libraries.get(item.section) ?? '';
  const candidates = judged === undefined ? [] : await candidatesOf(judged, job?.failure ?? null, parts);
  const primary = scene.files.find(({ isInZip }) => !isInZip);
  return {
    sceneId: id,
    title: scene.title,
    files: scene.files,
    links: (judged?.links ?? []).map((link) => ({
      ...link,
      part: partOf(link, judged?.partsOfLinks.get(itemKeyText(link.item)) ?? []),
      library: libraryOf(link.item),
    })),
    hold: (await store.holds.of([id])).get(id) ?? null,
    leftOut: whyLeftOut(scene, settings),
    job,
    candidates: candidates.map((candidate) => ({ ...candidate, library: libraryOf(candidate.item) })),
    expectedPaths:
      judged?.verdict.kind === 'none' && primary !== undefined ? plexPathsOf(primary.path, judged.maps) : [],
    writes: await store.journal.list({ scene: id, limit: WRITES_SHOWN }),
  };
}

function partOf(link: Link, parts: readonly IndexedPart[]): LinkView['part'] {
  const part = parts.find(({ path }) => path === link.itemPath) ?? parts[0];
  if (part === undefined) return null;
  const { title, path, size, durationMs } = part;
  return { title, path, size, durationMs };
}

async function candidatesOf(
  { scene, verdict, maps, isPlexCaseSensitive }: Judged,
  failure: Failure | null,
  { store }: MatchParts,
): Promise<readonly NearFile[]> {
  const rules = { maps, isPlexCaseSensitive };
  if (verdict.kind === 'not-syncable') return [];
  if (verdict.kind === 'none') {
    const alike = await partsNamedAlike(scene.files, store.index);
    const nearest = await store.index.partsOf(verdict.nearest.map(({ item }) => item));
    return nearFiles(scene.files, [...alike, ...nearest], rules);
  }
  // Another scene owns the item: nothing of that is known to the verdict, which is on this scene alone.
  const contested = failure?.class === 'contested' ? (failure.candidates ?? []) : [];
  const candidates = verdict.kind === 'ambiguous' ? verdict.candidates : contested;
  const known = await store.index.partsOf(candidates.map(({ item }) => item));
  return knownCandidates(candidates, scene.files, { parts: known, rules });
}

async function partsNamedAlike(
  files: readonly SceneFile[],
  index: MatchParts['store']['index'],
): Promise<readonly IndexedPart[]> {
  const found: IndexedPart[] = [];
  for (const { path } of files.filter(({ isInZip }) => !isInZip)) {
    for (const beginning of nameBeginnings(path)) {
      const alike = await index.partsNamed(beginning, NAMED_ALIKE);
      found.push(...alike);
      if (alike.length > 0) break;
    }
  }
  return found;
}
