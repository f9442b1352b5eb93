import type { FieldValue, ListFieldName } from '../field.ts';
import type { Change } from '../journalEntry.ts';
import { entriesOf, firstOfEachName } from '../listEntries.ts';
import type { ListEntry } from '../planning/plan.ts';
import { foldName } from '../text.ts';
import type { FieldState, UndoneChange, UndoRules } from './fieldState.ts';

type List = readonly ListEntry[];
type State = FieldState<List>;

/** Entry by entry, names compared as Plex does: what we added goes, what we took away comes back, the rest stays. */
export const undoList = (field: ListFieldName): UndoRules<List> => ({
  read: (item) => entriesOf(item, field),

  undo(state, undone) {
    const { change } = undone;
    const before = byName(change.entries?.before ?? entriesFrom(change.before));
    const after = byName(change.entries?.after ?? entriesFrom(change.after));
    const held = byName(state.value);
    const goes = (key: string): boolean =>
      after.has(key) && !before.has(key) && isStillOurs(key, { state, undone });
    const stays = state.value.filter(({ name }) => !goes(foldName(name)));
    const back = [...before].filter(([key]) => !after.has(key) && !held.has(key));
    const value = [
      ...stays.map((entry) => withDetails(entry, before, after)),
      ...back.map(([, each]) => each),
    ];
    return {
      value: inOrderOf([...before.keys()], value),
      ours: oursAfter({ state, undone, goes, back: new Set(back.map(([key]) => key)) }),
    };
  },

  edit(from, to) {
    const held = byName(from.value);
    const wanted = byName(to.value);
    const remove = from.value.map(({ name }) => name).filter((name) => !wanted.has(foldName(name)));
    const isChanged = [...wanted].some(([key, entry]) => !isInRole(held.get(key), entry));
    if (!isChanged && remove.length === 0 && from.isLocked === to.isLocked) return null;
    // As in merging: a removal alone is the same whichever way Plex takes tag writes (plex reference §3.3).
    const entries = isChanged ? [...wanted].map(([key, entry]) => toSend(entry, held.get(key))) : [];
    return { kind: 'list', field, entries, remove: [...new Set(remove)], lock: to.isLocked };
  },

  shown: (value) => value.map(({ name }) => name),
  entries: (value) => value,
});

/** One that we added and that somebody took away and added again is theirs. */
function isStillOurs(
  key: string,
  { state, undone }: { readonly state: State; readonly undone: UndoneChange },
): boolean {
  const { change, isForced } = undone;
  if (isForced || state.ours === null) return true;
  // Only what became ours by being added can be lost; an undo brings back what is others', too.
  const becameOurs = change.ours.after === null || namesIn(change.ours.after).has(key);
  return !becameOurs || namesIn(state.ours).has(key);
}

interface Undoing {
  readonly state: State;
  readonly undone: UndoneChange;
  readonly goes: (key: string) => boolean;
  readonly back: ReadonlySet<string>;
}

function oursAfter({ state, undone, goes, back }: Undoing): FieldValue | null {
  const { change, sent } = undone;
  const now = namesIn(state.ours);
  const sentSince = namesIn(sent);
  const before = namesIn(change.ours.before);
  // One of ours that a person had taken out of Plex, and that we added again, was ours before, too.
  const kept = [...now].filter(([key]) => !goes(key) || before.has(key));
  // What is shown already came back by us only if we have sent it.
  const returned = [...before].filter(([key]) => back.has(key) || (!now.has(key) && sentSince.has(key)));
  const ours = [...new Map([...kept, ...returned]).values()];
  return ours.length === 0 && change.ours.before === null ? null : ours;
}

/** A role and a photo that we changed go back, unless somebody changed them once more. */
function withDetails(
  entry: ListEntry,
  before: ReadonlyMap<string, ListEntry>,
  after: ReadonlyMap<string, ListEntry>,
): ListEntry {
  const key = foldName(entry.name);
  const [was, wrote] = [before.get(key), after.get(key)];
  if (was === undefined || wrote === undefined) return entry;
  const back = (detail: 'role' | 'thumb'): string =>
    (entry[detail] ?? '') === (wrote[detail] ?? '') ? (was[detail] ?? '') : (entry[detail] ?? '');
  return { ...entry, role: back('role'), thumb: back('thumb') };
}

/** A photo is no reason to write: whether Plex took it cannot be seen [U]. */
const isInRole = (held: ListEntry | undefined, wanted: ListEntry): boolean =>
  held !== undefined && (held.role ?? '') === (wanted.role ?? '');

/** Plex may keep a role that is not sent again. */
const toSend = (entry: ListEntry, held: ListEntry | undefined): ListEntry =>
  (entry.role ?? '') === '' && (held?.role ?? '') !== '' ? { ...entry, clearsRole: true } : entry;

/** As they stood before, then what came since. */
function inOrderOf(keys: readonly string[], entries: List): List {
  const placeOf = (entry: ListEntry): number => {
    const place = keys.indexOf(foldName(entry.name));
    return place === -1 ? keys.length : place;
  };
  return entries.toSorted((one, other) => placeOf(one) - placeOf(other));
}

const byName = (entries: List): ReadonlyMap<string, ListEntry> =>
  firstOfEachName(entries, ({ name }) => name);

const namesIn = (value: FieldValue | null): ReadonlyMap<string, string> =>
  firstOfEachName(typeof value === 'string' ? [] : (value ?? []), (name) => name);

const entriesFrom = (value: Change['before']): List =>
  typeof value === 'string' ? [] : value.map((name) => ({ name }));
