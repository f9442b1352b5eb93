import type { FieldValue } from '../field.ts';

/** `"A title"`, `Ann, Bea`, or `(empty)`. */
export function valueWords(value: FieldValue): string {
  if (value.length === 0) return '(empty)';
  return typeof value === 'string' ? `"${value}"` : value.join(', ');
}
