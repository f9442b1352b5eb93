import * as v from 'valibot';
import { sceneId } from '../core/ids.ts';
import type { PlanTally } from '../core/planning/tally.ts';
import type { Survey } from '../core/reconcile/survey.ts';

const TallySchema = v.object({
  scenes: v.number(),
  wouldChange: v.number(),
  inStep: v.number(),
  leftOut: v.number(),
  failures: v.record(v.string(), v.number()),
  fields: v.record(v.string(), v.record(v.string(), v.number())),
}) satisfies v.GenericSchema<unknown, PlanTally>;

export const SurveySchema = v.object({
  tally: TallySchema,
  sample: v.array(v.pipe(v.string(), v.transform(sceneId))),
}) satisfies v.GenericSchema<unknown, Survey>;
