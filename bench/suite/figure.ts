/** What was measured several times, in short. */
export interface Figure {
  readonly median: number;
  /** Quartiles; the least and the most of few samples. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** So many have quartiles worth the name. */
const MANY = 10;

/** Null: nothing was measured. */
export function figureOf(samples: readonly number[]): Figure | null {
  if (samples.length === 0) return null;
  const [low, high] = samples.length < MANY ? [0, 1] : [0.25, 0.75];
  return {
    median: quantile(samples, 0.5),
    low: quantile(samples, low),
    high: quantile(samples, high),
    n: samples.length,
  };
}

/** Between two samples, the line between them; NaN of nothing. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
