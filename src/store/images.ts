import type { SkipReason } from '../core/images/cover.ts';
import type { ImageBase, ImageBases, SentImage } from '../core/images/imageBase.ts';
import type { ImageKind } from '../core/images/imageKind.ts';
import type { TriggerSource } from '../core/job.ts';
import type { Change } from '../core/journalEntry.ts';
import type { LinkId } from './port.ts';

/** What we did about the images of items: the base of each, beside the journal. */
export interface Images {
  /** By `linkIdText`. */
  basesOf(links: readonly LinkId[]): Promise<ReadonlyMap<string, ImageBases>>;
  /**
   * Before an image is sent: a journal row in the state `sent`, base.intended, link.writtenAt. The link must be
   * there: a write without one is a bug, and must not be sent.
   */
  intend(write: IntendedImage, now: number): Promise<void>;
  /** Replaces what is known of images, and closes their open journal rows. */
  settle(images: readonly SettledImage[]): Promise<void>;
  /** Links whose cover is not sent, by reason. */
  countSkipped(): Promise<Partial<Record<SkipReason, number>>>;
}

export interface IntendedImage extends LinkId {
  readonly kind: ImageKind;
  readonly intended: SentImage;
  readonly change: Change;
  /** Who asked; null: whoever asked for the scene to be looked at. */
  readonly source: TriggerSource | null;
}

export interface SettledImage extends LinkId {
  readonly kind: ImageKind;
  readonly base: ImageBase;
  /** What became of writes that were open; null: they stay open. */
  readonly writes: 'arrived' | 'given-up' | null;
}
