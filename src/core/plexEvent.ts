import type { RatingKey, SectionKey } from './ids.ts';

/** What Plex tells by itself, as far as it is of use: that something changed, never what (plex reference §5). */
export type PlexEvent =
  | ItemEvent
  /** A library was searched for new and missing files; Plex does not always say which one. */
  | { readonly kind: 'scan-ended' }
  /** From now on Plex tells. What happened before it does not tell again. */
  | { readonly kind: 'connected' };

export interface ItemEvent {
  readonly kind: 'item';
  readonly ratingKey: RatingKey;
  /** Null: not said, as of items that are gone. */
  readonly section: SectionKey | null;
  readonly isGone: boolean;
  /** Epoch s; null: not said. */
  readonly updatedAt: number | null;
}
