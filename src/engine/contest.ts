import { FAILURE_POLICIES, type Failure, isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { type ItemKey, itemKeyText } from '../core/item.ts';
import { EVIDENCE } from '../core/link.ts';
import { ownerOf } from '../core/matching/contested.ts';
import { evidenceOf } from '../core/matching/evidence.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import type { IndexedPart } from '../store/port.ts';
import { type Judged, judgeScenes, type MatchParts } from './judge.ts';

/** What the claims of other scenes mean for the items of one scene. */
export interface Contests {
  /** Items that another scene owns, by {@link itemKeyText}, and why. */
  readonly lost: ReadonlyMap<string, Failure>;
  /** Scenes that this one takes an item from. */
  readonly displaced: readonly SceneId[];
  /** Why nobody can say whose its items are. */
  readonly doubt: Failure | null;
}

export const uncontested: Contests = { lost: new Map(), displaced: [], doubt: null };

/**
 * An item whose files belong to two scenes (merged duplicates, cd1/cd2 kept as two scenes) cannot show
 * both. Only items with files that are not this scene's, or with a link from another scene, cost a look.
 */
export async function findContests(
  judged: readonly Judged[],
  parts: MatchParts,
): Promise<Result<ReadonlyMap<SceneId, Contests>>> {
  const contests = new Map<SceneId, Contests>();
  for (const each of judged) {
    const found = await contestsOf(each, parts);
    if (found.ok) contests.set(each.scene.id, found.value);
    // What Stash refuses for this one it may answer for the next.
    else if (!FAILURE_POLICIES[found.failure.class].countsAttempt) return found;
    else contests.set(each.scene.id, { ...uncontested, doubt: found.failure });
  }
  return succeed(contests);
}

async function contestsOf(judged: Judged, parts: MatchParts): Promise<Result<Contests>> {
  const { scene, verdict } = judged;
  if (verdict.kind !== 'matched') return succeed(uncontested);
  const lost = new Map<string, Failure>();
  const displaced: SceneId[] = [];
  for (const { item } of verdict.links) {
    const claims = await otherClaims(judged, item, parts);
    if (!claims.ok) return claims;
    if (claims.value.length === 0) continue;
    const contest = await judge(scene, item, claims.value, parts);
    if (contest.kind === 'lost') lost.set(itemKeyText(item), contest.failure);
    else displaced.push(...contest.losers);
  }
  return succeed({ lost, displaced, doubt: null });
}

type Contest =
  | { readonly kind: 'lost'; readonly failure: Failure }
  | { readonly kind: 'won'; readonly losers: readonly SceneId[] };

/** Scenes other than this one that have a file of the item now. */
async function otherClaims(
  judged: Judged,
  item: ItemKey,
  parts: MatchParts,
): Promise<Result<readonly SceneId[]>> {
  const { store, stash } = parts;
  const foreign = foreignParts(judged, await store.index.partsOf([item]));
  const { scene } = judged;
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
  const others = await judgeScenes([...claimants.values()], parts);
  return succeed([...others].filter(([, each]) => isMatchedTo(each, item)).map(([id]) => id));
}

/** Parts of an item that are none of the scene's files; one file can be one part only. */
function foreignParts(judged: Judged, itemParts: readonly IndexedPart[]): readonly IndexedPart[] {
  const foreign = new Set(itemParts);
  const unused = new Set(judged.scene.files);
  for (const level of EVIDENCE) {
    for (const part of foreign) {
      const file = [...unused].find((each) => evidenceOf(each, part, judged)?.evidence === level);
      if (file === undefined) continue;
      foreign.delete(part);
      unused.delete(file);
    }
  }
  return [...foreign];
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
