import type { FieldValue } from '../field.ts';
import type { Item } from '../item.ts';
import type { Change } from '../journalEntry.ts';
import type { FieldEdit, ListEntry } from '../planning/plan.ts';

/** One field of an item on its way back: what Plex holds, and what of that is ours. */
export interface FieldState<Value> {
  readonly value: Value;
  readonly isLocked: boolean;
  readonly isLockOurs: boolean;
  readonly ours: FieldValue | null;
}

export interface UndoneChange {
  readonly change: Change;
  /** Also where somebody has changed it since. */
  readonly isForced: boolean;
  /** What we have sent since and not seen arrive: after a crash perhaps this very undo. */
  readonly sent: FieldValue | null;
}

/** How fields of one kind are put back; a kind of field that is written has to say so. */
export interface UndoRules<Value> {
  read(item: Item): Value;
  /** Null: somebody has changed it since, so it stays. */
  undo(state: FieldState<Value>, undone: UndoneChange): Pick<FieldState<Value>, 'value' | 'ours'> | null;
  /** What has to be sent, and null when that is nothing. */
  edit(from: FieldState<Value>, to: FieldState<Value>): FieldEdit | null;
  shown(value: Value): FieldValue;
  /** What the journal keeps beside names. */
  entries(value: Value): readonly ListEntry[];
}
