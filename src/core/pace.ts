/** Requests that come in bulk, each kind with a time of its own. */
export type BulkRequest = 'list' | 'details' | 'edit';

/** How hard a server may be worked in bulk. */
export interface Pace {
  /** Requests at once; below 1 the share of the time in which there is one. */
  readonly width: number;
  /** What each kind usually takes; absent before the first. */
  readonly usualMs: { readonly [Kind in BulkRequest]?: number };
}

export const firstPace: Pace = { width: 1, usualMs: {} };

/** How much is asked at once at most. */
export interface Widest {
  readonly lists: number;
  /** Each edit makes Plex work on its database. */
  readonly edits: number;
}

/** By the setting `plex_requests_at_once`: nobody knows how much a Plex takes (plex reference §1, "Rate limits"). */
export const widestOf = (setting: number): Widest =>
  setting === 0 ? { lists: 3, edits: 2 } : { lists: setting, edits: setting };

const NARROWEST = 1 / 8;
/** What takes so much longer than usual, and longer than a short pause of the disk, says that it is too much. */
const SLOW_FACTOR = 4;
const SLOW_MS = 1_000;
/** Of one answer in what is usual; a slow one counts less, and yet a server that stays slow becomes the usual. */
const WEIGHT = 0.2;
const WEIGHT_OF_SLOW = 0.05;
const LONGEST_REST_MS = 5_000;

export interface BulkAnswer {
  readonly kind: BulkRequest;
  readonly tookMs: number;
  /** Refused because there is too much to do, or not answered at all. */
  readonly isOverload: boolean;
}

/** One more after a round of answers that came as usual, half after one that did not. */
export function paceAfter(pace: Pace, { kind, tookMs, isOverload }: BulkAnswer, widest = widestOf(0)): Pace {
  if (isOverload) return { ...pace, width: halfOf(pace) };
  const usual = pace.usualMs[kind] ?? tookMs;
  const isSlow = tookMs > SLOW_MS && tookMs > usual * SLOW_FACTOR;
  const weight = isSlow ? WEIGHT_OF_SLOW : WEIGHT;
  return {
    width: isSlow ? halfOf(pace) : Math.min(widest.lists, pace.width + 1 / Math.max(1, pace.width)),
    usualMs: { ...pace.usualMs, [kind]: usual + (tookMs - usual) * weight },
  };
}

const halfOf = ({ width }: Pace): number => Math.max(NARROWEST, width / 2);

export const requestsAtOnce = ({ width }: Pace): number => Math.max(1, Math.floor(width));

/** How long to leave the server alone after work that kept it busy for `workedMs`. */
export function restMs({ width }: Pace, workedMs: number): number {
  if (width >= 1) return 0;
  return Math.min(LONGEST_REST_MS, Math.round(workedMs * (1 / width - 1)));
}
