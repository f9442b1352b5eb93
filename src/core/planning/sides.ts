import {
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  isListField,
  type ListFieldName,
  type TextFieldName,
} from '../field.ts';
import type { Item } from '../item.ts';
import { foldName } from '../text.ts';
import { isFileTitle } from './fileTitle.ts';
import type { BaseByField, Desired, ListEntry } from './plan.ts';

/** Names by what they are compared by, in order. Of two that fold to the same, the first. */
export type Names = ReadonlyMap<string, string>;

/** All that a merge of one field looks at. */
export type FieldSides = TextSides | ListSides;

export interface TextSides extends LockSides {
  readonly kind: 'text';
  readonly field: TextFieldName;
  readonly ours: string;
  readonly theirs: string;
  /** What we last wrote and saw arrive; null: never. */
  readonly written: string | null;
  /** What we have sent since and not seen arrive; null: nothing. */
  readonly sent: string | null;
  /** Whether `theirs` is nobody's work: a title that Plex made from the file name. */
  readonly isFileTitle: boolean;
}

export interface ListSides extends LockSides {
  readonly kind: 'list';
  readonly field: ListFieldName;
  readonly ours: Names;
  readonly theirs: ReadonlyMap<string, ListEntry>;
  /** As Plex lists them: it may hold one name twice (plex reference §3.3). */
  readonly theirNames: readonly string[];
  /** As for texts, but only what we added. */
  readonly written: Names | null;
  readonly sent: Names | null;
}

interface LockSides {
  readonly wasLocked: boolean;
  readonly isLockOurs: boolean;
}

export interface Sides {
  readonly desired: Desired;
  readonly item: Item;
  readonly bases: BaseByField;
}

export function sidesOf(sides: Sides): readonly FieldSides[] {
  return FIELD_NAMES.map((field) => (isListField(field) ? listSides(field, sides) : textSides(field, sides)));
}

function textSides(field: TextFieldName, { desired, item, bases }: Sides): TextSides {
  const base = bases[field];
  const theirs = item[field];
  return {
    kind: 'text',
    field,
    ours: desired[field],
    theirs,
    written: typeof base?.value === 'string' ? base.value : null,
    sent: typeof base?.intended === 'string' ? base.intended : null,
    isFileTitle: field === 'title' && isFileTitle(theirs, item.parts),
    ...lockOf(field, { item, bases }),
  };
}

function listSides(field: ListFieldName, { desired, item, bases }: Sides): ListSides {
  const base = bases[field];
  const entries: readonly ListEntry[] =
    field === 'actors' ? item.actors : item.genres.map((name) => ({ name }));
  return {
    kind: 'list',
    field,
    ours: namesOf(desired[field]),
    theirs: firstOfEach(entries, ({ name }) => name),
    theirNames: entries.map(({ name }) => name),
    written: Array.isArray(base?.value) ? namesOf(base.value) : null,
    sent: Array.isArray(base?.intended) ? namesOf(base.intended) : null,
    ...lockOf(field, { item, bases }),
  };
}

const lockOf = (field: FieldName, { item, bases }: Pick<Sides, 'item' | 'bases'>): LockSides => ({
  wasLocked: item.lockedFields.has(FIELDS[field].plex),
  isLockOurs: bases[field]?.isLockOurs ?? false,
});

const namesOf = (names: readonly string[]): Names => firstOfEach(names, (name) => name);

function firstOfEach<Entry>(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
): ReadonlyMap<string, Entry> {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    const key = foldName(nameOf(entry));
    if (!byKey.has(key)) byKey.set(key, entry);
  }
  return byKey;
}
