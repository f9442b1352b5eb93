import type { Reason } from '../planning/plan.ts';
import { type CoverHead, type SkipReason, whyNotSent } from './cover.ts';
import { type ImageBase, NO_IMAGE_BASE, type SentImage } from './imageBase.ts';
import { IMAGE_KINDS, type ImageKind, isUpload, type PlexImage } from './imageKind.ts';
import { holds, selectedKey } from './selection.ts';

/** What both sides have of one image, before Plex is asked which one it shows. */
export interface ImageSides {
  readonly base: ImageBase | null;
  /** Null: the same as when it was last dealt with. */
  readonly cover: CoverHead | null;
  readonly preservePlexEdits: boolean;
}

export interface ImageFacts extends ImageSides {
  readonly kind: ImageKind;
  /** As read in detail. */
  readonly item: {
    readonly imagePaths: Readonly<Record<ImageKind, string>>;
    readonly lockedFields: ReadonlySet<string>;
  };
  /** The setting `lock_fields`. */
  readonly locksFields: boolean;
}

/** What is to be done about one image of one item, and why. */
export interface ImageDecision {
  readonly kind: ImageKind;
  /** `select`: Plex holds it already, by `key`. */
  readonly act: 'nothing' | 'upload' | 'select';
  readonly reason: Reason;
  /** Why the cover is not sent; null when that is not the reason. */
  readonly skipped: SkipReason | null;
  /** What is selected now; null when nothing is, or when that was not asked since it decides nothing. */
  readonly before: string | null;
  /** What would be selected, where that is known without fetching the cover. */
  readonly key: string | null;
  /** Plex shows what we had sent and not seen arrive. */
  readonly arrived: SentImage | null;
  readonly wasLocked: boolean;
  /** Whether it is to be locked once it is selected. */
  readonly isLockMissing: boolean;
}

/** Whether this image wants a look, as far as can be told without asking anybody. */
export const isImageInQuestion = (
  base: ImageBase | undefined,
  now: { readonly updatedAt: string; readonly preservePlexEdits: boolean },
): boolean =>
  base === undefined ||
  isCoverInQuestion(base, now.updatedAt) ||
  base.intended !== null ||
  (base.isKept && !now.preservePlexEdits);

/** `updatedAt` is of the scene as Stash has it now: every new cover moves it. */
export const isCoverInQuestion = (base: ImageBase | undefined, updatedAt: string): boolean =>
  base?.stamp !== updatedAt;

/** Whether the item must be read, where its list entry says that it has not changed. */
export function isItemNeeded(sides: ImageSides): boolean {
  const base = sides.base ?? NO_IMAGE_BASE;
  if (base.intended !== null) return true;
  if (skipReasonOf(sides) !== null) return false;
  return base.isKept ? !sides.preservePlexEdits : base.written?.coverTag !== coverTagOf(sides);
}

/**
 * Whether which image is selected decides anything, and must be asked at the price of a request. Where Stash wins,
 * the first image goes up whatever there is.
 */
export function isListNeeded(facts: ImageFacts): boolean {
  const base = facts.base ?? NO_IMAGE_BASE;
  if (base.intended !== null) return true;
  if (skipReasonOf(facts) !== null) return false;
  if (base.written === null && !base.isKept) return facts.preservePlexEdits;
  return !isAsVerified(facts) || (base.isKept && !facts.preservePlexEdits);
}

/** The path moves with the image: while it stays, the one stays selected that we saw. */
export const isAsVerified = ({ base, item, kind }: ImageFacts): boolean =>
  base !== null && base.shownPath === item.imagePaths[kind];

/**
 * Three-way merge of an image: what we last sent, what is selected in Plex, and the cover in Stash.
 * @param list null when it was not needed
 */
export function decideImage(facts: ImageFacts, list: readonly PlexImage[] | null): ImageDecision {
  const { kind, item, preservePlexEdits } = facts;
  const base = facts.base ?? NO_IMAGE_BASE;
  const before = selectedIn(list, base);
  const arrived = base.intended !== null && base.intended.key === before ? base.intended : null;
  const written = arrived ?? base.written;
  const wasLocked = item.lockedFields.has(IMAGE_KINDS[kind].lock);
  const isLockMissing = facts.locksFields && !wasLocked;
  const found = { kind, skipped: null, before, key: null, arrived, wasLocked, isLockMissing };
  const leave = (reason: Reason): ImageDecision => ({ ...found, act: 'nothing', reason });
  const upload = (reason: Reason): ImageDecision => ({ ...found, act: 'upload', reason });

  const skipped = skipReasonOf(facts);
  if (skipped !== null) return { ...leave('no-cover'), skipped };
  const isWanted = written !== null && written.coverTag === coverTagOf(facts);
  if (written !== null && written.key === before) {
    if (!isWanted) return upload('changed');
    // It came, and its lock never did.
    return isLockMissing && !base.isLockOurs
      ? { ...found, act: 'select', key: written.key, reason: 'changed' }
      : leave('same');
  }
  if (preservePlexEdits) {
    const kept = reasonToKeep(before, { base, wasLocked, isListed: list !== null });
    if (kept !== null) return leave(kept);
  }
  if (written === null) return upload('first');
  if (!isWanted) return upload('changed');
  const isHeld = list !== null && holds(list, written.key);
  return isHeld ? { ...found, act: 'select', key: written.key, reason: 'stash-wins' } : upload('stash-wins');
}

/** A person chose it: it is locked and not by us, or it was uploaded and not by us, or it came after ours. */
function reasonToKeep(
  selected: string | null,
  { base, wasLocked, isListed }: { base: ImageBase; wasLocked: boolean; isListed: boolean },
): Reason | null {
  const isAsKept = !isListed && base.isKept;
  if (selected === null && !isAsKept) return null;
  if (base.written !== null) return 'kept-edit';
  if (wasLocked && !base.isLockOurs) return 'kept-locked';
  return isAsKept || (selected !== null && isUpload(selected)) ? 'kept-present' : null;
}

const skipReasonOf = ({ base, cover }: ImageSides): SkipReason | null =>
  cover === null ? (base?.skipped ?? null) : whyNotSent(cover);

const coverTagOf = ({ base, cover }: ImageSides): string | null => cover?.tag ?? base?.coverTag ?? null;

/** Without a list it is as we last saw it: ours, or somebody's who is left alone. */
function selectedIn(list: readonly PlexImage[] | null, { isKept, written }: ImageBase): string | null {
  if (list !== null) return selectedKey(list);
  return isKept ? null : (written?.key ?? null);
}
