import type { Migration } from './migration.ts';

export const undo: Migration = {
  version: 5,
  name: 'undo and holds',
  sql: `
-- Who asked for a write; of older ones nobody knows.
ALTER TABLE journal ADD COLUMN source TEXT;
CREATE INDEX journal_by_time ON journal (at);

-- Scenes that nothing is written for until a person releases them.
CREATE TABLE holds (
  scene_id TEXT NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  held_by TEXT NOT NULL CHECK (held_by IN ('person', 'undo')),
  reason TEXT NOT NULL,
  passed_over_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX holds_by_time ON holds (at);

-- Writes that a person wants undone; left_words says why something stayed as it is.
CREATE TABLE undo_requests (
  write_id INTEGER NOT NULL PRIMARY KEY REFERENCES journal (id) ON DELETE CASCADE,
  scene_id TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  is_forced INTEGER NOT NULL CHECK (is_forced IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('open', 'done')),
  left_words TEXT,
  CONSTRAINT open_has_no_outcome CHECK (state = 'done' OR left_words IS NULL)
) STRICT;

CREATE INDEX undo_requests_open ON undo_requests (scene_id) WHERE state = 'open';
CREATE INDEX undo_requests_by_time ON undo_requests (asked_at);

-- Fields of writes that were put back since. undone_by is the write that did it; null: it was so already.
CREATE TABLE undone_fields (
  write_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  undone_by INTEGER,
  PRIMARY KEY (write_id, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX undone_fields_by_undo ON undone_fields (undone_by, field) WHERE undone_by IS NOT NULL;
`,
};
