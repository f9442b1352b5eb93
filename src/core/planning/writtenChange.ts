import { type FieldName, isListField, textFacts } from '../field.ts';
import type { Item } from '../item.ts';
import type { Change } from '../journalEntry.ts';
import { entriesOf, hasDetails } from '../listEntries.ts';
import { foldName } from '../text.ts';
import type { Base, FieldDecision, FieldEdit, ListEntry } from './plan.ts';

/** What the journal keeps of a decision that is carried out. */
export function writtenChange(
  decision: FieldDecision & { readonly edit: FieldEdit },
  { item, base }: { readonly item: Item; readonly base: Base | undefined },
): Change {
  const { field, edit } = decision;
  const before = entriesOf(item, field);
  const after = entriesAfter(before, edit);
  return {
    field,
    // Under a lock a sort title that Plex leaves out is the title of then; without one it follows the title.
    before: isTitleOfThen(decision) ? item.title : decision.from,
    after: decision.to,
    wasLocked: decision.wasLocked,
    wasLockOurs: base?.isLockOurs ?? false,
    isLocked: edit.lock && !isRated(field),
    ours: { before: base?.value ?? null, after: decision.intended ?? decision.to },
    entries: [...before, ...after].some(hasDetails) ? { before, after } : null,
    reason: decision.reason,
  };
}

const isTitleOfThen = ({ field, from, wasLocked }: FieldDecision): boolean =>
  field === 'titleSort' && wasLocked && from === '';

/** Stars have no lock. */
const isRated = (field: FieldName): boolean => !isListField(field) && textFacts(field).isRated === true;

function entriesAfter(before: readonly ListEntry[], edit: FieldEdit): readonly ListEntry[] {
  if (edit.kind === 'text') return [];
  const removed = new Set(edit.remove.map(foldName));
  return edit.entries.length > 0 ? edit.entries : before.filter(({ name }) => !removed.has(foldName(name)));
}
