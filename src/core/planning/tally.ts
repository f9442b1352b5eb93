import { FAILURE_CLASSES, type Failure, type FailureClass } from '../failure.ts';
import type { ImageDecision } from '../images/decideImage.ts';
import { type ItemPlan, REASONS, type Reason } from './plan.ts';

/** What the plans of many scenes come to. Each scene counts once: as one that changes if any of its items does. */
export interface PlanTally {
  readonly scenes: number;
  readonly wouldChange: number;
  readonly inStep: number;
  /** Not carried, by the settings that choose scenes. */
  readonly leftOut: number;
  /** Scenes of which nothing can be planned, by the class of the reason. */
  readonly failures: { readonly [Class in FailureClass]?: number };
  /** Items that would get this field, or image, written, by the reason. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const NO_TALLY: PlanTally = {
  scenes: 0,
  wouldChange: 0,
  inStep: 0,
  leftOut: 0,
  failures: {},
  fields: {},
};

export interface TalliedScene {
  readonly items: readonly TalliedItem[];
  readonly failure: Failure | null;
  readonly leftOut: string | null;
}

interface TalliedItem extends Pick<ItemPlan, 'decisions'> {
  readonly images: readonly (
    | (Pick<ImageDecision, 'kind' | 'act' | 'reason'> & { readonly failure: null })
    | { readonly failure: Failure }
  )[];
}

export function tallyAfter(tally: PlanTally, scene: TalliedScene): PlanTally {
  const counted = { ...tally, scenes: tally.scenes + 1 };
  if (wouldChange(scene)) {
    return { ...counted, wouldChange: tally.wouldChange + 1, fields: fieldsAfter(tally.fields, scene) };
  }
  if (scene.leftOut !== null) return { ...counted, leftOut: tally.leftOut + 1 };
  if (scene.failure === null) return { ...counted, inStep: tally.inStep + 1 };
  const { class: kind } = scene.failure;
  return { ...counted, failures: { ...tally.failures, [kind]: (tally.failures[kind] ?? 0) + 1 } };
}

export const wouldChange = ({ items }: TalliedScene): boolean =>
  items.some((item) => writesOf(item).length > 0);

/** The fields and images that would be written, with their reasons. */
const writesOf = ({
  decisions,
  images,
}: TalliedItem): readonly { readonly name: string; readonly reason: Reason }[] => [
  ...decisions.flatMap(({ field, reason, edit }) => (edit === null ? [] : [{ name: field, reason }])),
  ...images.flatMap((image) =>
    image.failure !== null || image.act === 'nothing' ? [] : [{ name: image.kind, reason: image.reason }],
  ),
];

function fieldsAfter(fields: PlanTally['fields'], { items }: TalliedScene): PlanTally['fields'] {
  const after: Record<string, Record<string, number>> = {};
  for (const [field, reasons] of Object.entries(fields)) after[field] = { ...reasons };
  for (const { name, reason } of items.flatMap(writesOf)) {
    const reasons = (after[name] ??= {});
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return after;
}

/** How many items would get a field written, most often written first. */
export function fieldCounts({ fields }: PlanTally): readonly (readonly [field: string, items: number])[] {
  const sums = Object.entries(fields).map(
    ([field, reasons]) => [field, Object.values(reasons).reduce((sum, count) => sum + count, 0)] as const,
  );
  return sums.sort(([, one], [, other]) => other - one);
}

/** `9 changed in Stash, 2 first written by PlexSync` */
export const reasonCountWords = ({ fields }: PlanTally, field: string): string =>
  Object.entries(fields[field] ?? {})
    .map(([reason, items]) => `${items} ${REASONS[reason as Reason] ?? reason}`)
    .join(', ');

/** `12 scenes: 9 would change, 1 in step, 2 not in Plex; genres 9, title 5`. */
export function tallyWords(tally: PlanTally): string {
  const { scenes, inStep, leftOut, failures } = tally;
  const standings = [
    `${tally.wouldChange} would change`,
    `${inStep} in step`,
    ...(leftOut === 0 ? [] : [`${leftOut} left out`]),
    ...FAILURE_CLASSES.flatMap((kind) => {
      const count = failures[kind] ?? 0;
      return count === 0
        ? []
        : [`${count} ${kind === 'no-match' ? 'not in Plex' : kind.replaceAll('-', ' ')}`];
    }),
  ];
  const fields = fieldCounts(tally).map(([field, items]) => `${field} ${items}`);
  const shown = fields.length === 0 ? '' : `; ${fields.join(', ')}`;
  return `${scenes} ${scenes === 1 ? 'scene' : 'scenes'}: ${standings.join(', ')}${shown}`;
}
