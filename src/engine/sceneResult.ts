import type { Failure } from '../core/failure.ts';

/** What became of one scene of a batch. */
export type SceneResult =
  | { readonly kind: 'done'; readonly written: number }
  /** `held`: nothing is written until a person releases the scene. */
  | { readonly kind: 'gone' | 'left-out' | 'untried' | 'held' }
  | { readonly kind: 'awaited'; readonly dueAt: number }
  | { readonly kind: 'failed'; readonly failure: Failure };
