import * as v from 'valibot';
import type { Meta } from '../store/port.ts';

/**
 * Each stamp is read by polls at least this far apart: rows of one second have no order among them, a page may
 * shift while it is read, and a change may be stored some time after its stamp was taken. It is measured on our
 * clock, between polls, so that a bulk edit is read a few times and not for as long as it is the newest.
 */
const OVERLAP_MS = 60_000;

const BaselineSchema = v.object({
  schema: v.literal(2),
  /** Newest stamp at the first poll: what is older and was never seen was there before us. */
  firstAt: v.number(),
  /** Whatever is stamped earlier was read by two polls or more. */
  doneAt: v.number(),
  /** Becomes `doneAt` once polls went on for OVERLAP_MS after it was read. */
  next: v.object({ readAt: v.number(), newestAt: v.number() }),
});

export type Baseline = v.InferOutput<typeof BaselineSchema>;

export const SCENES_BASELINE_KEY = 'poll-baseline';

/** Null before the first poll: what is there then is the starting point, not a change. */
export async function readBaseline(meta: Meta, key: string): Promise<Baseline | null> {
  const text = await meta.get(key);
  return text === null ? null : v.parse(BaselineSchema, JSON.parse(text));
}

export const writeBaseline = (meta: Meta, key: string, baseline: Baseline): Promise<void> =>
  meta.set(key, JSON.stringify(baseline));

export function baselineAfter(
  before: Baseline | null,
  { startedAt, newestAt }: { readonly startedAt: number; readonly newestAt: number },
): Baseline {
  const next = { readAt: startedAt, newestAt };
  if (before === null) return { schema: 2, firstAt: newestAt, doneAt: newestAt, next };
  if (startedAt - before.next.readAt < OVERLAP_MS) return before;
  return { ...before, doneAt: before.next.newestAt, next };
}

/** What was never seen before is a change unless it is as old as what was there at the first poll. */
export function isChange(updatedAt: string, known: string | undefined, { firstAt }: Baseline): boolean {
  return known === undefined ? !(Date.parse(updatedAt) < firstAt) : known !== updatedAt;
}
