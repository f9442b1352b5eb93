import { type FieldName, isListField } from './field.ts';
import type { Item } from './item.ts';
import type { ListEntry } from './planning/plan.ts';
import { foldName } from './text.ts';

/** Entries as Plex holds them, with role and photo where there are any; none of a text. */
export function entriesOf(item: Item, field: FieldName): readonly ListEntry[] {
  if (!isListField(field)) return [];
  return field === 'actors' ? item.actors : item[field].map((name) => ({ name }));
}

export const hasDetails = ({ role = '', thumb = '' }: ListEntry): boolean => role !== '' || thumb !== '';

/** By what names are compared by; of two that fold to the same, the first. */
export function firstOfEachName<Entry>(
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
