import { TRIGGER_SOURCES, type TriggerSource } from './job.ts';

/** A person works on so many things by hand; more at once are a bulk edit, a scan, a comparison. */
const FEW = 20;
/** Added to the priority of what came in bulk: all of it goes behind all that came by ones. */
const BULK = 100;
/** One in so many places of a batch goes to whoever has waited longest, whatever its priority. */
const PLACES_BY_AGE = 4;

export const isBurst = (size: number): boolean => size > FEW;

/**
 * Lower goes first.
 * @param burst how many jobs came together
 */
export const priorityOf = (source: TriggerSource, burst: number): number =>
  TRIGGER_SOURCES[source].priority + (isBurst(burst) ? BULK : 0);

/** Whether a job of this priority was queued by a comparison of everything: no other source has its two priorities. */
export const isOfSweep = (priority: number): boolean =>
  priority === priorityOf('sweep', 1) || priority === priorityOf('sweep', BULK);

export const isBulk = (priority: number): boolean => priority >= BULK;

interface Due {
  readonly priority: number;
  readonly dueAt: number;
}

/**
 * Which due jobs make the next batch, in the order in which they are worked: the best priority first, so that an
 * edit never waits for a bulk to end; but a share of the places goes by age, so that a bulk ends, too, while
 * edits keep coming.
 */
export function nextBatch<Job extends Due>(due: readonly Job[], limit: number): readonly Job[] {
  const byPriority = [...due].sort((one, other) => one.priority - other.priority || one.dueAt - other.dueAt);
  if (byPriority.length <= limit) return byPriority;
  const first = byPriority.slice(0, limit - Math.floor(limit / PLACES_BY_AGE));
  const others = byPriority
    .slice(first.length)
    .sort((one, other) => one.dueAt - other.dueAt || one.priority - other.priority);
  const chosen = new Set([...first, ...others.slice(0, limit - first.length)]);
  return byPriority.filter((job) => chosen.has(job));
}

/** Events that follow each other without a pause. */
export interface Stream {
  readonly size: number;
  readonly lastAt: number;
}

export const noStream: Stream = { size: 0, lastAt: 0 };
const PAUSE_MS = 2_000;

export function streamAfter(stream: Stream, { events, now }: { events: number; now: number }): Stream {
  if (events === 0) return stream;
  return { size: (now - stream.lastAt > PAUSE_MS ? 0 : stream.size) + events, lastAt: now };
}
