import type { SceneId } from '../../core/ids.ts';
import type { OpenUndo, SettledUndo, UndoReport, Undos } from '../undos.ts';
import type { Connection } from './connection.ts';
import { HOLD } from './holds.ts';
import { JOURNAL_COLUMNS, type JournalRow, JournalRows } from './journalRow.ts';

interface SceneRow {
  readonly scene: SceneId;
}

const SCENE_OF = 'SELECT scene_id AS scene FROM journal WHERE id = :write';
const ASK = `
  INSERT INTO undo_requests (write_id, scene_id, asked_at, is_forced, state)
  VALUES (:write, :scene, :at, :isForced, 'open')
  ON CONFLICT (write_id) DO UPDATE SET
    asked_at = excluded.asked_at, is_forced = excluded.is_forced, state = 'open', left_words = NULL`;

const OPEN = `
  SELECT ${JOURNAL_COLUMNS}, is_forced FROM undo_requests JOIN journal ON journal.id = write_id
  WHERE undo_requests.scene_id = :scene AND undo_requests.state = 'open'
  ORDER BY write_id DESC`;
const SCENES_WITH_OPEN = `
  SELECT DISTINCT scene_id AS scene FROM undo_requests
  WHERE state = 'open' AND scene_id > :after ORDER BY scene_id LIMIT :limit`;
const COUNT_OPEN = `SELECT count(*) AS writes FROM undo_requests WHERE state = 'open'`;

/** The latest write of this undo to the same item; none when nothing had to be sent. */
const NOTE_UNDONE = `
  INSERT INTO undone_fields (write_id, field, undone_by)
  SELECT done.id, :field, (
    SELECT max(undo.id) FROM journal AS undo
    WHERE undo.scene_id = done.scene_id AND undo.section_uuid = done.section_uuid
      AND undo.rating_key = done.rating_key AND undo.id > done.id
      AND undo.source = 'undo' AND undo.state <> 'given-up' AND undo.at >= undo_requests.asked_at)
  FROM journal AS done JOIN undo_requests ON write_id = done.id
  WHERE done.id = :write
  ON CONFLICT (write_id, field) DO NOTHING`;
/** An undo that is undone has undone nothing. */
const FORGET_UNDONE = 'DELETE FROM undone_fields WHERE undone_by = :write AND field = :field';
const SETTLE = `UPDATE undo_requests SET state = 'done', left_words = :left WHERE write_id = :write`;

const COUNTS = `
  SELECT state, left_words IS NOT NULL AS isLeft, count(*) AS writes FROM undo_requests
  WHERE asked_at >= :since GROUP BY state, isLeft`;
const NOTES = `
  SELECT write_id AS "write", scene_id AS scene, left_words AS words FROM undo_requests
  WHERE asked_at >= :since AND left_words IS NOT NULL ORDER BY asked_at, write_id LIMIT :limit`;

interface CountRow {
  readonly state: 'open' | 'done';
  readonly isLeft: number;
  readonly writes: number;
}

const prepareAll = (connection: Connection) => ({
  sceneOf: connection.prepare<SceneRow>(SCENE_OF),
  ask: connection.prepare(ASK),
  hold: connection.prepare(HOLD),
  open: connection.prepare<JournalRow & { readonly is_forced: number }>(OPEN),
  scenesWithOpen: connection.prepare<SceneRow>(SCENES_WITH_OPEN),
  countOpen: connection.prepare<{ readonly writes: number }>(COUNT_OPEN),
  noteUndone: connection.prepare(NOTE_UNDONE),
  forgetUndone: connection.prepare(FORGET_UNDONE),
  settle: connection.prepare(SETTLE),
  counts: connection.prepare<CountRow>(COUNTS),
  notes: connection.prepare<UndoReport['notes'][number]>(NOTES),
});

export class SqliteUndos implements Undos {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #rows: JournalRows;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
    this.#rows = new JournalRows(connection);
  }

  async ask(
    writes: readonly number[],
    { isForced, at }: Parameters<Undos['ask']>[1],
  ): Promise<readonly SceneId[]> {
    const { sceneOf, ask, hold } = this.#statements;
    return this.#connection.write(() => {
      const scenes = new Set<SceneId>();
      for (const write of writes) {
        const row = sceneOf.get({ write });
        if (row === undefined) continue;
        const { scene } = row;
        ask.run({ write, scene, at, isForced: Number(isForced) });
        hold.run({ scene, at, by: 'undo', reason: '' });
        scenes.add(scene);
      }
      return [...scenes];
    });
  }

  async open(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, readonly OpenUndo[]>> {
    return this.#connection.read(
      () =>
        new Map(
          scenes
            .map((scene) => [scene, this.#statements.open.all({ scene })] as const)
            .filter(([, rows]) => rows.length > 0)
            .map(([scene, rows]) => [
              scene,
              rows.map((row) => ({ entry: this.#rows.toEntry(row), isForced: row.is_forced === 1 })),
            ]),
        ),
    );
  }

  async scenesWithOpen({
    after,
    limit,
  }: Parameters<Undos['scenesWithOpen']>[0]): Promise<readonly SceneId[]> {
    return this.#connection.read(() =>
      this.#statements.scenesWithOpen.all({ after: after ?? '', limit }).map(({ scene }) => scene),
    );
  }

  async countOpen(): Promise<number> {
    return this.#connection.read(() => this.#statements.countOpen.get()?.writes ?? 0);
  }

  async settle(settled: readonly SettledUndo[]): Promise<void> {
    const { noteUndone, forgetUndone, settle } = this.#statements;
    return this.#connection.write(() => {
      for (const { write, undone, left } of settled) {
        for (const field of undone) {
          noteUndone.run({ write, field });
          forgetUndone.run({ write, field });
        }
        settle.run({ write, left });
      }
    });
  }

  async report({ since, limit }: Parameters<Undos['report']>[0]): Promise<UndoReport> {
    return this.#connection.read(() => {
      const rows = this.#statements.counts.all({ since });
      const count = (isMeant: (row: CountRow) => boolean): number =>
        rows.filter(isMeant).reduce((sum, { writes }) => sum + writes, 0);
      return {
        open: count(({ state }) => state === 'open'),
        done: count(({ state }) => state === 'done'),
        left: count(({ isLeft }) => isLeft === 1),
        notes: this.#statements.notes.all({ since, limit }).map((row) => ({ ...row })),
      };
    });
  }
}
