import type { Migration } from './migration.ts';

export const scenesInOrder: Migration = {
  version: 3,
  name: 'scenes in the order of their ids',
  sql: `
CREATE INDEX scenes_in_order ON scenes (length(id), id);
`,
};
