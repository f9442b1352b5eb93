import { FIELDS, type TextFieldName } from '../field.ts';
import { normalForm } from '../text.ts';
import type { FieldSides, ListSides, TextSides } from './sides.ts';

/** Whose value wins: the settings of the same names. */
export interface MergeSettings {
  readonly preservePlexEdits: boolean;
  readonly foreignEntries: 'keep' | 'remove';
}

/** Plex may hold a text in another Unicode form or with other white space; that is no difference. */
export function isSameText(field: TextFieldName, one: string, other: string): boolean {
  const shape = FIELDS[field].isLine ? 'line' : 'paragraphs';
  return one === other || normalForm(one, shape) === normalForm(other, shape);
}

/**
 * Whether entries that we did not add go. Never while Stash's list is empty: a scene that nobody has
 * described yet would empty what Plex holds.
 */
export const removesForeign = ({ ours }: ListSides, settings: MergeSettings): boolean =>
  settings.foreignEntries === 'remove' && !settings.preservePlexEdits && ours.size > 0;

/** Whether Plex shows what we sent. False when nothing is open. */
export function hasArrived(sides: FieldSides, settings: MergeSettings): boolean {
  return sides.kind === 'text' ? textArrived(sides) : listArrived(sides, settings);
}

const textArrived = ({ field, theirs, sent }: TextSides): boolean =>
  sent !== null && isSameText(field, sent, theirs);

/** Every name that we sent is there, and every name that we took away is gone. */
function listArrived(sides: ListSides, settings: MergeSettings): boolean {
  const { ours, theirs, written, sent } = sides;
  if (sent === null) return false;
  const isThere = (key: string): boolean =>
    // One of ours that a person took out of Plex stays out, and stays noted as ours.
    theirs.has(key) || (settings.preservePlexEdits && written?.has(key) === true);
  const isGone = (key: string): boolean => sent.has(key) || !theirs.has(key);
  const mayStay = (key: string): boolean => sent.has(key) || ours.has(key);
  return (
    [...sent.keys()].every(isThere) &&
    [...(written?.keys() ?? [])].every(isGone) &&
    (!removesForeign(sides, settings) || [...theirs.keys()].every(mayStay))
  );
}
