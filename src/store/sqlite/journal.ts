import type { FieldValue } from '../../core/field.ts';
import { IMAGE_KINDS } from '../../core/images/imageKind.ts';
import type { JournalEntry } from '../../core/journalEntry.ts';
import { linkIdText } from '../../core/link.ts';
import type { IntendedWrite, Journal, ProofOutcome } from '../port.ts';
import type { Connection } from './connection.ts';
import { linkParameters } from './itemParameters.ts';
import { JOURNAL_COLUMNS, type JournalRow, JournalRows } from './journalRow.ts';
import { BASE_FORMAT, JOURNAL_FORMAT, parseChanges } from './storedJson.ts';

const OF_LINK = 'scene_id = :scene AND section_uuid = :section AND rating_key = :ratingKey';

const ADD = `
  INSERT INTO journal (at, scene_id, section_uuid, rating_key, state, source, format, changes)
  VALUES (:now, :scene, :section, :ratingKey, 'sent', :source, :format, :changes)`;

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

const OPEN = `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE ${OF_LINK} AND state = 'sent'`;
const CLOSE = 'UPDATE journal SET state = :state WHERE id = :id';

const SINCE = 'SELECT min(id) AS id FROM journal WHERE at >= :since';
const PAGE = 'id < :before AND id >= :from AND at >= :since ORDER BY id DESC LIMIT :limit';
const LIST = `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE ${PAGE}`;
const LIST_OF_SCENE = `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE scene_id = :scene AND ${PAGE}`;
const ONE = `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE id = :id`;

/** What is being undone is still needed; what goes takes with it what is known of its undo. */
const NOT_BEING_UNDONE = `
  NOT EXISTS (SELECT 1 FROM undo_requests WHERE write_id = journal.id AND undo_requests.state = 'open')`;
const DROP_OLD = `
  DELETE FROM journal WHERE id IN (
    SELECT id FROM journal WHERE at < :olderThan AND ${NOT_BEING_UNDONE} ORDER BY at LIMIT :limit)`;
/** Ids are given out without gaps, so that the distance to the latest one tells how many came since. */
const DROP_EXCESS = `
  DELETE FROM journal WHERE id IN (
    SELECT id FROM journal WHERE id <= (SELECT max(id) FROM journal) - :keep AND ${NOT_BEING_UNDONE}
    ORDER BY id LIMIT :limit)`;

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
  since: connection.prepare<{ readonly id: number | null }>(SINCE),
  one: connection.prepare<JournalRow>(ONE),
  dropOld: connection.prepare(DROP_OLD),
  dropExcess: connection.prepare(DROP_EXCESS),
});

export class SqliteJournal implements Journal {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #rows: JournalRows;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
    this.#rows = new JournalRows(connection);
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
    const { source, changes } = write;
    add.run({ ...link, now, source, format: JOURNAL_FORMAT, changes: JSON.stringify(changes) });
    // A lock that was not there before and is from now on is ours.
    const lockedByUs = new Set<string>(
      changes.flatMap(({ field, wasLocked, isLocked }) => (!wasLocked && isLocked ? field : [])),
    );
    for (const [field, intended] of Object.entries(write.intended)) {
      const isLockOurs = Number(lockedByUs.has(field));
      intend.run({ ...link, field, format: BASE_FORMAT, intended: JSON.stringify(intended), isLockOurs });
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
      arrive.run({ ...link, field, format: BASE_FORMAT, value: toJson(base.value), isLockOurs });
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
    const { list, listOfScene, since: sinceId } = this.#statements;
    const { scene, limit, since = 0, before = Number.MAX_SAFE_INTEGER } = request;
    return this.#connection.read(() => {
      const from = since === 0 ? 0 : (sinceId.get({ since })?.id ?? Number.MAX_SAFE_INTEGER);
      const page = { limit, before, since, from };
      const rows = scene === undefined ? list.all(page) : listOfScene.all({ ...page, scene });
      return rows.map((row) => this.#rows.toEntry(row));
    });
  }

  async entries(ids: readonly number[]): Promise<readonly JournalEntry[]> {
    return this.#connection.read(() =>
      ids.flatMap((id) => this.#statements.one.get({ id }) ?? []).map((row) => this.#rows.toEntry(row)),
    );
  }

  async prune({ olderThan, keep, limit }: Parameters<Journal['prune']>[0]): Promise<number> {
    const { dropOld, dropExcess } = this.#statements;
    return this.#connection.write(() => {
      const old = dropOld.run({ olderThan, limit });
      return old + (old < limit ? dropExcess.run({ keep, limit: limit - old }) : 0);
    });
  }
}

const isImage = (field: string): boolean => Object.hasOwn(IMAGE_KINDS, field);

const toJson = (value: FieldValue | null): string | null => (value === null ? null : JSON.stringify(value));
