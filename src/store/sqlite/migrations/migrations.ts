import { firstSchema } from './0001FirstSchema.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied. */
export const MIGRATIONS: readonly Migration[] = [firstSchema];
