import type { FieldName, FieldValue, ListFieldName, TextFieldName } from '../field.ts';
import type { SceneId } from '../ids.ts';
import type { Actor, ItemKey } from '../item.ts';

/** What we want an item to hold, derived from scene and settings alone. A field that is off is not there. */
export type Desired = { readonly [Name in TextFieldName]?: string } & {
  readonly [Name in ListFieldName]?: readonly string[];
} & {
  /** Role and photo of actors who have any. */
  readonly cast?: readonly Actor[];
};

/** What we last did to one field of one (scene, item). */
export interface Base {
  /**
   * What we last wrote and saw arrive; null when we never wrote the field. For lists: only the entries
   * that we added, never those that were there before us.
   */
  readonly value: FieldValue | null;
  /** What we have sent since and not seen arrive; null when nothing is open. */
  readonly intended: FieldValue | null;
  /** Whether the lock on the field is ours. */
  readonly isLockOurs: boolean;
}

export type BaseByField = { readonly [Name in FieldName]?: Base };

/** One change to one field, ready to be sent. */
export type FieldEdit = {
  /** The state of the field's lock that goes with it: a value without one may have no effect (plex reference §3.2). */
  readonly lock: boolean;
} & (
  | { readonly kind: 'text'; readonly field: TextFieldName; readonly value: string }
  | {
      readonly kind: 'list';
      readonly field: ListFieldName;
      /**
       * The whole list in order; role and thumb of cast members that Plex already has are carried. Empty when
       * nothing is to be added.
       */
      readonly entries: readonly ListEntry[];
      /** Names that are present and unwanted, as Plex spells them. */
      readonly remove: readonly string[];
    }
);

export type ListEntry = Pick<Actor, 'name'> &
  Partial<Omit<Actor, 'name'>> & {
    /** An empty role is sent, too, so that the one that Plex holds goes. */
    readonly clearsRole?: true;
  };

/** Why a field is written or left: one word for machines, a sentence for people beside it. */
export const REASONS = {
  same: 'already the same',
  changed: 'changed in Stash',
  first: 'first written by PlexSync',
  cleared: 'emptied in Stash, and the value was ours',
  'stash-wins': 'edited in Plex, and Stash wins',
  'kept-edit': 'edited in Plex, and preserve_plex_edits keeps it',
  'kept-locked': 'locked in Plex before our first write, and preserve_plex_edits keeps it',
  'kept-present': 'held by Plex before our first write, and preserve_plex_edits keeps it',
  'not-ours': 'empty in Stash, and Plex’s value is not ours',
  'no-title': 'no title in Stash: Plex keeps its own',
  role: 'role or photo of an actor',
  'no-cover': 'nothing that can be sent: Plex keeps its own',
  awaited: 'sent, and not shown by Plex yet',
  undone: 'put back by an undo',
} as const satisfies Record<string, string>;
export type Reason = keyof typeof REASONS;

export interface FieldDecision {
  readonly field: FieldName;
  readonly from: FieldValue;
  readonly to: FieldValue;
  /** Whether the field was locked in Plex when it was read. */
  readonly wasLocked: boolean;
  readonly reason: Reason;
  /** Null: nothing is sent for this field. */
  readonly edit: FieldEdit | null;
  /** What becomes the base once the edit has arrived (see {@link Base}). */
  readonly intended: FieldValue | null;
}

/** What would be done to one item, and why. Pure data: printed by `plan`, carried out by the worker. */
export interface ItemPlan {
  readonly sceneId: SceneId;
  readonly item: ItemKey;
  readonly decisions: readonly FieldDecision[];
  readonly desiredHash: string;
  /** For example: 300 tags, of which the first 100 are sent. */
  readonly warnings: readonly string[];
}

export const editsOf = (plan: ItemPlan): readonly FieldEdit[] =>
  plan.decisions.flatMap((decision) => (decision.edit === null ? [] : [decision.edit]));
