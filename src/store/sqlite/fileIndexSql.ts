export const SECTIONS = `
  SELECT uuid, key, title, listed_at AS listedAt, watermark, caught_up_at AS caughtUpAt,
    (SELECT count(*) FROM items WHERE section_uuid = uuid) AS items
  FROM sections ORDER BY title, uuid`;

export const GENERATION = 'SELECT generation FROM sections WHERE uuid = :section';

export const HAS_ITEM = `
  SELECT 1 AS found FROM items WHERE section_uuid = :section AND rating_key = :ratingKey`;

/** A page of an abandoned listing that comes late does not make an item older than it is. */
export const PUT_ITEM = `
  INSERT INTO items (section_uuid, rating_key, title, updated_at, generation)
  VALUES (:section, :ratingKey, :title, :updatedAt, :generation)
  ON CONFLICT (section_uuid, rating_key) DO UPDATE SET
    title = excluded.title, updated_at = excluded.updated_at,
    generation = CASE WHEN excluded.generation > generation THEN excluded.generation ELSE generation END`;

export const PARTS = `
  SELECT id, path, size, duration_ms AS durationMs FROM parts
  WHERE section_uuid = :section AND rating_key = :ratingKey`;

export const DROP_PARTS = 'DELETE FROM parts WHERE section_uuid = :section AND rating_key = :ratingKey';

export const ADD_PART = `
  INSERT INTO parts (section_uuid, rating_key, id, path, path_key, name_key, size, duration_ms)
  VALUES (:section, :ratingKey, :id, :path, :pathKey, :nameKey, :size, :durationMs)
  ON CONFLICT (section_uuid, rating_key, id) DO NOTHING`;

export const BEGIN_LISTING = `
  INSERT INTO sections (uuid, key, title, generation, watermark) VALUES (:uuid, :key, :title, 1, 0)
  ON CONFLICT (uuid) DO UPDATE SET key = excluded.key, title = excluded.title, generation = generation + 1
  RETURNING generation`;

export const COUNT_UNMET = `
  SELECT count(*) AS items FROM items WHERE section_uuid = :section AND generation < :generation`;

export const UNMET = `
  SELECT rating_key AS ratingKey FROM items WHERE section_uuid = :section AND generation < :generation
  LIMIT :limit`;

export const REMOVE_UNMET = 'DELETE FROM items WHERE section_uuid = :section AND generation < :generation';

export const MARK_LISTED = 'UPDATE sections SET listed_at = :listedAt WHERE uuid = :section';

export const SET_WATERMARK = `
  UPDATE sections SET watermark = :watermark, caught_up_at = :caughtUpAt WHERE uuid = :section`;

/** Its items and their parts go with it. */
export const DROP_SECTION = 'DELETE FROM sections WHERE uuid = :section';

/** Its parts go with it. */
export const REMOVE_ITEM = 'DELETE FROM items WHERE section_uuid = :section AND rating_key = :ratingKey';

const FIND = `
  SELECT parts.section_uuid AS section, parts.rating_key AS ratingKey, parts.id, parts.path, parts.size,
    parts.duration_ms AS durationMs, sections.key AS sectionKey, items.title,
    items.updated_at AS itemUpdatedAt
  FROM parts
  JOIN items ON items.section_uuid = parts.section_uuid AND items.rating_key = parts.rating_key
  JOIN sections ON sections.uuid = parts.section_uuid`;

export const FIND_BY_PATH = `${FIND} WHERE parts.path_key = :key`;
export const FIND_BY_NAME = `${FIND} WHERE parts.name_key = :key LIMIT :limit`;
export const FIND_BY_SIZE = `${FIND} WHERE parts.size = :size`;
/** By the index on names: the beginning, and all that follows it before any other. */
export const FIND_BY_BEGINNING = `
  ${FIND} WHERE parts.name_key >= :beginning AND parts.name_key < :beginning || char(1114111)
  ORDER BY parts.name_key LIMIT :limit`;
export const PARTS_OF_ITEM = `
  ${FIND} WHERE parts.section_uuid = :section AND parts.rating_key = :ratingKey
  ORDER BY length(parts.id), parts.id`;

export const COUNT_ITEMS = 'SELECT count(*) AS items FROM items';
