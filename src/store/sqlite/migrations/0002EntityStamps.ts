import type { Migration } from './migration.ts';

export const entityStamps: Migration = {
  version: 2,
  name: 'what was seen of entities',
  sql: `
-- updated_at is Stash's own text, compared for equality only, as in the table scenes.
CREATE TABLE entities (
  kind TEXT NOT NULL CHECK (kind IN ('performer', 'studio', 'tag', 'group')),
  id TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
`,
};
