import type { SkipReason } from './cover.ts';
import type { ImageKind } from './imageKind.ts';

/** An image that we gave to an item. */
export interface SentImage {
  /** How Plex names it. */
  readonly key: string;
  /** Of the cover that it is (see CoverHead). */
  readonly coverTag: string;
}

/** What we last did about one image of one (scene, item). */
export interface ImageBase {
  /**
   * Stash's update time of the scene when its cover was last dealt with: Stash moves it with every new cover, so
   * that the same time is the same cover. Null: not dealt with, or so soon after an edit that another one may
   * carry the same time.
   */
  readonly stamp: string | null;
  /** The cover that was dealt with. */
  readonly coverTag: string | null;
  /** Why that one is not sent; null when it is. */
  readonly skipped: SkipReason | null;
  /** Whether a person chose another image, which `preserve_plex_edits` keeps. */
  readonly isKept: boolean;
  /** What we last sent and saw selected. */
  readonly written: SentImage | null;
  /** What we have sent since and not seen selected. */
  readonly intended: SentImage | null;
  /** Where the item showed its image when we last knew which one is selected. */
  readonly shownPath: string | null;
  readonly isLockOurs: boolean;
}

export type ImageBases = { readonly [Kind in ImageKind]?: ImageBase };

export const NO_IMAGE_BASE: ImageBase = {
  stamp: null,
  coverTag: null,
  skipped: null,
  isKept: false,
  written: null,
  intended: null,
  shownPath: null,
  isLockOurs: false,
};
