import type { EntityId, SceneId } from '../../core/ids.ts';
import type { EntityKind } from '../../core/scene.ts';
import type {
  FileTraits,
  MissingFiles,
  RememberedScene,
  SceneMemory,
  StampedId,
  StampedKind,
} from '../sceneMemory.ts';
import type { Connection } from './connection.ts';

interface EntityRow {
  readonly kind: RememberedScene['entities'][number]['kind'];
  readonly entity: string;
}

interface SceneRow {
  readonly scene: SceneId;
}

const SEE = `
  INSERT INTO scenes (id, updated_at) VALUES (:scene, :updatedAt)
  ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at WHERE updated_at <> excluded.updated_at`;
const SEEN = 'SELECT updated_at AS updatedAt FROM scenes WHERE id = :scene';
/** Of ids of one length, which are ordered as texts as they are by value. */
const SEEN_BETWEEN = `
  SELECT id AS scene, updated_at AS updatedAt FROM scenes
  WHERE length(id) = :length AND id > :after AND id <= :upTo`;
/** SQLite's ids are integers of 64 bits. */
const LONGEST_ID = 19;
/** Its entities go with it. */
const FORGET = 'DELETE FROM scenes WHERE id = :scene';

const SEE_ENTITY = `
  INSERT INTO entities (kind, id, updated_at) VALUES (:kind, :id, :updatedAt)
  ON CONFLICT (kind, id) DO UPDATE SET updated_at = excluded.updated_at WHERE updated_at <> excluded.updated_at`;
const SEEN_ENTITY = 'SELECT updated_at AS updatedAt FROM entities WHERE kind = :kind AND id = :id';
const FORGET_ENTITY = 'DELETE FROM entities WHERE kind = :kind AND id = :id';

const ENTITIES = 'SELECT kind, entity_id AS entity FROM scene_entities WHERE scene_id = :scene';
const ADD_ENTITY = `
  INSERT INTO scene_entities (scene_id, kind, entity_id) VALUES (:scene, :kind, :entity)
  ON CONFLICT (scene_id, kind, entity_id) DO NOTHING`;
const DROP_ENTITY = `
  DELETE FROM scene_entities WHERE scene_id = :scene AND kind = :kind AND entity_id = :entity`;
/** In order of the ids' values; the empty text comes before all of them. */
const CARRYING = `
  SELECT scene_id AS scene FROM scene_entities
  WHERE kind = :kind AND entity_id = :entity AND (length(scene_id), scene_id) > (length(:after), :after)
  ORDER BY length(scene_id), scene_id LIMIT :limit`;

const FORGET_NAMES = 'DELETE FROM missing_names WHERE scene_id = :scene';
const FORGET_SIZES = 'DELETE FROM missing_sizes WHERE scene_id = :scene';
const MISS_NAME = `
  INSERT INTO missing_names (name_key, scene_id) VALUES (:name, :scene)
  ON CONFLICT (name_key, scene_id) DO NOTHING`;
const MISS_SIZE = `
  INSERT INTO missing_sizes (size, scene_id) VALUES (:size, :scene)
  ON CONFLICT (size, scene_id) DO NOTHING`;
const MISSING_NAME = 'SELECT scene_id AS scene FROM missing_names WHERE name_key = :name';
const MISSING_SIZE = 'SELECT scene_id AS scene FROM missing_sizes WHERE size = :size';

const prepareAll = (connection: Connection) => ({
  see: connection.prepare(SEE),
  seen: connection.prepare<{ readonly updatedAt: string }>(SEEN),
  seeEntity: connection.prepare(SEE_ENTITY),
  seenEntity: connection.prepare<{ readonly updatedAt: string }>(SEEN_ENTITY),
  forgetEntity: connection.prepare(FORGET_ENTITY),
  seenBetween: connection.prepare<SceneRow & { readonly updatedAt: string }>(SEEN_BETWEEN),
  forget: [FORGET, FORGET_NAMES, FORGET_SIZES].map((sql) => connection.prepare(sql)),
  entities: connection.prepare<EntityRow>(ENTITIES),
  addEntity: connection.prepare(ADD_ENTITY),
  dropEntity: connection.prepare(DROP_ENTITY),
  carrying: connection.prepare<SceneRow>(CARRYING),
  forgetMissing: [FORGET_NAMES, FORGET_SIZES].map((sql) => connection.prepare(sql)),
  missName: connection.prepare(MISS_NAME),
  missSize: connection.prepare(MISS_SIZE),
  missingName: connection.prepare<SceneRow>(MISSING_NAME),
  missingSize: connection.prepare<SceneRow>(MISSING_SIZE),
});

export class SqliteSceneMemory implements SceneMemory {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async remember(scenes: readonly RememberedScene[]): Promise<void> {
    return this.#connection.write(() => {
      for (const scene of scenes) this.#rememberOne(scene);
    });
  }

  /** Writes the difference only: a full comparison reads every scene, and most are as they were. */
  #rememberOne({ id: scene, updatedAt, entities }: RememberedScene): void {
    this.#statements.see.run({ scene, updatedAt });
    const before = new Map(this.#statements.entities.all({ scene }).map((row) => [entityText(row), row]));
    for (const { kind, id: entity } of entities) {
      if (!before.delete(entityText({ kind, entity })))
        this.#statements.addEntity.run({ scene, kind, entity });
    }
    for (const { kind, entity } of before.values()) this.#statements.dropEntity.run({ scene, kind, entity });
  }

  async forget(scenes: readonly SceneId[]): Promise<void> {
    return this.#connection.write(() => {
      for (const scene of scenes) for (const statement of this.#statements.forget) statement.run({ scene });
    });
  }

  async carrying(request: Parameters<SceneMemory['carrying']>[0]): Promise<readonly SceneId[]> {
    const { kind, id: entity, limit } = request;
    const after = request.after ?? '';
    return this.#connection.read(() =>
      this.#statements.carrying.all({ kind, entity, after, limit }).map((row) => row.scene),
    );
  }

  async seen<Kind extends StampedKind>(
    kind: Kind,
    ids: readonly StampedId<Kind>[],
  ): Promise<ReadonlyMap<StampedId<Kind>, string>> {
    const { seen, seenEntity } = this.#statements;
    return this.#connection.read(
      () =>
        new Map(
          ids.flatMap((id) => {
            const row = kind === 'scene' ? seen.get({ scene: id }) : seenEntity.get({ kind, id });
            return row === undefined ? [] : [[id, row.updatedAt] as const];
          }),
        ),
    );
  }

  async markSeen<Kind extends StampedKind>(
    kind: Kind,
    stamps: readonly { readonly id: StampedId<Kind>; readonly updatedAt: string }[],
  ): Promise<void> {
    const { see, seeEntity } = this.#statements;
    return this.#connection.write(() => {
      for (const { id, updatedAt } of stamps) {
        if (kind === 'scene') see.run({ scene: id, updatedAt });
        else seeEntity.run({ kind, id, updatedAt });
      }
    });
  }

  async seenBetween(range: Parameters<SceneMemory['seenBetween']>[0]): Promise<ReadonlyMap<SceneId, string>> {
    const { after, upTo } = range;
    const shortest = after?.length ?? 1;
    const longest = upTo?.length ?? LONGEST_ID;
    return this.#connection.read(() => {
      const rows = Array.from({ length: longest - shortest + 1 }, (_, index) => shortest + index).flatMap(
        (length) =>
          this.#statements.seenBetween.all({
            length,
            after: after?.length === length ? after : '',
            upTo: upTo?.length === length ? upTo : '9'.repeat(length),
          }),
      );
      return new Map(rows.map((row) => [row.scene, row.updatedAt]));
    });
  }

  async forgetEntities(kind: EntityKind, ids: readonly EntityId[]): Promise<void> {
    return this.#connection.write(() => {
      for (const id of ids) this.#statements.forgetEntity.run({ kind, id });
    });
  }

  async noteMissing(missing: readonly MissingFiles[]): Promise<void> {
    const { forgetMissing, missName, missSize } = this.#statements;
    return this.#connection.write(() => {
      for (const { sceneId: scene, nameKeys, sizes } of missing) {
        for (const statement of forgetMissing) statement.run({ scene });
        for (const name of nameKeys) missName.run({ name, scene });
        for (const size of sizes) missSize.run({ size, scene });
      }
    });
  }

  async missing({ nameKeys, sizes }: FileTraits): Promise<readonly SceneId[]> {
    const { missingName, missingSize } = this.#statements;
    return this.#connection.read(() => {
      const rows = [
        ...nameKeys.flatMap((name) => missingName.all({ name })),
        ...sizes.flatMap((size) => missingSize.all({ size })),
      ];
      return [...new Set(rows.map((row) => row.scene))];
    });
  }
}

const entityText = ({ kind, entity }: EntityRow): string => `${kind} ${entity}`;
