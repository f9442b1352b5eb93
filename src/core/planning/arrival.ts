import { listFacts, type TextFieldName, textFacts } from '../field.ts';
import type { Actor } from '../item.ts';
import { normalForm } from '../text.ts';
import type { ListEntry } from './plan.ts';
import type { FieldSides, ListSides, TextSides } from './sides.ts';

/** Whose value wins: the settings of the same names. */
export interface MergeSettings {
  readonly preservePlexEdits: boolean;
  readonly foreignEntries: 'keep' | 'remove';
  /** Whether what we write is locked: `lock_fields`. */
  readonly locksFields: boolean;
}

/**
 * Plex may hold a text in another Unicode form or with other white space, a number with other digits after the
 * point; that is no difference.
 */
export function isSameText(field: TextFieldName, one: string, other: string): boolean {
  const { shape } = textFacts(field);
  if (one === other) return true;
  if (shape === 'number') return one !== '' && other !== '' && Number(one) === Number(other);
  return normalForm(one, shape) === normalForm(other, shape);
}

/**
 * Whether entries that we did not add go. Never while Stash's list is empty: a scene that nobody has
 * described yet would empty what Plex holds.
 */
export const removesForeign = ({ field, ours }: ListSides, settings: MergeSettings): boolean =>
  settings.foreignEntries === 'remove' &&
  listFacts(field).isShared !== true &&
  !settings.preservePlexEdits &&
  ours.size > 0;

/**
 * What is sent for an actor: role and photo that Plex has stay, since it may drop what is not sent again (plex
 * reference §3.3), but for a role that Stash has another word for. A photo alone is never a reason to write:
 * whether Plex took it cannot be seen [U].
 */
export function castEntry(held: ListEntry, wanted: Actor | undefined, settings: MergeSettings): ListEntry {
  if (wanted === undefined) return held;
  const { role: heldRole = '', thumb: heldThumb = '' } = held;
  const takesRole = wanted.role !== '' && (heldRole === '' || !settings.preservePlexEdits);
  return { ...held, role: takesRole ? wanted.role : heldRole, thumb: heldThumb || wanted.thumb };
}

/** Whether Plex shows the role that we want. */
export const hasRole = (held: ListEntry, wanted: Actor | undefined, settings: MergeSettings): boolean =>
  normalForm(held.role ?? '', 'line') === normalForm(castEntry(held, wanted, settings).role ?? '', 'line');

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
  const playsRole = (key: string): boolean => {
    const held = theirs.get(key);
    return held === undefined || hasRole(held, sides.cast.get(key), settings);
  };
  const isGone = (key: string): boolean => sent.has(key) || !theirs.has(key);
  const mayStay = (key: string): boolean => sent.has(key) || ours.has(key);
  return (
    [...sent.keys()].every(isThere) &&
    // A role may be all that was sent, for somebody whom Plex had before us.
    [...ours.keys()].every(playsRole) &&
    [...(written?.keys() ?? [])].every(isGone) &&
    (!removesForeign(sides, settings) || [...theirs.keys()].every(mayStay))
  );
}
