import {
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  isListField,
  type ListFieldName,
  type TextFieldName,
} from '../field.ts';
import type { Actor, Item } from '../item.ts';
import { entriesOf, firstOfEachName } from '../listEntries.ts';
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
  /** Whether `theirs` is nobody's work: a title that Plex made from the file name, a sort title from the title. */
  readonly isMadeByPlex: boolean;
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
  /** Role and photo that we want, by the same keys; of actors only. */
  readonly cast: ReadonlyMap<string, Actor>;
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

/** Of the fields that are wanted at all. */
export function sidesOf(sides: Sides): readonly FieldSides[] {
  return FIELD_NAMES.flatMap((field): readonly FieldSides[] => {
    if (isListField(field)) {
      const names = sides.desired[field];
      return names === undefined ? [] : [listSides(field, names, sides)];
    }
    const text = sides.desired[field];
    return text === undefined ? [] : [textSides(field, text, sides)];
  });
}

function textSides(field: TextFieldName, ours: string, { desired, item, bases }: Sides): TextSides {
  const base = bases[field];
  // A sort title that is the title's own is left out (plex reference §8.19).
  const isTitleStable = ['', item.title].includes(desired.title ?? '');
  const isLeftOut = field === 'titleSort' && item.titleSort === '' && ours === item.title && isTitleStable;
  const theirs = isLeftOut ? ours : item[field];
  return {
    kind: 'text',
    field,
    ours,
    theirs,
    written: typeof base?.value === 'string' ? base.value : null,
    sent: typeof base?.intended === 'string' ? base.intended : null,
    isMadeByPlex: isMadeByPlex(field, item),
    ...lockOf(field, { item, bases }),
  };
}

function isMadeByPlex(field: TextFieldName, item: Item): boolean {
  if (field === 'title') return isFileTitle(item.title, item.parts);
  // What a person sets is locked, and mostly is no title less an article.
  if (field !== 'titleSort' || item.lockedFields.has(FIELDS.titleSort.plex)) return false;
  return ARTICLE.test(item.title) && item.titleSort === item.title.replace(ARTICLE, '');
}

/** Plex leaves it out of the sort title that it makes (plex reference §3.2). */
const ARTICLE = /^(?:the|das|der|a|an|el|la) +/i;

function listSides(
  field: ListFieldName,
  ours: readonly string[],
  { desired, item, bases }: Sides,
): ListSides {
  const base = bases[field];
  const entries = entriesOf(item, field);
  return {
    kind: 'list',
    field,
    ours: namesOf(ours),
    theirs: firstOfEachName(entries, ({ name }) => name),
    theirNames: entries.map(({ name }) => name),
    written: Array.isArray(base?.value) ? namesOf(base.value) : null,
    sent: Array.isArray(base?.intended) ? namesOf(base.intended) : null,
    cast: firstOfEachName(field === 'actors' ? (desired.cast ?? []) : [], ({ name }) => name),
    ...lockOf(field, { item, bases }),
  };
}

const lockOf = (field: FieldName, { item, bases }: Pick<Sides, 'item' | 'bases'>): LockSides => ({
  wasLocked: item.lockedFields.has(FIELDS[field].plex),
  isLockOurs: bases[field]?.isLockOurs ?? false,
});

const namesOf = (names: readonly string[]): Names => firstOfEachName(names, (name) => name);
