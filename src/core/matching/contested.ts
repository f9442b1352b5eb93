import { compareIds, type SceneId } from '../ids.ts';

export interface Contest {
  /** Scenes that have a file of the item now, at least one. */
  readonly scenes: readonly SceneId[];
  /** Scenes that a person chose the item for. */
  readonly pinned: readonly SceneId[];
}

/**
 * An item can show one scene only. Where its parts belong to several (cd1 and cd2 kept as two scenes, or
 * versions that Plex merged), the pinned one owns it, else the oldest: the answer is the same whichever of
 * the scenes asks, so that they never take turns in overwriting each other.
 */
export function ownerOf({ scenes, pinned }: Contest): SceneId {
  const chosen = scenes.filter((scene) => pinned.includes(scene));
  const [owner] = (chosen.length > 0 ? chosen : scenes).toSorted(compareIds);
  if (owner === undefined) throw new RangeError('a contest without scenes has no owner');
  return owner;
}
