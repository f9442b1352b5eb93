import { FIELD_NAMES, FIELDS } from './field.ts';
import type { Item } from './item.ts';

/** All of an item that we may write, and its locks: equal for two reads between which nobody changed it. */
export function itemValuesText(item: Item): string {
  const values = FIELD_NAMES.map((field) => {
    const value = item[field];
    // Plex may list the same names in another order.
    return typeof value === 'string' ? value : value.map((entry) => JSON.stringify(entry)).sort();
  });
  const locks = FIELD_NAMES.map((field) => item.lockedFields.has(FIELDS[field].plex));
  return JSON.stringify([values, locks]);
}
