import { FIELD_NAMES, FIELDS, type FieldName, type FieldValue, isListField } from '../field.ts';
import type { Item } from '../item.ts';
import { entriesOf } from '../listEntries.ts';
import { foldName } from '../text.ts';
import { isSameText } from './arrival.ts';
import type { Base, BaseByField } from './plan.ts';

/**
 * What we wrote to an item that is gone, as far as the one in its place shows it, with the lock that goes with every
 * value of ours. The same value without a lock came from the file or an agent. The rest is no base: a fresh item would
 * look as if a person had emptied it, and `preserve_plex_edits` would leave it so.
 */
export function inheritedBases(bases: BaseByField, item: Item): BaseByField {
  const inherited: Partial<Record<FieldName, Base>> = {};
  for (const field of FIELD_NAMES) {
    const base = bases[field];
    if (base === undefined || !item.lockedFields.has(FIELDS[field].plex)) continue;
    const value = shownValue(field, base, item);
    if (value.length > 0) inherited[field] = { ...base, value, intended: null };
  }
  return inherited;
}

/** What was on its way may have arrived before the old item went. */
function shownValue(field: FieldName, { value, intended }: Base, item: Item): FieldValue {
  if (!isListField(field)) {
    const written = [value, intended].filter((text) => typeof text === 'string');
    return written.find((text) => isSameText(field, text, item[field])) ?? '';
  }
  const shown = new Set(entriesOf(item, field).map(({ name }) => foldName(name)));
  const written = [value, intended].flatMap((names) => (typeof names === 'string' ? [] : (names ?? [])));
  const names = new Map(written.map((name) => [foldName(name), name]));
  return [...names].filter(([key]) => shown.has(key)).map(([, name]) => name);
}
