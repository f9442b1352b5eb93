import { SKIP_REASONS } from '../../../core/images/cover.ts';
import { REASONS } from '../../../core/planning/plan.ts';
import { valueWords } from '../../../core/words/valueWords.ts';
import type { ImagePlan, PlannedItem } from '../../../engine/operations.ts';

export interface PlanRow {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
  readonly isWritten: boolean;
}

/** What is written comes first, then why some is left, images last. What is the same needs no row, as in `plexsync plan`. */
export function planRows({
  decisions,
  images,
}: Pick<PlannedItem, 'decisions' | 'images'>): readonly PlanRow[] {
  const told = decisions.filter(({ edit, reason }) => edit !== null || reason !== 'same');
  const rows = told.map(
    ({ field, from, to, reason, edit }): PlanRow => ({
      field,
      from: valueWords(from),
      to: edit === null ? valueWords(from) : valueWords(to),
      why: REASONS[reason],
      isWritten: edit !== null,
    }),
  );
  return [
    ...rows.toSorted((a, b) => Number(b.isWritten) - Number(a.isWritten)),
    ...images.filter(hasCover).map(imageRow),
  ];
}

/** Many scenes have none: that is nothing to tell. */
const hasCover = (image: ImagePlan): boolean => image.failure !== null || image.skipped !== 'no-cover';

function imageRow(image: ImagePlan): PlanRow {
  const isWritten = image.act !== 'nothing';
  return {
    field: image.kind,
    from: '',
    to: isWritten ? 'the cover of Stash' : '',
    why: imageReason(image),
    isWritten,
  };
}

function imageReason(image: ImagePlan): string {
  if (image.failure !== null) return image.failure.message;
  return image.skipped === null ? REASONS[image.reason] : SKIP_REASONS[image.skipped];
}
