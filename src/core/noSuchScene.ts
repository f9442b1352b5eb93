import type { Failure } from './failure.ts';
import type { SceneId } from './ids.ts';

/** Of a scene that a person asked for. */
export const noSuchScene = (id: SceneId): Failure => ({
  class: 'not-syncable',
  message: `Stash has no scene ${id}.`,
  advice:
    'Look for the number in the address of the scene in Stash; it may have been deleted there, or merged into another one.',
});
