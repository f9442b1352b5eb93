import type { EntityId, SceneId } from '../core/ids.ts';
import type { EntityKind } from '../core/scene.ts';

/** What we remember of Stash; a part of the port of the store. */
export interface SceneMemory {
  /** Entities at the last read: after a Destroy the relation is gone from Stash. `updatedAt` counts as seen. */
  remember(scenes: readonly RememberedScene[]): Promise<void>;
  /** All of it: entities, `updatedAt`, missing files. */
  forget(scenes: readonly SceneId[]): Promise<void>;
  /** Scenes that carried the entity when last read, in id order, for fan-out in pages. */
  carrying(request: {
    kind: EntityKind;
    id: EntityId;
    after: SceneId | null;
    limit: number;
  }): Promise<readonly SceneId[]>;
  /** `updated_at` texts as last seen, to tell a change from a repetition. */
  seen<Kind extends StampedKind>(
    kind: Kind,
    ids: readonly StampedId<Kind>[],
  ): Promise<ReadonlyMap<StampedId<Kind>, string>>;
  markSeen<Kind extends StampedKind>(
    kind: Kind,
    stamps: readonly { readonly id: StampedId<Kind>; readonly updatedAt: string }[],
  ): Promise<void>;
  /** What was seen of the scenes after one up to another, by the ids' values; null: from the first, to the last. */
  seenBetween(range: { after: SceneId | null; upTo: SceneId | null }): Promise<ReadonlyMap<SceneId, string>>;
  /** What was seen of entities that are gone. Which scenes carried them stays. */
  forgetEntities(kind: EntityKind, ids: readonly EntityId[]): Promise<void>;
  /**
   * Scenes that found no item and what would be theirs, so that a new file in Plex wakes just them.
   * Replaces what was noted for the scene; empty lists take the note away.
   */
  noteMissing(missing: readonly MissingFiles[]): Promise<void>;
  /** Scenes waiting for (or dead for want of) one of these files: equal name key or equal size. */
  missing(lookup: FileTraits): Promise<readonly SceneId[]>;
}

/** What Stash stamps with the time of its last change. */
export type StampedKind = 'scene' | EntityKind;
export type StampedId<Kind extends StampedKind> = Kind extends 'scene' ? SceneId : EntityId;

export interface RememberedScene {
  readonly id: SceneId;
  readonly updatedAt: string;
  readonly entities: readonly { readonly kind: EntityKind; readonly id: EntityId }[];
}

export interface MissingFiles extends FileTraits {
  readonly sceneId: SceneId;
}

/** What files of either side may have in common. Keys are made by core/matching/pathKey.ts. */
export interface FileTraits {
  readonly nameKeys: readonly string[];
  readonly sizes: readonly number[];
}
