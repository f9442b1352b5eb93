import type { Change } from '../journalEntry.ts';
import { firstOfEachName } from '../listEntries.ts';
import { valueWords } from './valueWords.ts';

/** `"old" → "new"`, `+ A, B  − C`; and what became of the lock, where that turned. */
export function changeWords(change: Change): string {
  const { before, after } = change;
  const value =
    typeof before === 'string' || typeof after === 'string'
      ? textWords(before, after)
      : listWords(before, after);
  return [value, lockWords(change)].filter((words) => words !== '').join('; ') || '(the same)';
}

const textWords = (before: Change['before'], after: Change['after']): string =>
  before === after ? '' : `${valueWords(before)} → ${valueWords(after)}`;

function listWords(before: readonly string[], after: readonly string[]): string {
  const added = namesWithout(after, before);
  const gone = namesWithout(before, after);
  return [
    ...(added.length > 0 ? [`+ ${added.join(', ')}`] : []),
    ...(gone.length > 0 ? [`− ${gone.join(', ')}`] : []),
  ].join('  ');
}

function namesWithout(names: readonly string[], others: readonly string[]): readonly string[] {
  const known = firstOfEachName(others, (name) => name);
  return [...firstOfEachName(names, (name) => name)]
    .filter(([key]) => !known.has(key))
    .map(([, name]) => name);
}

function lockWords({ wasLocked, isLocked }: Change): string {
  if (wasLocked === isLocked) return '';
  return isLocked ? 'locked' : 'unlocked';
}
