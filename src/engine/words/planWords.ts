import { SKIP_REASONS } from '../../core/images/cover.ts';
import { REASONS } from '../../core/planning/plan.ts';
import { failureWords } from '../../core/words/failureWords.ts';
import type { ImagePlan, PlannedItem } from '../operations.ts';

export const LEFT_AS_IT_IS = '(left as it is)';
export const NOTHING_TO_WRITE = 'Nothing to write: all fields are the same.';

export const isInStep = ({ decisions, images }: PlannedItem): boolean =>
  decisions.every(({ reason }) => reason === 'same') && images.every(({ act }) => act === 'nothing');

/** Many scenes have no cover: that is nothing to tell. */
export const isTold = (image: ImagePlan): boolean => image.failure !== null || image.skipped !== 'no-cover';

/** Nobody sees by the names of images whether they change. */
export function imageWords(image: ImagePlan): {
  readonly from: string;
  readonly to: string;
  readonly why: string;
} {
  if (image.failure !== null) return { from: '', to: LEFT_AS_IT_IS, why: failureWords(image.failure) };
  const { act, before, skipped, reason } = image;
  return {
    from: before ?? '',
    to: act === 'nothing' ? LEFT_AS_IT_IS : 'the cover',
    why: skipped === null ? REASONS[reason] : SKIP_REASONS[skipped],
  };
}
