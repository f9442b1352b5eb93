import { FAILURE_POLICIES, type Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { type ItemKey, itemKeyText } from '../core/item.ts';
import type { Link } from '../core/link.ts';
import { checkLink } from '../core/matching/linkCheck.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import { predecessorOf } from '../core/matching/predecessor.ts';
import type { Verdict } from '../core/matching/verdict.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import type { IndexedPart, LinkId } from '../store/port.ts';
import type { MissingFiles } from '../store/sceneMemory.ts';
import { type Contests, findContests, uncontested } from './contest.ts';
import { isWithoutItem, type Judged, judgeScenes, type MatchParts } from './judge.ts';
import type { CheckedLink } from './linkChecks.ts';

/** A file that is not in the index may have come to Plex since: the index is read again, but not in a storm. */
const NO_MATCH_INDEX_AGE_MS = 5_000;

/** What was found for one scene, and what is to be remembered of it. Nothing is stored yet. */
export interface Match {
  readonly scene: Scene;
  readonly outcome:
    | { readonly kind: 'matched'; readonly targets: readonly MatchedItem[] }
    | { readonly kind: 'failed'; readonly failure: Failure };
  /** Links that are not believed any more. */
  readonly stale: readonly LinkId[];
  readonly missing: MissingFiles;
  /** Whether the links of this scene still hold: for the safety stop. */
  readonly linkChecks: readonly CheckedLink[];
  /** Scenes that this one takes the item from. */
  readonly displaced: readonly SceneId[];
}

export interface MatchedItem {
  readonly link: Link;
  readonly part: IndexedPart;
  /** The link of an item that is gone, whose place this one takes. */
  readonly predecessor: Link | null;
}

/** Finds the items of scenes in the file index, by evidence; asks Plex only when a file is not there. */
export async function matchScenes(
  scenes: readonly Scene[],
  parts: MatchParts,
): Promise<Result<ReadonlyMap<SceneId, Match>>> {
  const first = await judgeScenes(scenes, parts);
  const lost = scenes.filter((scene) => first.get(scene.id)?.verdict.kind === 'none');
  const judged = new Map(first);
  let doubt: Failure | null = null;
  if (lost.length > 0) {
    const refreshed = await refreshIndex(parts);
    if (!refreshed.ok) return refreshed;
    doubt = refreshed.value.doubt;
    for (const [id, each] of await judgeScenes(lost, parts)) judged.set(id, each);
  }
  const contests = await findContests([...judged.values()], parts);
  if (!contests.ok) return contests;
  return succeed(
    new Map(
      [...judged].map(
        ([id, each]) =>
          [id, toMatch(each, { contests: contests.value.get(id) ?? uncontested, doubt })] as const,
      ),
    ),
  );
}

/** `doubt`: why nothing may be said to be missing in Plex. Only a complete read without error may say so. */
async function refreshIndex({ indexer }: MatchParts): Promise<Result<{ readonly doubt: Failure | null }>> {
  const refreshed = await indexer.refresh(NO_MATCH_INDEX_AGE_MS);
  if (refreshed.ok) {
    const { doubt } = refreshed.value;
    return succeed({ doubt: doubt === null ? null : incompleteIndex(doubt) });
  }
  // Refused lists are no scene's fault: it costs none an attempt, and those that are in the index go on.
  if (!FAILURE_POLICIES[refreshed.failure.class].countsAttempt) return refreshed;
  return succeed({ doubt: incompleteIndex(refreshed.failure.message) });
}

function toMatch(
  judged: Judged,
  { contests, doubt }: { readonly contests: Contests; readonly doubt: Failure | null },
): Match {
  const { scene, links, partsOfLinks, verdict, maps, isPlexCaseSensitive } = judged;
  const checks = links.map((link) => ({
    link,
    check: checkLink({
      link,
      files: scene.files,
      parts: partsOfLinks.get(itemKeyText(link.item)) ?? [],
      maps,
      isPlexCaseSensitive,
    }),
  }));
  const replaced = checks.filter((each) => each.check === 'scene-replaced').map((each) => each.link);
  const isMatched = verdict.kind === 'matched';
  const changed = checks.filter((each) => each.check === 'item-changed').map((each) => each.link);
  const lost = isMatched ? [] : changed;
  const kept = links.filter((link) => !replaced.includes(link));
  const own = isMatched ? verdict.links.filter(({ item }) => !contests.lost.has(itemKeyText(item))) : [];
  const targets = own.map((found) => toTarget(scene, found, { kept, changed }));
  const isTarget = (item: ItemKey): boolean =>
    targets.some((target) => itemKeyText(target.link.item) === itemKeyText(item));
  const isSucceeded = (link: Link): boolean =>
    targets.some(
      ({ predecessor }) => predecessor !== null && itemKeyText(predecessor.item) === itemKeyText(link.item),
    );
  const waiting = kept.filter((link) => isWithoutItem(link, judged) && !isSucceeded(link));
  const stale = isMatched
    ? [...replaced, ...kept.filter((link) => !isTarget(link.item) && !waiting.includes(link))]
    : replaced;
  const isWanting = verdict.kind === 'none' || contests.lost.size > 0;
  const [lostOne = null] = contests.lost.values();
  const failure = contests.doubt ?? (targets.length > 0 ? null : (lostOne ?? failureOf(judged, doubt)));
  return {
    scene,
    outcome: failure === null ? { kind: 'matched', targets } : { kind: 'failed', failure },
    stale: contests.doubt === null ? stale : replaced,
    missing: {
      sceneId: scene.id,
      nameKeys: isWanting ? scene.files.map((file) => nameKey(file.path)) : [],
      sizes: isWanting ? scene.files.flatMap((file) => (file.size === null ? [] : [file.size])) : [],
    },
    linkChecks: links.map((link) => ({ link, hasFailed: replaced.includes(link) || lost.includes(link) })),
    displaced: contests.displaced,
  };
}

function toTarget(
  scene: Scene,
  found: Extract<Verdict<IndexedPart>, { kind: 'matched' }>['links'][number],
  known: { readonly kept: readonly Link[]; readonly changed: readonly Link[] },
): MatchedItem {
  const before = known.kept.find((link) => itemKeyText(link.item) === itemKeyText(found.item));
  const link = {
    desiredHash: null,
    verifiedUpdatedAt: null,
    verifiedAt: null,
    writtenAt: null,
    ...before,
    sceneId: scene.id,
    item: found.item,
    evidence: found.evidence,
    sceneOshash: found.file.oshash,
    scenePath: found.file.path,
    itemPath: found.part.path,
  };
  return { part: found.part, link, predecessor: predecessorOf(link, known.changed) };
}

function failureOf({ scene, verdict }: Judged, doubt: Failure | null): Failure {
  switch (verdict.kind) {
    case 'matched':
      return { class: 'unexpected', message: `scene ${scene.id} was matched and failed all the same` };
    case 'not-syncable':
      return { class: 'not-syncable', message: verdict.words };
    case 'ambiguous':
      return {
        class: 'ambiguous',
        message: verdict.words,
        candidates: verdict.candidates,
      };
    case 'none':
      if (doubt !== null) return doubt;
      return {
        class: 'no-match',
        message: verdict.words,
        candidates: verdict.nearest,
      };
  }
}

/** Names no server: it is our index that falls short, and no outage to go slow for. */
const incompleteIndex = (words: string): Failure => ({
  class: 'unreachable',
  message: `The file is not in the index, and the index may lack it: ${words}`,
});
