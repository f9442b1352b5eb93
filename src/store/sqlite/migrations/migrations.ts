import { firstSchema } from './0001FirstSchema.ts';
import { entityStamps } from './0002EntityStamps.ts';
import { scenesInOrder } from './0003ScenesInOrder.ts';
import { destroyedScenes } from './0004DestroyedScenes.ts';
import { undo } from './0005Undo.ts';
import { images } from './0006Images.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied. */
export const MIGRATIONS: readonly Migration[] = [
  firstSchema,
  entityStamps,
  scenesInOrder,
  destroyedScenes,
  undo,
  images,
];
