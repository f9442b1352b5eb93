import type { Failure } from '../../core/failure.ts';
import type { ImageKind } from '../../core/images/imageKind.ts';
import type { WriteOutcome } from '../write.ts';
import type { PlannedImage } from './planImages.ts';
import type { ImageResults } from './sendImages.ts';

/** An image that failed fails the job and nothing else: what was written is, and the next attempt finds it so. */
export function outcomeWithImages(
  outcome: WriteOutcome,
  images: readonly PlannedImage[],
  results: ImageResults,
): WriteOutcome {
  if (outcome.kind !== 'same' && outcome.kind !== 'written') return outcome;
  const own = images.map((image) => results.get(image));
  const failed = own.find((result) => result?.kind === 'failed');
  if (failed?.kind === 'failed') return { kind: 'failed', failure: ofItemThere(failed.failure) };
  return own.some((result) => result?.kind === 'untried') ? { kind: 'untried' } : outcome;
}

/** Plex says that it has no such item, and has just shown it: looking for another would find the same for ever. */
const ofItemThere = (failure: Failure): Failure =>
  failure.class === 'item-gone' ? { ...failure, class: 'rejected' } : failure;

export const imagesToSend = (images: readonly PlannedImage[]): readonly ImageKind[] =>
  images.flatMap(({ look, outcome }) =>
    outcome.kind === 'decided' && outcome.decision.act !== 'nothing' ? [look.kind] : [],
  );
