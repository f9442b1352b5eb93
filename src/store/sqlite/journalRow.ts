import type { SceneId } from '../../core/ids.ts';
import type { ItemKey } from '../../core/item.ts';
import type { TriggerSource } from '../../core/job.ts';
import type { JournalEntry, UndoneField } from '../../core/journalEntry.ts';
import type { Connection, Statement } from './connection.ts';
import { parseChanges, parseWritten } from './storedJson.ts';

/** A row of the table `journal`. */
export interface JournalRow {
  readonly id: number;
  readonly at: number;
  readonly state: JournalEntry['state'];
  readonly source: TriggerSource | null;
  readonly scene_id: SceneId;
  readonly section_uuid: ItemKey['section'];
  readonly rating_key: ItemKey['ratingKey'];
  readonly changes: string;
}

export const JOURNAL_COLUMNS =
  'journal.id, at, journal.state, source, journal.scene_id, section_uuid, rating_key, changes';

interface UndoneRow {
  readonly field: string;
  readonly undone_by: number | null;
}

const UNDONE = 'SELECT field, undone_by FROM undone_fields WHERE write_id = :id';

/** Makes entries of rows, in the transaction that has read them. */
export class JournalRows {
  readonly #undone: Statement<UndoneRow>;

  constructor(connection: Connection) {
    this.#undone = connection.prepare<UndoneRow>(UNDONE);
  }

  toEntry(row: JournalRow): JournalEntry {
    return {
      id: row.id,
      at: row.at,
      state: row.state,
      source: row.source,
      sceneId: row.scene_id,
      item: { section: row.section_uuid, ratingKey: row.rating_key },
      changes: parseChanges(row.changes),
      undone: this.#undone
        .all({ id: row.id })
        .map((each): UndoneField => ({ field: parseWritten(each.field), by: each.undone_by })),
    };
  }
}
