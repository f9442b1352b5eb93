import type { SceneId } from '../ids.ts';
import type { Item, ItemKey } from '../item.ts';
import type { MergeSettings } from './arrival.ts';
import type { DesiredScene } from './desired.ts';
import { decide } from './merge.ts';
import type { BaseByField, ItemPlan } from './plan.ts';
import { sidesOf } from './sides.ts';

export interface PlanRequest {
  readonly sceneId: SceneId;
  readonly itemKey: ItemKey;
  readonly desired: DesiredScene;
  /** Of what is desired, and of all else that decides the plan. */
  readonly hash: string;
  /** Read in detail: lists of items hold neither all tags nor locks (plex reference §2). */
  readonly item: Item;
  readonly bases: BaseByField;
  readonly settings: MergeSettings;
  /** Whether edits that are not proven yet may still show. */
  readonly isAwaiting: boolean;
}

/** What is to be written to one item for one scene, with a reason for every field. */
export function planItem(request: PlanRequest): ItemPlan {
  const { sceneId, itemKey, desired, hash, item, bases, settings, isAwaiting } = request;
  const rules = { ...settings, isAwaiting };
  return {
    sceneId,
    item: itemKey,
    decisions: sidesOf({ desired: desired.desired, item, bases }).map((sides) => decide(sides, rules)),
    desiredHash: hash,
    warnings: desired.warnings,
  };
}
