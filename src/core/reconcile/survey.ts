import type { SceneId } from '../ids.ts';
import { NO_TALLY, type PlanTally, type TalliedScene, tallyAfter, wouldChange } from '../planning/tally.ts';

/** As many as a person may want to read. */
const SAMPLE = 20;

/** What a comparison of everything that writes nothing has found so far. */
export interface Survey {
  readonly tally: PlanTally;
  /** The first scenes that would change; what of them, a plan says, as of the time when it is asked for. */
  readonly sample: readonly SceneId[];
}

export const emptySurvey: Survey = { tally: NO_TALLY, sample: [] };

/** `inStep`: how many scenes of the page were proven equal without being planned. */
export function surveyAfter(
  { tally, sample }: Survey,
  page: {
    readonly planned: readonly (TalliedScene & { readonly sceneId: SceneId })[];
    readonly inStep: number;
  },
): Survey {
  const after = page.planned.reduce(tallyAfter, tally);
  const changing = page.planned.filter(wouldChange).map(({ sceneId }) => sceneId);
  return {
    tally: { ...after, scenes: after.scenes + page.inStep, inStep: after.inStep + page.inStep },
    sample: [...sample, ...changing].slice(0, SAMPLE),
  };
}
