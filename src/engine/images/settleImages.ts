import { whyNotSent } from '../../core/images/cover.ts';
import { type ImageBase, NO_IMAGE_BASE } from '../../core/images/imageBase.ts';
import { settledBase, unchangedBase } from '../../core/images/nextImageBase.ts';
import type { Item } from '../../core/item.ts';
import type { Link } from '../../core/link.ts';
import type { SettledImage } from '../../store/images.ts';
import type { Store } from '../../store/port.ts';
import { concernsServer } from '../concernsServer.ts';
import type { PlannedTarget } from '../sendEdits.ts';
import type { CoverLook } from './lookAtCovers.ts';
import type { Decided, PlannedImage } from './planImages.ts';
import type { ImageResult, ImageResults } from './sendImages.ts';

interface Written {
  readonly results: ImageResults;
  /** The item as it was read after the writes, or as before when nothing was sent; null: it could not be read. */
  readonly itemNow: (target: PlannedTarget) => Item | null;
}

/** Notes what became of images of items that were read. */
export async function settleImages(
  targets: readonly PlannedTarget[],
  written: Written,
  { images }: Store,
): Promise<void> {
  await images.settle(
    targets.flatMap((target) =>
      target.images.flatMap((image) => {
        const settled = settledImage(target, image, written);
        return settled === null ? [] : [settled];
      }),
    ),
  );
}

/** Of items that nobody read, since nothing about them changed, only the time of the scene moves. */
export async function settleCovers(
  seen: readonly { readonly link: Link; readonly covers: readonly CoverLook[] }[],
  { images }: Store,
): Promise<void> {
  await images.settle(
    seen.flatMap(({ link, covers }) =>
      covers
        .filter(({ failure }) => failure === null)
        .flatMap(({ kind, ...look }): readonly SettledImage[] => {
          const skipped = look.cover === null ? (look.base?.skipped ?? null) : whyNotSent(look.cover);
          const base = unchangedBase(look, skipped);
          return isSame(base, look.base) ? [] : [{ ...idOf(link), kind, base, writes: null }];
        }),
    ),
  );
}

/** Null: nothing is to be noted. */
function settledImage(target: PlannedTarget, image: PlannedImage, written: Written): SettledImage | null {
  const { kind, base } = image.look;
  const result = written.results.get(image) ?? UNTRIED;
  const shown = {
    before: target.item.imagePaths[kind],
    now: written.itemNow(target)?.imagePaths[kind] ?? null,
  };
  const next =
    image.outcome.kind === 'decided' && (result.kind === 'nothing' || result.kind === 'sent')
      ? doneWith(image.look, { ...image.outcome, result, pathNow: shown.now })
      : notDoneWith(base, result, shown);
  if (next === null || (next.writes === null && isSame(next.base, base))) return null;
  return { ...idOf(target.link), kind, ...next };
}

type Next = Pick<SettledImage, 'base' | 'writes'>;

function doneWith(
  look: CoverLook,
  done: Pick<Decided, 'decision' | 'isSelectionKnown'> & {
    readonly result: Extract<ImageResult, { kind: 'nothing' | 'sent' }>;
    readonly pathNow: string | null;
  },
): Next {
  const { decision, result } = done;
  const sent = result.kind === 'sent' ? result.sent : null;
  const base = settledBase({ ...look, ...done, sent });
  if (sent !== null || decision.arrived !== null) return { base, writes: 'arrived' };
  return { base, writes: (look.base?.intended ?? null) === null ? null : 'given-up' };
}

/** It stays in question: the next look asks for cover and selection anew. */
function notDoneWith(
  base: ImageBase | null,
  result: ImageResult,
  shown: { readonly before: string; readonly now: string | null },
): Next | null {
  if (result.kind === 'failed' && result.intended !== null) {
    // It may have arrived all the same.
    const writes = concernsServer(result.failure) ? null : 'given-up';
    const { intended } = result;
    return { base: { ...(base ?? NO_IMAGE_BASE), intended, stamp: null, shownPath: null }, writes };
  }
  if (base === null) return null;
  // Our edits of other fields have moved the path.
  const shownPath = base.shownPath === shown.before ? shown.now : base.shownPath;
  return { base: { ...base, stamp: null, shownPath }, writes: null };
}

const UNTRIED: ImageResult = { kind: 'untried' };

const idOf = ({ sceneId, item }: Link): Pick<Link, 'sceneId' | 'item'> => ({ sceneId, item });

const isSame = (one: ImageBase, other: ImageBase | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
