/** What was measured several times, in short. */
export interface Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Null: nothing was measured. */
export function figureOf(samples: readonly number[]): Figure | null {
  if (samples.length === 0) return null;
  return {
    median: quantile(samples, 0.5),
    low: Math.min(...samples),
    high: Math.max(...samples),
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
