import type { ListFieldName } from '../../field.ts';
import type { Actor, Item } from '../../item.ts';
import type { FieldEdit, ListEntry } from '../plan.ts';

/** What Plex does with tags that an edit of one item names: the sources disagree (plex reference §3.3). */
export type TagWrite = 'append' | 'replace';

/**
 * Plex as far as edits of one item go, by its reference alone: nothing here is shared with the code that
 * plans the edits.
 */
export function applyEdits(item: Item, edits: readonly FieldEdit[], tagWrite: TagWrite): Item {
  return edits.reduce((edited, edit) => applyEdit(edited, edit, tagWrite), item);
}

/** Of lists; other fields are locked by their own name. */
const LOCK_NAMES: Readonly<Record<ListFieldName, string>> = {
  actors: 'actor',
  directors: 'director',
  genres: 'genre',
  collections: 'collection',
  labels: 'label',
};

function applyEdit(item: Item, edit: FieldEdit, tagWrite: TagWrite): Item {
  const lockedFields = new Set(item.lockedFields);
  const lockName = edit.kind === 'text' ? edit.field : LOCK_NAMES[edit.field];
  if (edit.lock) lockedFields.add(lockName);
  else lockedFields.delete(lockName);
  // Stars are rated, not edited, and have no lock.
  if (edit.field === 'userRating') return { ...item, userRating: edit.value };
  if (edit.kind === 'text') return { ...item, lockedFields, [edit.field]: edit.value };
  const held: readonly Actor[] = edit.field === 'actors' ? item.actors : item[edit.field].map(toTag);
  const written = writeTags(held, edit, tagWrite);
  return edit.field === 'actors'
    ? { ...item, lockedFields, actors: written }
    : { ...item, lockedFields, [edit.field]: written.map(({ name }) => name) };
}

const toTag = (name: string): Actor => ({ name, role: '', thumb: '' });

function writeTags(
  held: readonly Actor[],
  { entries, remove }: { readonly entries: readonly ListEntry[]; readonly remove: readonly string[] },
  tagWrite: TagWrite,
): readonly Actor[] {
  // "A tag both in `-` and indexed ends up present": removal goes first.
  const left = held.filter(({ name }) => !remove.some((unwanted) => isSameTag(unwanted, name)));
  const sent = entries.map((entry): Actor => {
    // Plex takes the spelling that it has, and drops role and photo when they are not sent again.
    const known = held.find(({ name }) => isSameTag(name, entry.name));
    return { name: known?.name ?? entry.name, role: entry.role ?? '', thumb: entry.thumb ?? '' };
  });
  const isSent = ({ name }: Actor): boolean => sent.some((entry) => isSameTag(entry.name, name));
  if (entries.length === 0) return left;
  return tagWrite === 'replace' ? sent : [...left.filter((tag) => !isSent(tag)), ...sent];
}

const isSameTag = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
