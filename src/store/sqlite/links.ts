import type { SceneId } from '../../core/ids.ts';
import type { ItemKey } from '../../core/item.ts';
import { EVIDENCE, type Evidence, type Link, linkIdText } from '../../core/link.ts';
import type { Base, BaseByField } from '../../core/planning/plan.ts';
import type { LinkId, Links } from '../port.ts';
import type { Connection, Parameters } from './connection.ts';
import { itemParameters, linkParameters } from './itemParameters.ts';
import { parseFieldName, parseFieldValue } from './storedJson.ts';

interface LinkRow {
  readonly scene_id: SceneId;
  readonly section_uuid: ItemKey['section'];
  readonly rating_key: ItemKey['ratingKey'];
  readonly evidence: Evidence;
  readonly scene_oshash: string | null;
  readonly scene_path: string;
  readonly item_path: string;
  readonly desired_hash: string | null;
  readonly verified_updated_at: number | null;
  readonly verified_at: number | null;
  readonly written_at: number | null;
}

interface BaseRow {
  readonly field: string;
  readonly value: string | null;
  readonly intended: string | null;
  readonly is_lock_ours: number;
}

const COLUMNS = `scene_id, section_uuid, rating_key, evidence, scene_oshash, scene_path, item_path,
  desired_hash, verified_updated_at, verified_at, written_at`;

const OF_SCENE = `
  SELECT ${COLUMNS} FROM links WHERE scene_id = :scene ORDER BY section_uuid, length(rating_key), rating_key`;

const OF_ITEM = `
  SELECT ${COLUMNS} FROM links WHERE section_uuid = :section AND rating_key = :ratingKey
  ORDER BY length(scene_id), scene_id`;

const PUT = `
  INSERT INTO links (${COLUMNS})
  VALUES (:scene, :section, :ratingKey, :evidence, :sceneOshash, :scenePath, :itemPath,
    :desiredHash, :verifiedUpdatedAt, :verifiedAt, :writtenAt)
  ON CONFLICT (scene_id, section_uuid, rating_key) DO UPDATE SET
    evidence = CASE WHEN (evidence = 'pinned') = (excluded.evidence = 'pinned') THEN excluded.evidence ELSE evidence END,
    scene_oshash = excluded.scene_oshash, scene_path = excluded.scene_path,
    item_path = excluded.item_path, desired_hash = excluded.desired_hash,
    verified_updated_at = excluded.verified_updated_at, verified_at = excluded.verified_at,
    written_at = excluded.written_at`;

/** The weakest, until the next look says what holds. */
const UNPIN = `UPDATE links SET evidence = '${EVIDENCE.at(-1)}' WHERE scene_id = :scene AND evidence = 'pinned'`;
const PIN = `
  INSERT INTO links (${COLUMNS})
  VALUES (:scene, :section, :ratingKey, 'pinned', :sceneOshash, :scenePath, :itemPath, NULL, NULL, NULL, NULL)
  ON CONFLICT (scene_id, section_uuid, rating_key) DO UPDATE SET
    evidence = 'pinned', scene_oshash = excluded.scene_oshash, scene_path = excluded.scene_path,
    item_path = excluded.item_path`;

const OF_LINK = 'WHERE scene_id = :scene AND section_uuid = :section AND rating_key = :ratingKey';
const DROP = `DELETE FROM links ${OF_LINK}`;
const DROP_BASE = `DELETE FROM bases ${OF_LINK}`;
const DROP_IMAGES = `DELETE FROM images ${OF_LINK}`;
/** Nobody waits for their effect any more, and a later link of the same pair must not prove them. */
const GIVE_UP_WRITES = `UPDATE journal SET state = 'given-up' ${OF_LINK} AND state = 'sent'`;

const DROP_ALL = 'DELETE FROM links';
const DROP_ALL_BASES = 'DELETE FROM bases';
const DROP_ALL_IMAGES = 'DELETE FROM images';
const DROP_ALL_DESTROYED = 'DELETE FROM destroyed_scenes';
const GIVE_UP_ALL_WRITES = `UPDATE journal SET state = 'given-up' WHERE state = 'sent'`;

const COUNT = 'SELECT count(*) AS links FROM links';
const COUNT_SCENES = 'SELECT count(DISTINCT scene_id) AS scenes FROM links';
/**
 * Just `:limit` of `:count` links, evenly spread: walking over them, `place * limit` passes a multiple of
 * `count` that often. The inner query reads an index only.
 */
const SAMPLE = `
  WITH places AS (
    SELECT scene_id AS scene, section_uuid AS section, rating_key AS item,
      row_number() OVER (ORDER BY section_uuid, rating_key, scene_id) AS place
    FROM links
  )
  SELECT ${COLUMNS} FROM places
  JOIN links ON scene_id = scene AND section_uuid = section AND rating_key = item
  WHERE (place * :limit + :shift) % :count < :limit`;

const BASES = `SELECT field, value, intended, is_lock_ours FROM bases ${OF_LINK}`;

const prepareAll = (connection: Connection) => ({
  ofScene: connection.prepare<LinkRow>(OF_SCENE),
  ofItem: connection.prepare<LinkRow>(OF_ITEM),
  put: connection.prepare(PUT),
  pin: connection.prepare(PIN),
  unpin: connection.prepare(UNPIN),
  drop: connection.prepare(DROP),
  dropBase: connection.prepare(DROP_BASE),
  dropImages: connection.prepare(DROP_IMAGES),
  giveUpWrites: connection.prepare(GIVE_UP_WRITES),
  dropAll: [DROP_ALL, DROP_ALL_BASES, DROP_ALL_IMAGES, DROP_ALL_DESTROYED, GIVE_UP_ALL_WRITES].map((sql) =>
    connection.prepare(sql),
  ),
  count: connection.prepare<{ readonly links: number }>(COUNT),
  countScenes: connection.prepare<{ readonly scenes: number }>(COUNT_SCENES),
  sample: connection.prepare<LinkRow>(SAMPLE),
  bases: connection.prepare<BaseRow>(BASES),
});

export class SqliteLinks implements Links {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async ofScenes(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, readonly Link[]>> {
    return this.#connection.read(
      () =>
        new Map(
          scenes
            .map((scene) => [scene, this.#statements.ofScene.all({ scene }).map(toLink)] as const)
            .filter(([, links]) => links.length > 0),
        ),
    );
  }

  async ofItems(items: readonly ItemKey[]): Promise<readonly Link[]> {
    return this.#connection.read(() =>
      items.flatMap((item) => this.#statements.ofItem.all(itemParameters(item)).map(toLink)),
    );
  }

  async put(links: readonly Link[]): Promise<void> {
    return this.#connection.write(() => {
      for (const link of links) this.#statements.put.run(rowParameters(link));
    });
  }

  async pin({ sceneId: scene, item, sceneOshash, scenePath, itemPath }: Link): Promise<void> {
    const { pin, unpin } = this.#statements;
    return this.#connection.write(() => {
      unpin.run({ scene });
      pin.run({ scene, ...itemParameters(item), sceneOshash, scenePath, itemPath });
    });
  }

  async unpin(scene: SceneId): Promise<number> {
    return this.#connection.write(() => this.#statements.unpin.run({ scene }));
  }

  async drop(links: readonly LinkId[], { withBase }: { withBase: boolean }): Promise<void> {
    const { drop, dropBase, dropImages, giveUpWrites } = this.#statements;
    return this.#connection.write(() => {
      for (const id of links.map(linkParameters)) {
        drop.run(id);
        if (!withBase) continue;
        dropBase.run(id);
        dropImages.run(id);
        giveUpWrites.run(id);
      }
    });
  }

  async dropAll(): Promise<void> {
    return this.#connection.write(() => {
      for (const statement of this.#statements.dropAll) statement.run();
    });
  }

  async sample(limit: number, fraction: number): Promise<readonly Link[]> {
    return this.#connection.read(() => {
      const count = this.#count();
      const shift = Math.floor(fraction * count);
      return this.#statements.sample.all({ limit, shift, count }).map(toLink);
    });
  }

  async count(): Promise<number> {
    return this.#connection.read(() => this.#count());
  }

  async countScenes(): Promise<number> {
    return this.#connection.read(() => this.#statements.countScenes.get()?.scenes ?? 0);
  }

  #count(): number {
    return this.#statements.count.get()?.links ?? 0;
  }

  async bases(links: readonly LinkId[]): Promise<ReadonlyMap<string, BaseByField>> {
    return this.#connection.read(
      () =>
        new Map(
          links
            .map((link) => [linkIdText(link), this.#statements.bases.all(linkParameters(link))] as const)
            .filter(([, rows]) => rows.length > 0)
            .map(([key, rows]) => [key, toBases(rows)]),
        ),
    );
  }
}

const toLink = (row: LinkRow): Link => ({
  sceneId: row.scene_id,
  item: { section: row.section_uuid, ratingKey: row.rating_key },
  evidence: row.evidence,
  sceneOshash: row.scene_oshash,
  scenePath: row.scene_path,
  itemPath: row.item_path,
  desiredHash: row.desired_hash,
  verifiedUpdatedAt: row.verified_updated_at,
  verifiedAt: row.verified_at,
  writtenAt: row.written_at,
});

const rowParameters = (link: Link): Parameters => ({
  ...linkParameters(link),
  evidence: link.evidence,
  sceneOshash: link.sceneOshash,
  scenePath: link.scenePath,
  itemPath: link.itemPath,
  desiredHash: link.desiredHash,
  verifiedUpdatedAt: link.verifiedUpdatedAt,
  verifiedAt: link.verifiedAt,
  writtenAt: link.writtenAt,
});

const toBases = (rows: readonly BaseRow[]): BaseByField =>
  Object.fromEntries(rows.map((row) => [parseFieldName(row.field), toBase(row)]));

const toBase = (row: BaseRow): Base => ({
  value: row.value === null ? null : parseFieldValue(row.value),
  intended: row.intended === null ? null : parseFieldValue(row.intended),
  isLockOurs: row.is_lock_ours === 1,
});
