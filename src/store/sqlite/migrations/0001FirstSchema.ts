import type { Migration } from './migration.ts';

/**
 * Times are epoch ms, but for Plex's own (`updated_at` of items and links, `watermark`), which are epoch
 * seconds. Ids of Stash and Plex are texts of decimal digits: `length(id), id` puts them in order of value.
 * The CHECKs hold what the code promises, so that no path through it can break the promise.
 */
export const firstSchema: Migration = {
  version: 1,
  name: 'first schema',
  sql: `
-- Queue: one row per subject. The row goes when the job is done.
CREATE TABLE jobs (
  kind TEXT NOT NULL CHECK (kind IN ('scene', 'performer', 'studio', 'tag', 'group', 'library')),
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'waiting', 'dead')),
  source TEXT NOT NULL,
  priority INTEGER NOT NULL,
  enqueued_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  postponed INTEGER NOT NULL CHECK (postponed >= 0),
  again_at INTEGER,
  cursor TEXT,
  failure_class TEXT,
  failure TEXT,
  state_since INTEGER NOT NULL,
  lease_owner TEXT,
  lease_until INTEGER,
  PRIMARY KEY (kind, id),
  CONSTRAINT whole_library_is_one_subject CHECK (kind <> 'library' OR id = 'all'),
  CONSTRAINT running_has_lease CHECK ((state = 'running') = (lease_owner IS NOT NULL)),
  CONSTRAINT lease_is_whole CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT failure_is_whole CHECK ((failure IS NULL) = (failure_class IS NULL)),
  CONSTRAINT dead_has_failure CHECK (state <> 'dead' OR failure IS NOT NULL),
  CONSTRAINT dead_starts_over CHECK (state <> 'dead' OR cursor IS NULL),
  CONSTRAINT again_is_under_way CHECK (again_at IS NULL OR state = 'running' OR cursor IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_to_claim ON jobs (kind, priority, due_at, id) WHERE state IN ('pending', 'waiting');
CREATE INDEX jobs_by_due ON jobs (due_at) WHERE state IN ('pending', 'waiting');
CREATE INDEX jobs_by_class ON jobs (state, failure_class, enqueued_at);

CREATE TABLE links (
  scene_id TEXT NOT NULL,
  section_uuid TEXT NOT NULL,
  rating_key TEXT NOT NULL,
  evidence TEXT NOT NULL CHECK (evidence IN ('pinned', 'path', 'name-and-size', 'size-and-duration')),
  scene_oshash TEXT,
  scene_path TEXT NOT NULL,
  item_path TEXT NOT NULL,
  desired_hash TEXT,
  verified_updated_at INTEGER,
  verified_at INTEGER,
  written_at INTEGER,
  PRIMARY KEY (scene_id, section_uuid, rating_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_item ON links (section_uuid, rating_key);

-- What we last wrote, per field. Outlives its link, which may come back. Values are JSON of the given format.
CREATE TABLE bases (
  scene_id TEXT NOT NULL,
  section_uuid TEXT NOT NULL,
  rating_key TEXT NOT NULL,
  field TEXT NOT NULL,
  format INTEGER NOT NULL,
  value TEXT,
  intended TEXT,
  is_lock_ours INTEGER NOT NULL CHECK (is_lock_ours IN (0, 1)),
  PRIMARY KEY (scene_id, section_uuid, rating_key, field)
) STRICT, WITHOUT ROWID;

-- One row per write to an item; changes are JSON of the given format.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  scene_id TEXT NOT NULL,
  section_uuid TEXT NOT NULL,
  rating_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sent', 'arrived', 'given-up')),
  format INTEGER NOT NULL,
  changes TEXT NOT NULL
) STRICT;

CREATE INDEX journal_by_scene ON journal (scene_id, id);
CREATE INDEX journal_open ON journal (scene_id, section_uuid, rating_key) WHERE state = 'sent';

-- File index: libraries, their items, their files.
CREATE TABLE sections (
  uuid TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  generation INTEGER NOT NULL,
  listed_at INTEGER,
  watermark INTEGER NOT NULL,
  caught_up_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  section_uuid TEXT NOT NULL REFERENCES sections (uuid) ON DELETE CASCADE,
  rating_key TEXT NOT NULL,
  title TEXT NOT NULL,
  updated_at INTEGER,
  generation INTEGER NOT NULL,
  PRIMARY KEY (section_uuid, rating_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE parts (
  section_uuid TEXT NOT NULL,
  rating_key TEXT NOT NULL,
  id TEXT NOT NULL,
  path TEXT NOT NULL,
  path_key TEXT NOT NULL,
  name_key TEXT NOT NULL,
  size INTEGER,
  duration_ms INTEGER,
  PRIMARY KEY (section_uuid, rating_key, id),
  FOREIGN KEY (section_uuid, rating_key) REFERENCES items (section_uuid, rating_key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX parts_by_path ON parts (path_key);
CREATE INDEX parts_by_name ON parts (name_key);
CREATE INDEX parts_by_size ON parts (size) WHERE size IS NOT NULL;

-- What we remember of Stash. updated_at is Stash's own text, compared for equality only.
CREATE TABLE scenes (
  id TEXT NOT NULL PRIMARY KEY,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scene_entities (
  scene_id TEXT NOT NULL REFERENCES scenes (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('performer', 'studio', 'tag', 'group')),
  entity_id TEXT NOT NULL,
  PRIMARY KEY (scene_id, kind, entity_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX scene_entities_by_entity ON scene_entities (kind, entity_id, length(scene_id), scene_id);

-- Files that scenes look for in Plex.
CREATE TABLE missing_names (
  name_key TEXT NOT NULL,
  scene_id TEXT NOT NULL,
  PRIMARY KEY (name_key, scene_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX missing_names_by_scene ON missing_names (scene_id);

CREATE TABLE missing_sizes (
  size INTEGER NOT NULL,
  scene_id TEXT NOT NULL,
  PRIMARY KEY (size, scene_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX missing_sizes_by_scene ON missing_sizes (scene_id);

CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE breakers (
  peer TEXT NOT NULL PRIMARY KEY CHECK (peer IN ('plex', 'stash')),
  breaker TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
