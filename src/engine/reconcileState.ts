import * as v from 'valibot';
import { sceneId } from '../core/ids.ts';
import { NO_COUNTS, type ReconcileCounts } from '../core/reconcile/progress.ts';
import type { Survey } from '../core/reconcile/survey.ts';
import type { Meta } from '../store/port.ts';
import { SurveySchema } from './surveySchema.ts';

const CountsSchema = v.object({
  scenes: v.number(),
  inStep: v.number(),
  queued: v.number(),
  queuedToBeSure: v.number(),
  notInPlex: v.number(),
  needPerson: v.number(),
  // Of one that an older version has begun nobody has counted them.
  held: v.optional(v.number(), 0),
  leftOut: v.optional(v.number(), 0),
  destroyed: v.number(),
}) satisfies v.GenericSchema<unknown, ReconcileCounts>;

// ── The one that runs: in the cursor of its job, so that its place and its page are saved in one ───────

const PositionSchema = v.object({
  schema: v.literal(2),
  startedAt: v.number(),
  /** The last scene that is done. */
  after: v.nullable(v.pipe(v.string(), v.transform(sceneId))),
  /** Scenes that Stash had at the start; null when it did not tell. */
  total: v.nullable(v.number()),
  counts: CountsSchema,
  /** What it would write, where it asks first; null: it queues what differs. */
  survey: v.nullable(SurveySchema),
});

export type Position = Omit<v.InferOutput<typeof PositionSchema>, 'survey'> & {
  readonly survey: Survey | null;
};

/** Null where there is none, or one that another version wrote: then it starts over. */
export function readPosition(cursor: string | null): Position | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), PositionSchema), cursor);
  return parsed.success ? parsed.output : null;
}

export const positionText = (position: Position): string => JSON.stringify(position);

export const firstPosition = (startedAt: number, survey: Survey | null): Position => ({
  schema: 2,
  startedAt,
  after: null,
  total: null,
  counts: NO_COUNTS,
  survey,
});

// ── The last one, and the schedule ──────────────────────────────────────────────────────────────────

const META_KEY = 'reconcile';

const ReportSchema = v.object({
  startedAt: v.number(),
  endedAt: v.number(),
  outcome: v.picklist(['done', 'cancelled']),
  counts: CountsSchema,
});

export type ReconcileReport = v.InferOutput<typeof ReportSchema>;

const MemorySchema = v.object({
  schema: v.literal(1),
  /** When the schedule was last served; before the first time, when it began to count. */
  scheduledAt: v.nullable(v.number()),
  last: v.nullable(ReportSchema),
});

export type ReconcileMemory = Omit<v.InferOutput<typeof MemorySchema>, 'schema'>;

export async function readMemory(meta: Meta): Promise<ReconcileMemory> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), MemorySchema), await meta.get(META_KEY));
  return parsed.success ? parsed.output : { scheduledAt: null, last: null };
}

export async function changeMemory(meta: Meta, change: Partial<ReconcileMemory>): Promise<void> {
  const { scheduledAt, last } = { ...(await readMemory(meta)), ...change };
  await meta.set(META_KEY, JSON.stringify({ schema: 1, scheduledAt, last }));
}
