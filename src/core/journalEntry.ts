import type { FieldName, FieldValue } from './field.ts';
import type { SceneId } from './ids.ts';
import type { ImageKind } from './images/imageKind.ts';
import type { ItemKey } from './item.ts';
import type { TriggerSource } from './job.ts';
import type { ListEntry, Reason } from './planning/plan.ts';

/** One write to one item, as it is kept. */
export interface JournalEntry {
  readonly id: number;
  readonly at: number;
  readonly state: 'sent' | 'arrived' | 'given-up';
  /** Who asked; null: not known, the write is older than the note. */
  readonly source: TriggerSource | null;
  readonly sceneId: SceneId;
  readonly item: ItemKey;
  readonly changes: readonly Change[];
  /** Fields of it that were put back since. */
  readonly undone: readonly UndoneField[];
}

export interface UndoneField {
  readonly field: FieldName | ImageKind;
  /** The write that did it; null: it was so already. */
  readonly by: number | null;
}

/** What a write does to one field, with all that an undo needs. */
export interface Change {
  /** Images have rows of their own, with Plex's names of what was selected and is. */
  readonly field: FieldName | ImageKind;
  readonly before: FieldValue;
  readonly after: FieldValue;
  /** The lock before, whether that was ours, and the lock from then on. */
  readonly wasLocked: boolean;
  readonly wasLockOurs: boolean;
  readonly isLocked: boolean;
  /** What of the value PlexSync had written (see Base); null: nothing, or not known. */
  readonly ours: { readonly before: FieldValue | null; readonly after: FieldValue | null };
  /** Of a list with roles or photos, the entries with them; null: there were none. */
  readonly entries: { readonly before: readonly ListEntry[]; readonly after: readonly ListEntry[] } | null;
  readonly reason: Reason;
}

/** What a person can type: a number alone would look like that of a scene. */
export const writeName = (id: number): string => `w${id}`;
