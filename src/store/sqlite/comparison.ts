import type { FailureClass } from '../../core/failure.ts';
import type { SceneId } from '../../core/ids.ts';
import type { ItemKey } from '../../core/item.ts';
import type { JobState } from '../../core/job.ts';
import type { Comparison, FilesNotInStash, SceneJobState, UnclaimedFile } from '../comparisonPort.ts';
import type { Connection } from './connection.ts';
import { itemParameters } from './itemParameters.ts';

interface SceneRow {
  readonly scene: SceneId;
}

type FileRow = ItemKey & Omit<UnclaimedFile, 'item'>;

const JOB = `
  SELECT state, failure_class AS class FROM jobs WHERE kind = 'scene' AND id = :scene`;

/** Ids are texts: of one length, their order is that of their values, and the key's own order serves. */
const REMEMBERED_OF_LENGTH = `
  SELECT id AS scene FROM scenes WHERE id > :above AND id <= :upTo AND length(id) = :length
  ORDER BY id LIMIT :limit`;
const REMEMBERED_TO_THE_END = `
  SELECT id AS scene FROM scenes
  WHERE length(id) > length(:after) OR (length(id) = length(:after) AND id > :after)
  ORDER BY length(id), id LIMIT :limit`;

const NOT_IN_PLEX = `
  SELECT DISTINCT scene_id AS scene FROM missing_names ORDER BY length(scene_id), scene_id LIMIT :limit`;
const COUNT_NOT_IN_PLEX = 'SELECT count(DISTINCT scene_id) AS scenes FROM missing_names';

/** The busy and the destroyed are few, so that all links are gone through once and no job is looked up for each. */
const COUNT_IN_STEP = `
  SELECT (
    SELECT count(*) FROM (SELECT scene_id FROM links GROUP BY scene_id HAVING count(desired_hash) = count(*))
  ) - (
    SELECT count(*) FROM (
      SELECT id AS scene FROM jobs WHERE kind = 'scene' UNION SELECT scene_id FROM destroyed_scenes)
    WHERE EXISTS (SELECT 1 FROM links WHERE scene_id = scene)
      AND NOT EXISTS (SELECT 1 FROM links WHERE scene_id = scene AND desired_hash IS NULL)
  ) AS scenes`;

const PAGE = `
  SELECT section_uuid, rating_key, title FROM items
  WHERE (section_uuid, rating_key) > (:section, :ratingKey)
  ORDER BY section_uuid, rating_key LIMIT :items`;
const NOT_IN_STASH = `
  WITH page AS (${PAGE})
  SELECT page.section_uuid AS section, page.rating_key AS ratingKey, page.title, parts.path, parts.size
  FROM page
  JOIN parts ON parts.section_uuid = page.section_uuid AND parts.rating_key = page.rating_key
  WHERE NOT EXISTS (
    SELECT 1 FROM links JOIN scenes ON scenes.id = links.scene_id
    WHERE links.section_uuid = page.section_uuid AND links.rating_key = page.rating_key)`;
const LAST_OF_PAGE = `
  WITH page AS (${PAGE})
  SELECT section_uuid AS section, rating_key AS ratingKey FROM page LIMIT 1 OFFSET :items - 1`;

const prepareAll = (connection: Connection) => ({
  job: connection.prepare<{ readonly state: JobState; readonly class: FailureClass | null }>(JOB),
  rememberedOfLength: connection.prepare<SceneRow>(REMEMBERED_OF_LENGTH),
  rememberedToTheEnd: connection.prepare<SceneRow>(REMEMBERED_TO_THE_END),
  notInPlex: connection.prepare<SceneRow>(NOT_IN_PLEX),
  countNotInPlex: connection.prepare<{ readonly scenes: number }>(COUNT_NOT_IN_PLEX),
  countInStep: connection.prepare<{ readonly scenes: number }>(COUNT_IN_STEP),
  notInStash: connection.prepare<FileRow>(NOT_IN_STASH),
  lastOfPage: connection.prepare<ItemKey>(LAST_OF_PAGE),
});

export class SqliteComparison implements Comparison {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async jobsOf(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, SceneJobState>> {
    return this.#connection.read(
      () =>
        new Map(
          scenes.flatMap((scene) => {
            const row = this.#statements.job.get({ scene });
            return row === undefined ? [] : [[scene, { ...row }] as const];
          }),
        ),
    );
  }

  async rememberedScenes(range: Parameters<Comparison['rememberedScenes']>[0]): Promise<readonly SceneId[]> {
    const { upTo, limit } = range;
    const after = range.after ?? '';
    return this.#connection.read(() => {
      const rows =
        upTo === null
          ? this.#statements.rememberedToTheEnd.all({ after, limit })
          : this.#rememberedUpTo({ after, upTo, limit });
      return rows.map((row) => row.scene);
    });
  }

  #rememberedUpTo({ after, upTo, limit }: { after: string; upTo: string; limit: number }): SceneRow[] {
    const rows: SceneRow[] = [];
    for (let length = Math.max(1, after.length); length <= upTo.length && rows.length < limit; length++) {
      rows.push(
        ...this.#statements.rememberedOfLength.all({
          above: length === after.length ? after : '',
          upTo: length === upTo.length ? upTo : '9'.repeat(length),
          length,
          limit: limit - rows.length,
        }),
      );
    }
    return rows;
  }

  async scenesNotInPlex(limit: number): Promise<readonly SceneId[]> {
    return this.#connection.read(() => this.#statements.notInPlex.all({ limit }).map((row) => row.scene));
  }

  async countScenesNotInPlex(): Promise<number> {
    return this.#connection.read(() => this.#statements.countNotInPlex.get()?.scenes ?? 0);
  }

  async countInStep(): Promise<number> {
    return this.#connection.read(() => this.#statements.countInStep.get()?.scenes ?? 0);
  }

  async filesNotInStash({
    after,
    items,
  }: Parameters<Comparison['filesNotInStash']>[0]): Promise<FilesNotInStash> {
    const page = { ...(after === null ? { section: '', ratingKey: '' } : itemParameters(after)), items };
    return this.#connection.read(() => {
      const last = this.#statements.lastOfPage.get(page);
      return {
        files: this.#statements.notInStash.all(page).map(toFile),
        last: last === undefined ? null : { ...last },
      };
    });
  }
}

const toFile = ({ section, ratingKey, ...file }: FileRow): UnclaimedFile => ({
  ...file,
  item: { section, ratingKey },
});
