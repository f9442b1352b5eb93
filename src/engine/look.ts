import { nextVerification } from '../core/backoff.ts';
import { type Failure, isFailure } from '../core/failure.ts';
import type { RatingKey, SceneId } from '../core/ids.ts';
import type { Item } from '../core/item.ts';
import { type Link, linkIdText } from '../core/link.ts';
import { pathKey } from '../core/matching/pathKey.ts';
import { quotedPath } from '../core/matching/quotedPath.ts';
import type { DesiredScene } from '../core/planning/desired.ts';
import { inheritedBases } from '../core/planning/inheritedBases.ts';
import type { BaseByField, ItemPlan } from '../core/planning/plan.ts';
import { planItem } from '../core/planning/planItem.ts';
import { type Proof, proveItem } from '../core/planning/proof.ts';
import { isProvenUnchanged } from '../core/planning/unchanged.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Scene } from '../core/scene.ts';
import { whyLeftOut } from '../core/scope.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { IndexedPart } from '../store/port.ts';
import type { Clock } from './clock.ts';
import { desiredWithHash, mergeSettingsOf } from './desiredWithHash.ts';
import { desireRules, type EngineRules } from './desireRules.ts';
import { type CoverLook, lookAtCovers } from './images/lookAtCovers.ts';
import { type PlannedImage, planImages } from './images/planImages.ts';
import type { MatchParts } from './judge.ts';
import { type Match, type MatchedItem, matchScenes } from './match.ts';
import type { TagTree } from './tagTree.ts';

export interface LookParts extends MatchParts {
  readonly plex: PlexClient;
  readonly clock: Clock;
  readonly tagTree: TagTree;
}

/** What one scene looks like against Plex now. Reading only: nothing is stored or written. */
export interface Look {
  readonly sceneId: SceneId;
  /** Null when Stash does not have the scene any more, or could not show it. */
  readonly scene: Scene | null;
  readonly match: Match | null;
  readonly outcome:
    | { readonly kind: 'gone' }
    /** Not to be carried, by the settings that choose scenes. */
    | { readonly kind: 'left-out'; readonly why: string }
    | { readonly kind: 'failed'; readonly failure: Failure }
    | { readonly kind: 'seen'; readonly targets: readonly Target[] };
}

/** One item of one scene: proven unchanged by the index, or read and planned. */
export type Target =
  | { readonly kind: 'unchanged'; readonly link: Link; readonly covers: readonly CoverLook[] }
  | {
      readonly kind: 'planned';
      readonly link: Link;
      readonly part: IndexedPart;
      readonly item: Item;
      readonly desired: DesiredScene;
      readonly hash: string;
      /** What was written to an item that is gone and shows in this one: its base from now on. */
      readonly inherited: BaseByField;
      /** What this read says about edits sent before. */
      readonly proof: Proof;
      readonly plan: ItemPlan;
      readonly images: readonly PlannedImage[];
    }
  | {
      readonly kind: 'failed';
      readonly link: Link;
      readonly failure: Failure;
      /** What the item is now, when it is not what the index said; null: not known. */
      readonly found: Item | 'gone' | null;
    };

interface LookOptions {
  readonly trustIndex: boolean;
  readonly stashOnly?: ReadonlySet<SceneId>;
  readonly plexChanged?: ReadonlySet<SceneId>;
  readonly toBeUndone?: ReadonlySet<SceneId>;
}

/**
 * Reads both sides for a batch of scenes and plans each.
 * @param options.trustIndex whether an unchanged list entry may stand for a detailed read
 * @param options.stashOnly scenes looked at for a change in Stash, not for one in Plex
 * @param options.plexChanged scenes whose items are known to have changed, whatever their list entries say
 * @param options.toBeUndone scenes that are looked at in full, also where the settings leave them out by now
 */
export async function lookAt(
  ids: readonly SceneId[],
  parts: LookParts,
  options: LookOptions,
): Promise<Result<readonly Look[]>> {
  const read = await parts.stash.readScenes(ids);
  if (!read.ok) return read;
  const scenes = ids.flatMap((id) => {
    const scene = read.value.get(id);
    return scene === undefined || scene === null || isFailure(scene) ? [] : [scene];
  });
  const leftOut = new Map(
    scenes
      .filter(({ id }) => options.toBeUndone?.has(id) !== true)
      .flatMap((scene) => {
        const why = whyLeftOut(scene, parts.settings);
        return why === null ? [] : [[scene.id, why] as const];
      }),
  );
  const matches = await matchScenes(
    scenes.filter(({ id }) => !leftOut.has(id)),
    parts,
  );
  if (!matches.ok) return matches;
  const targets = await lookAtItems([...matches.value.values()], parts, options);
  if (!targets.ok) return targets;
  return succeed(
    ids.map((sceneId): Look => {
      const scene = read.value.get(sceneId) ?? null;
      const match = matches.value.get(sceneId) ?? null;
      if (scene === null) return { sceneId, scene: null, match: null, outcome: { kind: 'gone' } };
      if (isFailure(scene)) {
        return { sceneId, scene: null, match: null, outcome: { kind: 'failed', failure: scene } };
      }
      const why = leftOut.get(sceneId);
      if (why !== undefined) return { sceneId, scene, match: null, outcome: { kind: 'left-out', why } };
      if (match?.outcome.kind !== 'matched') {
        const failure = match?.outcome.failure ?? neverMatched(sceneId);
        return { sceneId, scene, match, outcome: { kind: 'failed', failure } };
      }
      return { sceneId, scene, match, outcome: { kind: 'seen', targets: targets.value.get(sceneId) ?? [] } };
    }),
  );
}

async function lookAtItems(
  matches: readonly Match[],
  parts: LookParts,
  options: LookOptions,
): Promise<Result<ReadonlyMap<SceneId, readonly Target[]>>> {
  const rules = await desireRules(parts);
  if (!rules.ok) return rules;
  const wanted = matches.flatMap((match) => wantedOf(match, rules.value));
  const now = parts.clock.now();
  const { trustIndex, stashOnly, plexChanged, toBeUndone } = options;
  const covers = await lookAtCovers(wanted, parts);
  const coversOf = ({ link }: Wanted): readonly CoverLook[] => covers.get(linkIdText(link)) ?? [];
  const unread = wanted.filter((each) => {
    const { sceneId } = each.link;
    const isToBeRead = !trustIndex || plexChanged?.has(sceneId) || toBeUndone?.has(sceneId);
    if (isToBeRead || coversOf(each).some((cover) => cover.isItemNeeded)) return true;
    const isPlexInQuestion = stashOnly?.has(sceneId) !== true;
    return !isUnchanged(each, { now, isPlexInQuestion });
  });
  const items = await parts.plex.items([...new Set(unread.map((each) => each.part.item.ratingKey))]);
  if (!items.ok) return items;
  const links = unread.flatMap(({ link, predecessor }) =>
    predecessor === null ? link : [link, predecessor],
  );
  const bases = await parts.store.links.bases(links);
  const targets = new Map<SceneId, Target[]>();
  for (const each of wanted) {
    const target: Target = unread.includes(each)
      ? await withImages(planTarget(each, { items: items.value, bases, parts }), coversOf(each), parts)
      : { kind: 'unchanged', link: each.link, covers: coversOf(each) };
    targets.set(each.link.sceneId, [...(targets.get(each.link.sceneId) ?? []), target]);
  }
  return succeed(targets);
}

async function withImages(target: Target, covers: readonly CoverLook[], parts: LookParts): Promise<Target> {
  if (target.kind !== 'planned') return target;
  return { ...target, images: await planImages(target.item, covers, parts) };
}

interface Wanted extends MatchedItem {
  readonly scene: Scene;
  readonly desired: DesiredScene;
  readonly hash: string;
}

function wantedOf(match: Match, rules: EngineRules): readonly Wanted[] {
  if (match.outcome.kind !== 'matched') return [];
  const { desired, hash } = desiredWithHash(match.scene, rules);
  return match.outcome.targets.map((target) => ({ ...target, scene: match.scene, desired, hash }));
}

const isUnchanged = (
  { link, part, hash }: Wanted,
  asked: { readonly now: number; readonly isPlexInQuestion: boolean },
): boolean => isProvenUnchanged({ link, hash, listedUpdatedAt: part.itemUpdatedAt, ...asked });

function planTarget(
  wanted: Wanted,
  context: {
    readonly items: ReadonlyMap<RatingKey, Item | null | Failure>;
    /** By {@link linkIdText}. */
    readonly bases: ReadonlyMap<string, BaseByField>;
    readonly parts: LookParts;
  },
): Target {
  const { link, part, predecessor, desired, hash } = wanted;
  const read = context.items.get(link.item.ratingKey) ?? null;
  if (read === null) return { kind: 'failed', link, failure: itemGone(link), found: 'gone' };
  if (isFailure(read)) return { kind: 'failed', link, failure: read, found: null };
  if (!holdsPart(read, part)) return { kind: 'failed', link, failure: fileGone(link, part), found: read };
  const { clock } = context.parts;
  const settings = mergeSettingsOf(context.parts.settings);
  const isWaitOver = link.writtenAt === null || nextVerification(link.writtenAt, clock.now()) === 'over';
  const own = context.bases.get(linkIdText(link));
  const before = predecessor === null ? undefined : context.bases.get(linkIdText(predecessor));
  const inherited = own === undefined ? inheritedBases(before ?? {}, read) : {};
  const sides = { desired: desired.desired, item: read, bases: own ?? inherited };
  const proof = proveItem({ ...sides, settings, isWaitOver });
  const plan = planItem({
    sceneId: link.sceneId,
    itemKey: link.item,
    desired,
    hash,
    item: read,
    bases: proof.bases,
    settings,
    isAwaiting: !isWaitOver,
  });
  return { kind: 'planned', link, part, item: read, desired, hash, inherited, proof, plan, images: [] };
}

/** Before a write the item is known by its file, not by its key alone. */
const holdsPart = (item: Item, part: IndexedPart): boolean =>
  item.parts.some(
    (each) =>
      pathKey(each.path) === pathKey(part.path) && (each.size ?? part.size) === (part.size ?? each.size),
  );

const itemGone = (link: Link): Failure => ({
  class: 'item-gone',
  message: `Item ${link.item.ratingKey} is not in Plex any more.`,
});

const fileGone = (link: Link, part: IndexedPart): Failure => ({
  class: 'item-gone',
  message: `Item ${link.item.ratingKey} does not hold ${quotedPath(part.path)} any more.`,
});

const neverMatched = (id: SceneId): Failure => ({
  class: 'unexpected',
  message: `scene ${id} was read and not matched`,
});
