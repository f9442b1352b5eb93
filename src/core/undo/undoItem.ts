import { FIELD_NAMES, FIELDS, type FieldName, type FieldValue, isListField, textFacts } from '../field.ts';
import type { Item } from '../item.ts';
import type { Change, JournalEntry } from '../journalEntry.ts';
import { hasDetails } from '../listEntries.ts';
import type { Base, BaseByField, FieldEdit } from '../planning/plan.ts';
import type { FieldState, UndoRules } from './fieldState.ts';
import { undoList } from './undoList.ts';
import { undoText } from './undoText.ts';

/** A write that is to be undone. */
export interface WriteToUndo {
  readonly entry: Pick<JournalEntry, 'id' | 'changes' | 'undone'>;
  readonly isForced: boolean;
}

/** What an undo does to one field. */
export interface FieldUndo {
  readonly field: FieldName;
  /** For the journal: an undo can be undone, too. */
  readonly change: Change;
  /** Null: it is as it was before already. */
  readonly edit: FieldEdit | null;
  /** What is ours from then on, so that the next merge knows whose value is whose. */
  readonly base: Base;
  readonly undone: readonly number[];
  /** Writes whose field somebody has changed since: it stays. */
  readonly left: readonly number[];
}

export interface UndoRequest {
  readonly item: Item;
  readonly bases: BaseByField;
  /** In any order. */
  readonly writes: readonly WriteToUndo[];
}

/** Takes back writes of one item, the newest first, each as far as Plex still holds what it wrote. */
export function undoItem({ item, bases, writes }: UndoRequest): readonly FieldUndo[] {
  const newestFirst = writes.toSorted((one, other) => other.entry.id - one.entry.id);
  return FIELD_NAMES.flatMap((field) => {
    const changes = newestFirst.flatMap(({ entry, isForced }) =>
      entry.changes
        .filter((change) => change.field === field && !entry.undone.some((each) => each.field === field))
        .map((change): WrittenChange => ({ write: entry.id, change, isForced })),
    );
    if (changes.length === 0) return [];
    const request = { field, item, base: bases[field] ?? NO_BASE, changes };
    return [
      isListField(field) ? undoField(undoList(field), request) : undoField(undoText(field, item), request),
    ];
  });
}

export const editsOfUndo = (fields: readonly FieldUndo[]): readonly FieldEdit[] =>
  fields.flatMap(({ edit }) => edit ?? []);

const NO_BASE: Base = { value: null, intended: null, isLockOurs: false };

interface WrittenChange {
  readonly write: number;
  readonly change: Change;
  readonly isForced: boolean;
}

interface FieldRequest {
  readonly field: FieldName;
  readonly item: Item;
  readonly base: Base;
  readonly changes: readonly WrittenChange[];
}

function undoField<Value>(rules: UndoRules<Value>, request: FieldRequest): FieldUndo {
  const { field, item, base, changes } = request;
  const now: FieldState<Value> = {
    value: rules.read(item),
    isLocked: item.lockedFields.has(FIELDS[field].plex),
    isLockOurs: base.isLockOurs,
    ours: base.value,
  };
  const undone: number[] = [];
  const left: number[] = [];
  let state = now;
  for (const { write, change, isForced } of changes) {
    const next = rules.undo(state, { change, isForced, sent: base.intended });
    if (next === null) left.push(write);
    else {
      undone.push(write);
      state = { ...state, ...next, ...(hasLock(field) ? lockBefore(state, change, isForced) : {}) };
    }
  }
  return {
    field,
    change: changeOf(rules, { field, from: now, to: state }),
    edit: rules.edit(now, state),
    base: { value: state.ours, intended: null, isLockOurs: state.isLockOurs },
    undone,
    left,
  };
}

/** Stars are rated, not edited: what an edit would do to their lock they do not (plex reference §3.5). */
const hasLock = (field: FieldName): boolean => isListField(field) || textFacts(field).isRated !== true;

/** The lock goes back with the value, unless somebody has turned it since. */
function lockBefore(
  state: Pick<FieldState<unknown>, 'isLocked' | 'isLockOurs'>,
  { wasLocked, wasLockOurs, isLocked }: Change,
  isForced: boolean,
): Pick<FieldState<unknown>, 'isLocked' | 'isLockOurs'> {
  const lock = isForced || state.isLocked === isLocked ? wasLocked : state.isLocked;
  return { isLocked: lock, isLockOurs: lock && (lock === wasLocked ? wasLockOurs : state.isLockOurs) };
}

function changeOf<Value>(
  rules: UndoRules<Value>,
  {
    field,
    from,
    to,
  }: { readonly field: FieldName; readonly from: FieldState<Value>; readonly to: FieldState<Value> },
): Change {
  const entries = { before: rules.entries(from.value), after: rules.entries(to.value) };
  return {
    field,
    before: rules.shown(from.value),
    after: rules.shown(to.value),
    wasLocked: from.isLocked,
    wasLockOurs: from.isLockOurs,
    isLocked: to.isLocked,
    ours: { before: from.ours, after: to.ours },
    entries: [...entries.before, ...entries.after].some(hasDetails) ? entries : null,
    reason: 'undone',
  };
}

/** What the base of each field becomes. */
export const basesAfterUndo = (fields: readonly FieldUndo[]): BaseByField =>
  Object.fromEntries(fields.map(({ field, base }) => [field, base]));

/** What is noted as sent, so that a crash does not make us take it for somebody else's. */
export const intendedByUndo = ({ change, base }: FieldUndo): FieldValue =>
  typeof change.after === 'string' ? change.after : (base.value ?? []);
