import type { Migration } from './migration.ts';

export const destroyedScenes: Migration = {
  version: 4,
  name: 'scenes that Stash has destroyed',
  sql: `
-- Their links and bases are kept for a while, should they come back. at is when that was noticed.
CREATE TABLE destroyed_scenes (
  scene_id TEXT NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX destroyed_scenes_by_time ON destroyed_scenes (at);
`,
};
