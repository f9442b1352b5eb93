import type { SceneId } from '../../core/ids.ts';
import type { DestroyedScenes } from '../destroyedScenes.ts';
import type { Connection } from './connection.ts';
import { DROP_UNDOS } from './holds.ts';

/** The first time stays; a scene that Plex never had anything of is none to remember, unless it is held. */
const NOTE = `
  INSERT INTO destroyed_scenes (scene_id, at)
  SELECT :scene, :at
  WHERE EXISTS (SELECT 1 FROM links WHERE scene_id = :scene)
    OR EXISTS (SELECT 1 FROM bases WHERE scene_id = :scene)
    OR EXISTS (SELECT 1 FROM holds WHERE scene_id = :scene)
  ON CONFLICT (scene_id) DO NOTHING`;
const TAKE_BACK = 'DELETE FROM destroyed_scenes WHERE scene_id = :scene';
const COUNT_SINCE = 'SELECT count(*) AS scenes FROM destroyed_scenes WHERE at > :time';
const BEFORE = 'SELECT scene_id AS scene FROM destroyed_scenes WHERE at < :time';
const FORGET = [
  `UPDATE journal SET state = 'given-up' WHERE scene_id = :scene AND state = 'sent'`,
  'DELETE FROM bases WHERE scene_id = :scene',
  'DELETE FROM links WHERE scene_id = :scene',
  'DELETE FROM holds WHERE scene_id = :scene',
  DROP_UNDOS,
  TAKE_BACK,
];

const prepareAll = (connection: Connection) => ({
  note: connection.prepare(NOTE),
  takeBack: connection.prepare(TAKE_BACK),
  countSince: connection.prepare<{ readonly scenes: number }>(COUNT_SINCE),
  before: connection.prepare<{ readonly scene: SceneId }>(BEFORE),
  forget: FORGET.map((sql) => connection.prepare(sql)),
});

export class SqliteDestroyedScenes implements DestroyedScenes {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async note(scenes: readonly SceneId[], at: number): Promise<void> {
    return this.#connection.write(() => {
      for (const scene of scenes) this.#statements.note.run({ scene, at });
    });
  }

  async takeBack(scenes: readonly SceneId[]): Promise<void> {
    return this.#connection.write(() => {
      for (const scene of scenes) this.#statements.takeBack.run({ scene });
    });
  }

  async countSince(time: number): Promise<number> {
    return this.#connection.read(() => this.#statements.countSince.get({ time })?.scenes ?? 0);
  }

  async forgetBefore(time: number): Promise<number> {
    return this.#connection.write(() => {
      const scenes = this.#statements.before.all({ time });
      for (const { scene } of scenes)
        for (const statement of this.#statements.forget) statement.run({ scene });
      return scenes.length;
    });
  }
}
