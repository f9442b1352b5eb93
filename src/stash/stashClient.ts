import type { Failure } from '../core/failure.ts';
import type { EntityId, SceneId } from '../core/ids.ts';
import type { CoverHead } from '../core/images/cover.ts';
import type { StashPlugin } from '../core/otherWriters.ts';
import type { Result } from '../core/result.ts';
import type { EntityKind, Scene } from '../core/scene.ts';

/** All that PlexSync asks of Stash. No method throws for what Stash or the network does. */
export interface StashClient {
  /** Is it there, does it let us in, which version (may be empty in unofficial builds). */
  probe(): Promise<Result<{ readonly version: string }>>;
  /** Stash's clock (epoch ms, to the second); null when it does not tell. */
  serverTime(): Promise<Result<number | null>>;
  /**
   * Reads many at once. A scene that is gone is null, one that Stash cannot show is its own failure; neither
   * fails the others.
   */
  readScenes(ids: readonly SceneId[]): Promise<Result<ReadonlyMap<SceneId, Scene | null | Failure>>>;
  /** How many scenes there are. */
  countScenes(): Promise<Result<number>>;
  /** What is installed, enabled or not. An older Stash may not tell. */
  plugins(): Promise<Result<readonly StashPlugin[]>>;
  /** Newest first by `updated_at`; pages from 1. */
  newestScenes(request: NewestRequest): Promise<Result<readonly Stamp<SceneId>[]>>;
  /** In ascending order of their ids after `after`. */
  sceneStampsAfter(request: SceneIdRequest): Promise<Result<readonly Stamp<SceneId>[]>>;
  newestEntities(kind: EntityKind, request: NewestRequest): Promise<Result<readonly Stamp<EntityId>[]>>;
  /** `updated_at` of one of these; null when it is gone. */
  entityStamp(kind: EntityKind, id: EntityId): Promise<Result<string | null>>;
  /** Ids in ascending order after `after`: of all scenes, or of those that carry an entity (or a child of it). */
  sceneIdsAfter(request: SceneIdRequest): Promise<Result<readonly SceneId[]>>;
  /** Whole scenes in ascending order of their ids, after `after`; one that makes no sense is its own failure. */
  scenesAfter(request: { after: SceneId | null; limit: number }): Promise<Result<readonly ListedScene[]>>;
  /** The tags that lie below these, at any depth; names are compared without regard to case. */
  tagsBelow(names: readonly string[]): Promise<Result<ReadonlySet<EntityId>>>;
  /** Scenes that have a file of this exact name, in any folder. */
  scenesWithFileNamed(basename: string): Promise<Result<readonly Scene[]>>;
  /** The latest changed first; a scene that makes no sense is its own failure. */
  searchScenes(request: SceneSearchRequest): Promise<Result<readonly ListedScene[]>>;
  /** What the cover of a scene is, without fetching it; null when the scene is gone. */
  coverHead(id: SceneId): Promise<Result<CoverHead | null>>;
  cover(id: SceneId): Promise<Result<Cover | null>>;
}

export interface Cover {
  readonly head: CoverHead;
  /** Empty when it is larger than MAX_IMAGE_BYTES. */
  readonly bytes: Uint8Array;
}

/** What a person typed: words, or a part of a path. Empty: any scene. */
export interface SceneSearchRequest {
  readonly text: string;
  readonly limit: number;
}

export interface NewestRequest {
  readonly page: number;
  readonly perPage: number;
}

/** When something was last changed, as Stash prints it: compare for equality only. */
export interface Stamp<Id extends SceneId | EntityId> {
  readonly id: Id;
  readonly updatedAt: string;
}

export interface ListedScene {
  readonly id: SceneId;
  readonly scene: Scene | Failure;
}

export interface SceneIdRequest {
  readonly after: SceneId | null;
  readonly limit: number;
  readonly carrying?: { readonly kind: EntityKind; readonly id: EntityId };
}
