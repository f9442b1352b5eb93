import type { FailureClass } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { ItemKey, Part } from '../core/item.ts';
import type { JobState } from '../core/job.ts';

/** What a comparison of everything asks besides: in pages, so that no question grows with the library. */
export interface Comparison {
  /** Those of the scenes that are in the queue. */
  jobsOf(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, SceneJobState>>;
  /**
   * Scenes that we remember, by the value of their ids: after `after` and up to `upTo`, or to the end when
   * that is null. What Stash does not list between the two was destroyed.
   */
  rememberedScenes(range: {
    after: SceneId | null;
    upTo: SceneId | null;
    limit: number;
  }): Promise<readonly SceneId[]>;
  /** Scenes with files that Plex does not have, lowest ids first. */
  scenesNotInPlex(limit: number): Promise<readonly SceneId[]>;
  countScenesNotInPlex(): Promise<number>;
  /**
   * Scenes that Stash has, with links that are all proven, and no job: Plex shows them as they were when last looked
   * at. Goes through all links: not to be asked at every turn.
   */
  countInStep(): Promise<number>;
  /** Of the next `items` items of the file index, the files of those that no remembered scene is linked to. */
  filesNotInStash(page: { after: ItemKey | null; items: number }): Promise<FilesNotInStash>;
}

export interface SceneJobState {
  readonly state: JobState;
  readonly class: FailureClass | null;
}

export interface FilesNotInStash {
  readonly files: readonly UnclaimedFile[];
  /** Where the next page goes on; null when this was the last one. */
  readonly last: ItemKey | null;
}

export interface UnclaimedFile {
  readonly item: ItemKey;
  readonly title: string;
  readonly path: Part['path'];
  readonly size: Part['size'];
}
