import type { RatingKey, SceneId } from '../../core/ids.ts';
import type { Pinned } from '../pinOperations.ts';

export const pinnedWords = (scene: SceneId, key: RatingKey, { itemTitle, path }: Pinned): string =>
  `Scene ${scene} is item ${key} from now on (“${itemTitle}”, ${path})`;

export const unpinnedWords = (scene: SceneId): string => `Scene ${scene} is matched by evidence`;
export const NOT_PINNED = 'No item was chosen for it.';
