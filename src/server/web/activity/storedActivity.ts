import * as v from 'valibot';
import { type Activity, type Bucket, NO_ACTIVITY } from '../../../core/activity/activity.ts';
import type { Store } from '../../../store/port.ts';

const KEY = 'activity';

/** Rows of numbers, since most of what is kept is many small ones. */
const Row = v.pipe(
  v.strictTuple([
    v.number(),
    v.number(),
    v.number(),
    v.number(),
    v.number(),
    v.number(),
    v.array(v.strictTuple([v.number(), v.number()])),
  ]),
  v.transform(
    ([at, scenes, fields, plexRequests, stashRequests, unanswered, latencies]): Bucket => ({
      at,
      scenes,
      fields,
      plexRequests,
      stashRequests,
      unanswered,
      latencies: Object.fromEntries(latencies),
    }),
  ),
);

const Schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ schema: v.literal(1), minutes: v.array(Row), quarters: v.array(Row) }),
);

/** Of another version, or none: there is none. */
export async function readActivity(meta: Pick<Store['meta'], 'get'>): Promise<Activity> {
  const parsed = v.safeParse(Schema, await meta.get(KEY));
  return parsed.success ? { minutes: parsed.output.minutes, quarters: parsed.output.quarters } : NO_ACTIVITY;
}

export const keepActivity = (
  meta: Pick<Store['meta'], 'set'>,
  { minutes, quarters }: Activity,
): Promise<void> =>
  meta.set(KEY, JSON.stringify({ schema: 1, minutes: minutes.map(rowOf), quarters: quarters.map(rowOf) }));

const rowOf = (bucket: Bucket): v.InferInput<typeof Row> => [
  bucket.at,
  bucket.scenes,
  bucket.fields,
  bucket.plexRequests,
  bucket.stashRequests,
  bucket.unanswered,
  Object.entries(bucket.latencies).map(([step, count]): [number, number] => [Number(step), count]),
];
