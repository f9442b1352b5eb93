import type { HeldBy, Hold } from '../../core/hold.ts';
import type { SceneId } from '../../core/ids.ts';
import type { Holds } from '../holds.ts';
import type { Connection } from './connection.ts';

interface HoldRow {
  readonly scene_id: SceneId;
  readonly at: number;
  readonly held_by: HeldBy;
  readonly reason: string;
  readonly passed_over_at: number | null;
}

const COLUMNS = 'scene_id, at, held_by, reason, passed_over_at';
export const HOLD = `
  INSERT INTO holds (scene_id, at, held_by, reason) VALUES (:scene, :at, :by, :reason)
  ON CONFLICT (scene_id) DO NOTHING`;
const RELEASE = 'DELETE FROM holds WHERE scene_id = :scene';
export const DROP_UNDOS = `DELETE FROM undo_requests WHERE scene_id = :scene AND state = 'open'`;
const OF_SCENE = `SELECT ${COLUMNS} FROM holds WHERE scene_id = :scene`;
const NEWEST = `SELECT ${COLUMNS} FROM holds WHERE at <= :until ORDER BY at DESC, scene_id LIMIT :limit`;
const COUNT = 'SELECT count(*) AS scenes FROM holds';
const PASS_OVER = 'UPDATE holds SET passed_over_at = :at WHERE scene_id = :scene';

const prepareAll = (connection: Connection) => ({
  hold: connection.prepare(HOLD),
  release: connection.prepare(RELEASE),
  dropUndos: connection.prepare(DROP_UNDOS),
  ofScene: connection.prepare<HoldRow>(OF_SCENE),
  newest: connection.prepare<HoldRow>(NEWEST),
  count: connection.prepare<{ readonly scenes: number }>(COUNT),
  passOver: connection.prepare(PASS_OVER),
});

export class SqliteHolds implements Holds {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async put(scenes: readonly SceneId[], { at, by, reason }: Parameters<Holds['put']>[1]): Promise<number> {
    return this.#connection.write(() =>
      scenes.reduce((held, scene) => held + this.#statements.hold.run({ scene, at, by, reason }), 0),
    );
  }

  async release(scenes: readonly SceneId[]): Promise<readonly SceneId[]> {
    const { release, dropUndos } = this.#statements;
    return this.#connection.write(() =>
      [...new Set(scenes)].filter((scene) => {
        dropUndos.run({ scene });
        return release.run({ scene }) === 1;
      }),
    );
  }

  async of(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, Hold>> {
    return this.#connection.read(
      () =>
        new Map(
          scenes
            .flatMap((scene) => this.#statements.ofScene.get({ scene }) ?? [])
            .map((row) => [row.scene_id, toHold(row)] as const),
        ),
    );
  }

  async list(limit: number): Promise<readonly Hold[]> {
    const until = Number.MAX_SAFE_INTEGER;
    return this.#connection.read(() => this.#statements.newest.all({ until, limit }).map(toHold));
  }

  async count(): Promise<number> {
    return this.#connection.read(() => this.#statements.count.get()?.scenes ?? 0);
  }

  async notePassedOver(scenes: readonly SceneId[], at: number): Promise<void> {
    return this.#connection.write(() => {
      for (const scene of scenes) this.#statements.passOver.run({ scene, at });
    });
  }
}

const toHold = (row: HoldRow): Hold => ({
  sceneId: row.scene_id,
  at: row.at,
  by: row.held_by,
  reason: row.reason,
  passedOverAt: row.passed_over_at,
});
