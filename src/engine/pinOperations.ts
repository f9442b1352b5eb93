import { type Failure, isFailure } from '../core/failure.ts';
import type { RatingKey, SceneId, SectionUuid } from '../core/ids.ts';
import { NEAR_MISS_WORDS } from '../core/matching/nearMiss.ts';
import { quotedPath } from '../core/matching/quotedPath.ts';
import { matchScene } from '../core/matching/verdict.ts';
import { noSuchScene } from '../core/noSuchScene.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { type Scene, sceneSubject } from '../core/scene.ts';
import type { IndexedPart, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { MatchParts } from './judge.ts';

export interface PinRequest {
  readonly scene: SceneId;
  /** `section` null: whichever library has it, since rating keys are those of the whole server. */
  readonly item: { readonly section: SectionUuid | null; readonly ratingKey: RatingKey };
}

export interface Pinned {
  readonly itemTitle: string;
  readonly library: string;
  readonly path: string;
}

export interface PinParts extends MatchParts {
  readonly clock: Clock;
}

/**
 * A person says which item a scene is: that is the whole answer from now on, and the scene is looked at at once. What
 * the sizes of both files disprove is refused, as in every match.
 */
export async function pinScene(request: PinRequest, parts: PinParts): Promise<Result<Pinned>> {
  const scene = await readScene(request.scene, parts);
  if (!scene.ok) return scene;
  const found = await partsOfItem(request.item, parts.store);
  const [first] = found;
  if (first === undefined) return fail(noSuchItem(request.item.ratingKey));
  const verdict = matchScene<IndexedPart>({
    files: scene.value.files,
    pinned: [first.item],
    candidates: found,
    maps: await parts.pathMaps.current(),
    isStrict: true,
    isPlexCaseSensitive: parts.plexHost.isCaseSensitive,
  });
  if (verdict.kind === 'not-syncable') return fail({ class: 'not-syncable', message: verdict.words });
  const [best] = verdict.kind === 'matched' ? verdict.links : [];
  if (best === undefined) return fail(otherSize(first));
  await parts.store.links.pin({
    sceneId: request.scene,
    item: first.item,
    evidence: 'pinned',
    sceneOshash: best.file.oshash,
    scenePath: best.file.path,
    itemPath: best.part.path,
    desiredHash: null,
    verifiedUpdatedAt: null,
    verifiedAt: null,
    writtenAt: null,
  });
  await lookAgain(request.scene, parts);
  const section = (await parts.store.index.sections()).find(({ uuid }) => uuid === first.item.section);
  return succeed({ itemTitle: first.title, library: section?.title ?? '', path: best.part.path });
}

/** The scene is judged by evidence again, at once. */
export async function unpinScene(
  { scene }: { readonly scene: SceneId },
  parts: Pick<PinParts, 'store' | 'clock' | 'settings'>,
): Promise<{ readonly wasPinned: boolean }> {
  const unpinned = await parts.store.links.unpin(scene);
  if (unpinned > 0) await lookAgain(scene, parts);
  return { wasPinned: unpinned > 0 };
}

/** After a crash before this the next comparison of everything finds it: the link proves nothing. */
async function lookAgain(
  scene: SceneId,
  { store, clock, settings }: Pick<PinParts, 'store' | 'clock' | 'settings'>,
): Promise<void> {
  if (!settings.enabled) return;
  const now = clock.now();
  await store.queue.enqueue([{ subject: sceneSubject(scene), source: 'command' }], { now, dueAt: now });
}

/** As Stash has it now, or why not. */
export async function readScene(id: SceneId, { stash }: Pick<MatchParts, 'stash'>): Promise<Result<Scene>> {
  const read = await stash.readScenes([id]);
  if (!read.ok) return read;
  const scene = read.value.get(id) ?? null;
  if (scene === null) return fail(noSuchScene(id));
  return isFailure(scene) ? fail(scene) : succeed(scene);
}

async function partsOfItem(
  { section, ratingKey }: PinRequest['item'],
  { index }: Store,
): Promise<readonly IndexedPart[]> {
  const sections = section === null ? (await index.sections()).map(({ uuid }) => uuid) : [section];
  return index.partsOf(sections.map((uuid) => ({ section: uuid, ratingKey })));
}

const noSuchItem = (ratingKey: RatingKey): Failure => ({
  class: 'no-match',
  message: `No movie library of Plex that PlexSync looks into has an item ${ratingKey} with a file.`,
  advice:
    'The number stands in the address of the item in Plex, behind “metadata%2F”. If the item is new, run `plexsync reconcile` and pin it then.',
});

const otherSize = ({ item, path }: IndexedPart): Failure => ({
  class: 'no-match',
  message: `Item ${item.ratingKey} (${quotedPath(path)}) cannot be the scene: ${NEAR_MISS_WORDS['pinned-other-size']}.`,
  advice: 'Have both Stash and Plex scan the file anew if it was replaced; else choose another item.',
});
