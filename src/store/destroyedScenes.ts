import type { SceneId } from '../core/ids.ts';

/** Scenes that Stash has destroyed and that had links or base, or are held; a part of the port of the store. */
export interface DestroyedScenes {
  /** The first time that a scene is noted stays. */
  note(scenes: readonly SceneId[], at: number): Promise<void>;
  /** They are there. */
  takeBack(scenes: readonly SceneId[]): Promise<void>;
  countSince(time: number): Promise<number>;
  /** All links and base of scenes noted before, and holds on them; their open journal rows are given up. @returns how many scenes. */
  forgetBefore(time: number): Promise<number>;
}
