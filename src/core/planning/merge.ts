import { textFacts } from '../field.ts';
import { foldName } from '../text.ts';
import { castEntry, hasArrived, hasRole, isSameText, type MergeSettings, removesForeign } from './arrival.ts';
import type { FieldDecision, ListEntry, Reason } from './plan.ts';
import type { FieldSides, ListSides, TextSides } from './sides.ts';

export interface MergeRules extends MergeSettings {
  /** An edit was sent so recently that Plex may not show it yet (plex reference §3.8). */
  readonly isAwaiting: boolean;
}

/**
 * Three-way merge of one field: what we last wrote, what Plex holds, what Stash holds. A field whose edit
 * is still on its way is left alone, whatever Stash holds by now: what Plex shows of it may be old.
 */
export function decide(sides: FieldSides, rules: MergeRules): FieldDecision {
  return sides.kind === 'text' ? decideText(sides, rules) : decideList(sides, rules);
}

const isOnItsWay = (sides: FieldSides, rules: MergeRules): boolean =>
  rules.isAwaiting && sides.sent !== null && !hasArrived(sides, rules);

/** Without locks of our own, a field stays as others locked it. */
const lockToSend = ({ wasLocked, isLockOurs }: FieldSides, { locksFields }: MergeRules): boolean =>
  locksFields || (wasLocked && !isLockOurs);

/** Before our first write under `preserve_plex_edits`, a lock is a person's statement (plex reference §3.4). */
const isKeptByLock = (sides: FieldSides, rules: MergeRules): boolean =>
  rules.preservePlexEdits &&
  sides.wasLocked &&
  !sides.isLockOurs &&
  sides.written === null &&
  sides.sent === null;

function decideText(sides: TextSides, rules: MergeRules): FieldDecision {
  const { field, ours, theirs, written, sent, wasLocked } = sides;
  const found = { field, from: theirs, wasLocked };
  const leave = (reason: Reason, to = theirs): FieldDecision => ({
    ...found,
    to,
    reason,
    edit: null,
    intended: null,
  });
  const write = (reason: Reason): FieldDecision => ({
    ...found,
    to: ours,
    reason,
    edit: { kind: 'text', field, value: ours, lock: lockToSend(sides, rules) },
    intended: ours,
  });
  const isTheirs = (value: string | null): boolean => value !== null && isSameText(field, value, theirs);

  if (isOnItsWay(sides, rules)) return leave('awaited', ours);
  if (isTheirs(ours)) return leave('same');
  if (ours === '' && !textFacts(field).clears) return leave('no-title');
  const isOurs = isTheirs(written) || isTheirs(sent);
  if (ours === '') return isOurs ? write('cleared') : leave('not-ours');
  if (isOurs) return write('changed');
  if (written !== null) return rules.preservePlexEdits ? leave('kept-edit') : write('stash-wins');
  if (isKeptByLock(sides, rules)) return leave('kept-locked');
  const isNobodys = theirs === '' || sides.isMadeByPlex;
  return rules.preservePlexEdits && !isNobodys ? leave('kept-present') : write('first');
}

/**
 * Element by element, names compared as Plex does. What Plex holds in another spelling keeps it, since
 * recasing would take a removal first; order alone is no difference. Ours are as many as the limits of
 * desired.ts allow; entries of others come on top and are never cut.
 */
function decideList(sides: ListSides, rules: MergeRules): FieldDecision {
  const { field, ours, theirs, theirNames, wasLocked } = sides;
  const merged = mergeEntries(sides, rules);
  const to = merged.entries.map(({ name }) => name);
  const found = { field, from: theirNames, wasLocked };
  const leave = (reason: Reason, left = theirNames): FieldDecision => ({
    ...found,
    to: left,
    reason,
    edit: null,
    intended: null,
  });

  if (isOnItsWay(sides, rules)) return leave('awaited', to);
  if (merged.added.length === 0 && merged.removed.length === 0 && merged.recast.length === 0) {
    if (merged.hasKeptRemovals) return leave('kept-edit');
    return leave(ours.size === 0 && theirs.size > 0 ? 'not-ours' : 'same');
  }
  if (isKeptByLock(sides, rules)) return leave('kept-locked');
  const { removed: remove, intended } = merged;
  // Nothing to add: a removal alone is the same whichever way Plex takes tag writes, and it does not fight
  // with names sent beside it (plex reference §3.3).
  const entries = merged.added.length + merged.recast.length === 0 ? [] : merged.entries;
  const reason = reasonToWrite(sides, merged);
  const edit = { kind: 'list', field, entries, remove, lock: lockToSend(sides, rules) } as const;
  return { ...found, to, reason, edit, intended };
}

interface MergedList {
  readonly entries: readonly ListEntry[];
  /** Folded names that Plex does not have yet. */
  readonly added: readonly string[];
  /** Folded names of actors whom Plex has in another role. */
  readonly recast: readonly string[];
  /** Names to be removed, in every spelling that Plex holds. */
  readonly removed: readonly string[];
  readonly intended: readonly string[];
  /** A person took entries of ours out of Plex, and they stay out. */
  readonly hasKeptRemovals: boolean;
}

function mergeEntries(sides: ListSides, rules: MergeRules): MergedList {
  const { ours, theirs, theirNames } = sides;
  const staysRemoved = (key: string): boolean =>
    rules.preservePlexEdits && sides.written?.has(key) === true && !theirs.has(key);
  const keepsForeign = !removesForeign(sides, rules);
  const entries = new Map<string, ListEntry>();
  for (const [key, name] of ours) {
    if (!staysRemoved(key))
      entries.set(key, castEntry(theirs.get(key) ?? { name }, sides.cast.get(key), rules));
  }
  for (const [key, entry] of theirs) {
    if (keepsForeign && !ours.has(key) && !isMine(key, sides)) entries.set(key, entry);
  }
  return {
    entries: [...entries.values()],
    added: [...entries.keys()].filter((key) => !theirs.has(key)),
    recast: [...ours.keys()].filter((key) => {
      const held = theirs.get(key);
      return held !== undefined && !hasRole(held, sides.cast.get(key), rules);
    }),
    removed: [...new Set(theirNames)].filter((name) => !entries.has(foldName(name))),
    // What Plex had before us and Stash has too is not ours to remove later.
    intended: [...ours].filter(([key]) => isMine(key, sides) || !theirs.has(key)).map(([, name]) => name),
    hasKeptRemovals: [...ours.keys()].some(staysRemoved),
  };
}

/** Whether it was us who added it. */
const isMine = (key: string, { written, sent }: ListSides): boolean =>
  written?.has(key) === true || sent?.has(key) === true;

function reasonToWrite(sides: ListSides, { added, removed }: MergedList): Reason {
  if (sides.ours.size === 0) return 'cleared';
  if (added.length === 0 && removed.length === 0) return 'role';
  const { written } = sides;
  if (written === null) return 'first';
  const isNew = added.some((key) => !written.has(key));
  const isDropped = removed.some((name) => isMine(foldName(name), sides));
  return isNew || isDropped ? 'changed' : 'stash-wins';
}
