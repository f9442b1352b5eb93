import type { FieldName } from '../core/field.ts';
import type { SceneId } from '../core/ids.ts';
import type { ImageKind } from '../core/images/imageKind.ts';
import type { JournalEntry } from '../core/journalEntry.ts';

/**
 * Writes that a person wants undone; a part of the port of the store. An undo is work that is kept: it is open until
 * what came of it is settled, so that a crash neither loses nor repeats it.
 */
export interface Undos {
  /** Their scenes are held from then on, in one. A write that was asked for before is asked for anew. */
  ask(writes: readonly number[], asked: { isForced: boolean; at: number }): Promise<readonly SceneId[]>;
  open(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, readonly OpenUndo[]>>;
  /** Scenes with open ones, after `after` in the order of their ids as texts. */
  scenesWithOpen(page: { after: SceneId | null; limit: number }): Promise<readonly SceneId[]>;
  countOpen(): Promise<number>;
  /** Fields that are as they were before the write are noted with the undo that did it; the write is not open any more. */
  settle(settled: readonly SettledUndo[]): Promise<void>;
  /** What came of those asked for at or after a time. */
  report(request: { since: number; limit: number }): Promise<UndoReport>;
}

export interface OpenUndo {
  readonly entry: JournalEntry;
  readonly isForced: boolean;
}

export interface SettledUndo {
  readonly write: number;
  readonly undone: readonly (FieldName | ImageKind)[];
  /** Why something stayed as it is, in words; null: nothing did. */
  readonly left: string | null;
}

export interface UndoReport {
  readonly open: number;
  readonly done: number;
  /** Of the done ones, those of which something stayed as it is. */
  readonly left: number;
  readonly notes: readonly { readonly write: number; readonly scene: SceneId; readonly words: string }[];
}
