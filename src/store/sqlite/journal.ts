import type { FieldValue } from '../../core/field.ts';
import type { SceneId } from '../../core/ids.ts';
import { IMAGE_KINDS } from '../../core/images/imageKind.ts';
import type { ItemKey } from '../../core/item.ts';
import { linkIdText } from '../../core/link.ts';
import type { IntendedWrite, Journal, JournalEntry, ProofOutcome } from '../port.ts';
import type { Connection } from './connection.ts';
import { linkParameters } from './itemParameters.ts';
import { JSON_FORMAT, parseChanges } from './storedJson.ts';

interface JournalRow {
  readonly id: number;
  readonly at: number;
  readonly state: JournalEntry['state'];
  readonly scene_id: SceneId;
  readonly section_uuid: ItemKey['section'];
  readonly rating_key: ItemKey['ratingKey'];
  readonly changes: string;
}

const OF_LINK = 'scene_id = :scene AND section_uuid = :section AND rating_key = :ratingKey';

const ADD = `
  INSERT INTO journal (at, scene_id, section_uuid, rating_key, state, format, changes)
  VALUES (:now, :scene, :section, :ratingKey, 'sent', :format, :changes)`;

const MARK_WRITTEN = `UPDATE links SET written_at = :now WHERE ${OF_LINK}`;

const INTEND = `
  INSERT INTO bases (scene_id, section_uuid, rating_key, field, format, value, intended, is_lock_ours)
  VALUES (:scene, :section, :ratingKey, :field, :format, NULL, :intended, :isLockOurs)
  ON CONFLICT (scene_id, section_uuid, rating_key, field) DO UPDATE SET
    intended = excluded.intended,
    is_lock_ours = CASE WHEN is_lock_ours = 1 THEN 1 ELSE excluded.is_lock_ours END`;

const ARRIVE = `
  INSERT INTO bases (scene_id, section_uuid, rating_key, field, format, value, intended, is_lock_ours)
  VALUES (:scene, :section, :ratingKey, :field, :format, :value, NULL, :isLockOurs)
  ON CONFLICT (scene_id, section_uuid, rating_key, field) DO UPDATE SET
    format = excluded.format, value = excluded.value, intended = NULL, is_lock_ours = excluded.is_lock_ours`;

const GIVE_UP = `UPDATE bases SET intended = NULL WHERE ${OF_LINK} AND field = :field`;

const MARK_PROVEN = `
  UPDATE links SET
    desired_hash = :desiredHash, verified_updated_at = :updatedAt, verified_at = :now, written_at = NULL
  WHERE ${OF_LINK}`;

const COLUMNS = 'id, at, state, scene_id, section_uuid, rating_key, changes';
const OPEN = `SELECT ${COLUMNS} FROM journal WHERE ${OF_LINK} AND state = 'sent'`;
const CLOSE = 'UPDATE journal SET state = :state WHERE id = :id';

const LIST = `SELECT ${COLUMNS} FROM journal WHERE id < :before ORDER BY id DESC LIMIT :limit`;
const LIST_OF_SCENE = `
  SELECT ${COLUMNS} FROM journal WHERE scene_id = :scene AND id < :before ORDER BY id DESC LIMIT :limit`;

const prepareAll = (connection: Connection) => ({
  add: connection.prepare(ADD),
  markWritten: connection.prepare(MARK_WRITTEN),
  intend: connection.prepare(INTEND),
  arrive: connection.prepare(ARRIVE),
  giveUp: connection.prepare(GIVE_UP),
  markProven: connection.prepare(MARK_PROVEN),
  open: connection.prepare<JournalRow>(OPEN),
  close: connection.prepare(CLOSE),
  list: connection.prepare<JournalRow>(LIST),
  listOfScene: connection.prepare<JournalRow>(LIST_OF_SCENE),
});

export class SqliteJournal implements Journal {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async intend(writes: readonly IntendedWrite[], now: number): Promise<void> {
    return this.#connection.write(() => {
      for (const write of writes) this.#intendOne(write, now);
    });
  }

  #intendOne(write: IntendedWrite, now: number): void {
    const { add, markWritten, intend } = this.#statements;
    const link = linkParameters(write);
    if (markWritten.run({ ...link, now }) === 0) {
      throw new Error(`There is no link ${linkIdText(write)}, so nothing may be written through it`);
    }
    add.run({ ...link, now, format: JSON_FORMAT, changes: JSON.stringify(write.changes) });
    // Every value goes with its lock: one that was not there before is ours.
    const wasLocked = new Set<string>(
      write.changes.flatMap((change) => (change.wasLocked ? change.field : [])),
    );
    for (const [field, intended] of Object.entries(write.intended)) {
      const isLockOurs = Number(!wasLocked.has(field));
      intend.run({ ...link, field, format: JSON_FORMAT, intended: JSON.stringify(intended), isLockOurs });
    }
  }

  async prove(outcomes: readonly ProofOutcome[], now: number): Promise<void> {
    return this.#connection.write(() => {
      for (const outcome of outcomes) this.#proveOne(outcome, now);
    });
  }

  #proveOne(outcome: ProofOutcome, now: number): void {
    const { arrive, giveUp, markProven } = this.#statements;
    const link = linkParameters(outcome);
    for (const [field, base] of Object.entries(outcome.arrived)) {
      const isLockOurs = Number(base.isLockOurs);
      arrive.run({ ...link, field, format: JSON_FORMAT, value: toJson(base.value), isLockOurs });
    }
    for (const field of outcome.givenUp) giveUp.run({ ...link, field });
    this.#closeWrites(outcome);
    if (outcome.proof === null) return;
    const { desiredHash, updatedAt } = outcome.proof;
    markProven.run({ ...link, desiredHash, updatedAt, now });
  }

  #closeWrites(outcome: ProofOutcome): void {
    const { open, close } = this.#statements;
    const givenUp = new Set<string>(outcome.givenUp);
    for (const { id, changes } of open.all(linkParameters(outcome))) {
      const fields = parseChanges(changes).map((change) => change.field);
      if (fields.every(isImage)) continue;
      const isGivenUp = fields.some((field) => givenUp.has(field));
      if (isGivenUp) close.run({ id, state: 'given-up' });
      else if (outcome.proof !== null) close.run({ id, state: 'arrived' });
    }
  }

  async list(request: Parameters<Journal['list']>[0]): Promise<readonly JournalEntry[]> {
    const { list, listOfScene } = this.#statements;
    const page = { limit: request.limit, before: request.before ?? Number.MAX_SAFE_INTEGER };
    return this.#connection.read(() =>
      (request.scene === undefined ? list.all(page) : listOfScene.all({ ...page, scene: request.scene })).map(
        toEntry,
      ),
    );
  }
}

const isImage = (field: string): boolean => Object.hasOwn(IMAGE_KINDS, field);

const toJson = (value: FieldValue | null): string | null => (value === null ? null : JSON.stringify(value));

const toEntry = (row: JournalRow): JournalEntry => ({
  id: row.id,
  at: row.at,
  state: row.state,
  sceneId: row.scene_id,
  item: { section: row.section_uuid, ratingKey: row.rating_key },
  changes: parseChanges(row.changes),
});
