import { NO_IMAGE_BASE } from '../../core/images/imageBase.ts';
import { IMAGE_KINDS, type ImageKind, isImageKind } from '../../core/images/imageKind.ts';
import { restoring, selectedKey } from '../../core/images/selection.ts';
import type { Change, JournalEntry } from '../../core/journalEntry.ts';
import { linkIdText } from '../../core/link.ts';
import { type Result, succeed } from '../../core/result.ts';
import type { OpenUndo, SettledUndo } from '../../store/undos.ts';
import type { PlannedTarget, WriteParts } from '../sendEdits.ts';

interface ImageChange extends Change {
  readonly field: ImageKind;
}

/** The change of a write that gave an image: such a write is about nothing else. Null: it is about fields. */
export function imageChangeOf({ changes }: Pick<JournalEntry, 'changes'>): ImageChange | null {
  const [change] = changes;
  return change !== undefined && isImageKind(change.field) ? { ...change, field: change.field } : null;
}

/**
 * Selects the earlier image again, as far as Plex still holds it, and gives it the lock that it had. What we gave stays
 * noted as ours: `preserve_plex_edits` then keeps the earlier one, without it a release brings ours back.
 */
export async function undoImage(
  { item, link }: Pick<PlannedTarget, 'item' | 'link'>,
  { entry, change, isForced }: OpenUndo & { readonly change: ImageChange },
  { plex, store, clock, reach }: WriteParts,
): Promise<Result<SettledUndo>> {
  const { field: kind, wasLocked: isToBeLocked } = change;
  const { ratingKey, sectionKey: section } = item;
  const list = await plex.images({ ratingKey, kind });
  if (!list.ok) return list;
  const plan = restoring(textsOf(change), list.value, { isForced });
  if (plan.act === 'leave') return succeed({ write: entry.id, undone: [], left: `${kind}: ${plan.why}` });
  const wasLocked = item.lockedFields.has(IMAGE_KINDS[kind].lock);
  const write = { sceneId: link.sceneId, item: link.item, kind };
  if (plan.act === 'select') {
    const { key } = plan;
    const undoing: Change = {
      field: kind,
      before: selectedKey(list.value) ?? '',
      after: key,
      wasLocked,
      wasLockOurs: change.isLocked,
      isLocked: isToBeLocked,
      ours: { before: null, after: null },
      entries: null,
      reason: 'undone',
    };
    // Noted before it is sent, as every write is.
    const intended = { key, coverTag: '' };
    await store.images.intend({ ...write, intended, change: undoing, source: 'undo' }, clock.now());
    CRASH_STEP: reach('image-intended');
    const selected = await plex.selectImage({ ratingKey, kind, key });
    if (!selected.ok) return selected;
    CRASH_STEP: reach('image-sent');
  }
  if (plan.act === 'select' || wasLocked !== isToBeLocked) {
    const locked = await plex.lockImage({ ratingKey, section, kind, isLocked: isToBeLocked });
    if (!locked.ok) return locked;
  }
  const bases = await store.images.basesOf([link]);
  const base = bases.get(linkIdText(link))?.[kind] ?? NO_IMAGE_BASE;
  const after = { ...base, intended: null, shownPath: null, isLockOurs: base.isLockOurs && isToBeLocked };
  await store.images.settle([{ ...write, base: after, writes: 'arrived' }]);
  return succeed({ write: entry.id, undone: [kind], left: null });
}

/** Images are noted by Plex's names of them. */
export const textsOf = ({ before, after }: Change): { readonly before: string; readonly after: string } => ({
  before: String(before),
  after: String(after),
});
