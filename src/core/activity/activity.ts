import { type Latencies, latencyStep, plusLatencies } from './latency.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const MINUTES_KEPT_MS = 2 * 60 * MINUTE_MS;
const QUARTERS_KEPT_MS = 7 * 24 * 60 * MINUTE_MS;

/** What was done in some time. */
export interface Deeds {
  /** Scenes of which Plex shows all that was wanted, after something was written. */
  readonly scenes: number;
  /** Fields and images that Plex took. */
  readonly fields: number;
  readonly plexRequests: number;
  readonly stashRequests: number;
  /** Requests that got no answer. */
  readonly unanswered: number;
  /** From an edit to where Plex shows it. */
  readonly latencies: Latencies;
}

export const NO_DEEDS: Deeds = {
  scenes: 0,
  fields: 0,
  plexRequests: 0,
  stashRequests: 0,
  unanswered: 0,
  latencies: {},
};

export interface Bucket extends Deeds {
  /** When its time begins. */
  readonly at: number;
}

/** The last hours by minutes, the last week by quarters of an hour, oldest first; times without deeds have none. */
export interface Activity {
  readonly minutes: readonly Bucket[];
  readonly quarters: readonly Bucket[];
}

export const NO_ACTIVITY: Activity = { minutes: [], quarters: [] };

export type Deed =
  | { readonly kind: 'scene'; readonly latencyMs: number | null }
  | { readonly kind: 'field' }
  | { readonly kind: 'request'; readonly peer: 'plex' | 'stash'; readonly isAnswered: boolean };

export function activityAfter({ minutes, quarters }: Activity, deed: Deed, now: number): Activity {
  const deeds = deedsOf(deed);
  return {
    minutes: bucketsAfter(minutes, deeds, { now, stepMs: MINUTE_MS, keptMs: MINUTES_KEPT_MS }),
    quarters: bucketsAfter(quarters, deeds, { now, stepMs: QUARTER_MS, keptMs: QUARTERS_KEPT_MS }),
  };
}

function deedsOf(deed: Deed): Deeds {
  switch (deed.kind) {
    case 'scene': {
      const latencies = deed.latencyMs === null ? {} : { [latencyStep(deed.latencyMs)]: 1 };
      return { ...NO_DEEDS, scenes: 1, latencies };
    }
    case 'field':
      return { ...NO_DEEDS, fields: 1 };
    case 'request':
      return {
        ...NO_DEEDS,
        [deed.peer === 'plex' ? 'plexRequests' : 'stashRequests']: 1,
        unanswered: deed.isAnswered ? 0 : 1,
      };
  }
}

interface Steps {
  readonly now: number;
  readonly stepMs: number;
  readonly keptMs: number;
}

function bucketsAfter(
  buckets: readonly Bucket[],
  deeds: Deeds,
  { now, stepMs, keptMs }: Steps,
): readonly Bucket[] {
  const at = startOf(now, stepMs);
  const last = buckets.at(-1);
  if (last?.at === at) return [...buckets.slice(0, -1), { ...plusDeeds(last, deeds), at }];
  // After a clock was set back, what lies ahead never was.
  return [...buckets.filter((each) => each.at < at && each.at > now - keptMs), { ...deeds, at }];
}

const startOf = (time: number, stepMs: number): number => Math.floor(time / stepMs) * stepMs;

export const plusDeeds = (one: Deeds, other: Deeds): Deeds => ({
  scenes: one.scenes + other.scenes,
  fields: one.fields + other.fields,
  plexRequests: one.plexRequests + other.plexRequests,
  stashRequests: one.stashRequests + other.stashRequests,
  unanswered: one.unanswered + other.unanswered,
  latencies: plusLatencies(one.latencies, other.latencies),
});

/** What two processes saw, one after the other, or what was kept and what came before that was read. */
export const joined = (earlier: Activity, later: Activity): Activity => ({
  minutes: joinedBuckets(earlier.minutes, later.minutes),
  quarters: joinedBuckets(earlier.quarters, later.quarters),
});

function joinedBuckets(one: readonly Bucket[], other: readonly Bucket[]): readonly Bucket[] {
  const byStart = new Map<number, Bucket>();
  for (const bucket of [...one, ...other]) {
    const known = byStart.get(bucket.at);
    byStart.set(bucket.at, known === undefined ? bucket : { ...plusDeeds(known, bucket), at: bucket.at });
  }
  return [...byStart.values()].sort((a, b) => a.at - b.at);
}

export const SPANS = {
  hour: { words: 'last hour', ms: 60 * MINUTE_MS, stepMs: MINUTE_MS, of: 'minutes' },
  day: { words: 'last day', ms: 24 * 60 * MINUTE_MS, stepMs: QUARTER_MS, of: 'quarters' },
  week: { words: 'last week', ms: QUARTERS_KEPT_MS, stepMs: 2 * 60 * MINUTE_MS, of: 'quarters' },
} as const;
export type Span = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as readonly Span[];

/** One after the other up to now, with those in which nothing was done. */
export function seriesOf(activity: Activity, span: Span, now: number): readonly Bucket[] {
  const { ms, stepMs, of } = SPANS[span];
  const end = startOf(now, stepMs);
  const first = end - ms + stepMs;
  const series = new Map<number, Deeds>();
  for (const bucket of activity[of]) {
    const at = startOf(bucket.at, stepMs);
    if (at >= first && at <= end) series.set(at, plusDeeds(series.get(at) ?? NO_DEEDS, bucket));
  }
  return Array.from({ length: ms / stepMs }, (_, index) => {
    const at = first + index * stepMs;
    return { ...(series.get(at) ?? NO_DEEDS), at };
  });
}

/** How many minutes of a bucket have passed; at least one, so that a rate is not made of a few seconds. */
export const minutesOf = (at: number, span: Span, now: number): number =>
  Math.max(1, Math.min(SPANS[span].stepMs, now - at) / MINUTE_MS);
