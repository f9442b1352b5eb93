import { type Failure, isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { type ItemKey, itemKeyText } from '../core/item.ts';
import { ownerOf } from '../core/matching/contested.ts';
import { pathKey } from '../core/matching/pathKey.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import { type Judged, judgeScenes, type MatchParts } from './judge.ts';

/** What became of a scene whose item other scenes have a claim on too. */
export type Contest =
  | { readonly kind: 'lost'; readonly failure: Failure }
  | { readonly kind: 'won'; readonly losers: readonly SceneId[] };

/**
 * An item whose files belong to two scenes (merged duplicates, cd1/cd2 kept as two scenes) cannot show
 * both. Only items with files that are not this scene's, or with a link from another scene, cost a look.
 */
export async function findContests(
  judged: readonly Judged[],
  parts: MatchParts,
): Promise<Result<ReadonlyMap<SceneId, Contest>>> {
  const contests = new Map<SceneId, Contest>();
  for (const each of judged) {
    if (each.verdict.kind !== 'matched') continue;
    for (const item of new Map(
      each.verdict.links.map((link) => [itemKeyText(link.item), link.item]),
    ).values()) {
      const claims = await otherClaims(each, item, parts);
      if (!claims.ok) return claims;
      if (claims.value.length === 0) continue;
      const contest = await judge(each.scene, item, claims.value, parts);
      const before = contests.get(each.scene.id);
      if (before?.kind !== 'lost') contests.set(each.scene.id, mergeWins(before, contest));
    }
  }
  return succeed(contests);
}

const mergeWins = (before: Contest | undefined, next: Contest): Contest =>
  before?.kind === 'won' && next.kind === 'won'
    ? { kind: 'won', losers: [...before.losers, ...next.losers] }
    : next;

/** Scenes other than this one that have a file of the item now. */
async function otherClaims(
  { scene, verdict }: Judged,
  item: ItemKey,
  parts: MatchParts,
): Promise<Result<readonly SceneId[]>> {
  const { store, stash } = parts;
  const itemParts = await store.index.partsOf([item]);
  const own = new Set(
    verdict.kind === 'matched'
      ? verdict.links
          .filter((link) => itemKeyText(link.item) === itemKeyText(item))
          .map((link) => pathKey(link.part.path))
      : [],
  );
  const foreign = itemParts.filter((part) => !own.has(pathKey(part.path)));
  const claimants = new Map<SceneId, Scene>();
  for (const basename of new Set(foreign.map((part) => basenameOf(part.path)))) {
    const named = await stash.scenesWithFileNamed(basename);
    if (!named.ok) return named;
    for (const other of named.value) claimants.set(other.id, other);
  }
  const linked = (await store.links.ofItems([item])).map((link) => link.sceneId);
  const unread = linked.filter((id) => id !== scene.id && !claimants.has(id));
  if (unread.length > 0) {
    const read = await stash.readScenes(unread);
    if (!read.ok) return read;
    for (const other of read.value.values()) {
      if (other !== null && !isFailure(other)) claimants.set(other.id, other);
    }
  }
  claimants.delete(scene.id);
  // A claim counts when the other scene, judged with all of Plex before it, comes to this item.
  const judged = await judgeScenes([...claimants.values()], parts);
  return succeed([...judged].filter(([, each]) => isMatchedTo(each, item)).map(([id]) => id));
}

const isMatchedTo = ({ verdict }: Judged, item: ItemKey): boolean =>
  verdict.kind === 'matched' && verdict.links.some((link) => itemKeyText(link.item) === itemKeyText(item));

async function judge(
  scene: Scene,
  item: ItemKey,
  others: readonly SceneId[],
  { store }: MatchParts,
): Promise<Contest> {
  const links = await store.links.ofItems([item]);
  const pinned = links.filter((link) => link.evidence === 'pinned').map((link) => link.sceneId);
  const owner = ownerOf({ scenes: [scene.id, ...others], pinned });
  if (owner === scene.id) {
    return { kind: 'won', losers: others.filter((id) => links.some((link) => link.sceneId === id)) };
  }
  const [part] = await store.index.partsOf([item]);
  return {
    kind: 'lost',
    failure: {
      class: 'contested',
      message: `Item ${item.ratingKey} holds files of scene ${owner} too, which owns it: an item can show one scene only.`,
      candidates:
        part === undefined
          ? []
          : [{ item, title: part.title, path: part.path, size: part.size, durationMs: part.durationMs }],
    },
  };
}

/** Plex may run on Windows, whatever we run on. */
const basenameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
