import { FAILURE_POLICIES } from '../core/failure.ts';
import type { SceneResult } from './sceneResult.ts';
import type { PlannedTarget } from './sendEdits.ts';

/**
 * Stands in a link for the hash of what is wanted: proven is only that we know what the item holds. So our own undo
 * is no news from Plex, and the scene is looked at in full once it is released.
 */
export const HELD_HASH = 'held';

/** What was sent before is still proven; nothing more is sent. */
export const withoutWrites = (target: PlannedTarget): PlannedTarget => ({
  ...target,
  hash: HELD_HASH,
  images: [],
  plan: {
    ...target.plan,
    decisions: target.plan.decisions.map((decision) => ({ ...decision, edit: null, intended: null })),
  },
});

/** Nobody is to be troubled with what stands in the way of a scene for which nothing is to be written. */
export function heldResult(result: SceneResult): SceneResult {
  if (result.kind === 'done') return { kind: 'held' };
  if (result.kind !== 'failed') return result;
  const { answer } = FAILURE_POLICIES[result.failure.class];
  return answer === 'wait' || answer === 'dead' ? { kind: 'held' } : result;
}
