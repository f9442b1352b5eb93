import type { Hold } from '../core/hold.ts';
import type { SceneId } from '../core/ids.ts';

/** Scenes that nothing is written for until a person releases them; a part of the port of the store. */
export interface Holds {
  /** A scene that is held already keeps its first hold. @returns how many were not. */
  put(scenes: readonly SceneId[], hold: Pick<Hold, 'at' | 'by' | 'reason'>): Promise<number>;
  /** What of an undo is still to be done for them is dropped, too. @returns those that were held. */
  release(scenes: readonly SceneId[]): Promise<readonly SceneId[]>;
  of(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, Hold>>;
  /** The newest first. */
  list(limit: number): Promise<readonly Hold[]>;
  count(): Promise<number>;
  /** Jobs of these were settled without a write. */
  notePassedOver(scenes: readonly SceneId[], at: number): Promise<void>;
}
