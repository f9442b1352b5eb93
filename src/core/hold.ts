import type { SceneId } from './ids.ts';

/** Why nothing is written for a scene until a person releases it. */
export interface Hold {
  readonly sceneId: SceneId;
  readonly at: number;
  readonly by: HeldBy;
  /** What the person said; may be empty. */
  readonly reason: string;
  /** When a job of it was last settled without a write; null: never, so that nothing has changed since. */
  readonly passedOverAt: number | null;
}

export const HELD_BY = { person: 'a person', undo: 'an undo' } as const;
export type HeldBy = keyof typeof HELD_BY;
