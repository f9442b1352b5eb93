import type { Migration } from './migration.ts';

export const images: Migration = {
  version: 6,
  name: 'what was done about images',
  sql: `
-- What we last did about the poster and the background of an item. Keys are Plex's names of images; tags are what
-- Stash tells a cover by, and cover_stamp is its text of a time: compared for equality only, all of them.
CREATE TABLE images (
  scene_id TEXT NOT NULL,
  section_uuid TEXT NOT NULL,
  rating_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('poster', 'background')),
  cover_stamp TEXT,
  cover_tag TEXT,
  skipped TEXT,
  is_kept INTEGER NOT NULL CHECK (is_kept IN (0, 1)),
  written_key TEXT,
  written_tag TEXT,
  intended_key TEXT,
  intended_tag TEXT,
  shown_path TEXT,
  is_lock_ours INTEGER NOT NULL CHECK (is_lock_ours IN (0, 1)),
  PRIMARY KEY (scene_id, section_uuid, rating_key, kind),
  CONSTRAINT written_is_whole CHECK ((written_key IS NULL) = (written_tag IS NULL)),
  CONSTRAINT intended_is_whole CHECK ((intended_key IS NULL) = (intended_tag IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX images_skipped ON images (skipped) WHERE skipped IS NOT NULL;
`,
};
