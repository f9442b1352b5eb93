import type { CoverHead } from './cover.ts';
import type { ImageDecision } from './decideImage.ts';
import { type ImageBase, NO_IMAGE_BASE, type SentImage } from './imageBase.ts';

export interface LookedAt {
  readonly base: ImageBase | null;
  readonly cover: CoverHead | null;
  /** The scene's update time, where it is old enough to stand for one cover; else null. */
  readonly stamp: string | null;
}

interface Settled extends LookedAt {
  readonly decision: ImageDecision;
  /** Whether it is known which image was selected when that was decided. */
  readonly isSelectionKnown: boolean;
  /** What we have sent now, and seen selected and locked; null: nothing had to be sent. */
  readonly sent: SentImage | null;
  /** Where the item shows its image by now; null: it could not be read again. */
  readonly pathNow: string | null;
}

/** What is known of an image after all that was decided about it is done. */
export function settledBase(settled: Settled): ImageBase {
  const { base, cover, stamp, decision, isSelectionKnown, sent, pathNow } = settled;
  const before = base ?? NO_IMAGE_BASE;
  const written = sent ?? decision.arrived ?? before.written;
  const isSkipped = decision.skipped !== null;
  // A cover that is not sent decides nothing about an image of somebody else: that is for the next one that is.
  const isDecided = !isSkipped || before.isKept || written?.key === decision.before;
  const isKnown = sent !== null || (isSelectionKnown && isDecided);
  return {
    stamp,
    coverTag: (decision.act === 'upload' ? sent?.coverTag : cover?.tag) ?? before.coverTag,
    skipped: decision.skipped,
    isKept: isSkipped ? before.isKept : decision.reason.startsWith('kept-'),
    written,
    intended: null,
    shownPath: isKnown ? pathNow : before.shownPath,
    isLockOurs: before.isLockOurs || (sent !== null && decision.isLockMissing),
  };
}

/** Where neither the cover nor the item is another one than before: all that moves is the time of the scene. */
export const unchangedBase = (
  { base, cover, stamp }: LookedAt,
  skipped: ImageBase['skipped'],
): ImageBase => ({
  ...(base ?? NO_IMAGE_BASE),
  stamp,
  coverTag: cover?.tag ?? base?.coverTag ?? null,
  skipped,
});
