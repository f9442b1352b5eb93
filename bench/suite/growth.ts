export interface Point {
  readonly size: number;
  readonly value: number;
}

/** The power of the size that it grows with: the slope of a line through the logarithms. Null: too few points. */
export function exponentOf(points: readonly Point[]): number | null {
  const logs = points
    .filter(({ size, value }) => size > 0 && value > 0)
    .map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value) }));
  if (new Set(logs.map(({ x }) => x)).size < 2) return null;
  const meanOf = (of: (log: { x: number; y: number }) => number): number =>
    logs.reduce((total, log) => total + of(log), 0) / logs.length;
  const [meanX, meanY] = [meanOf(({ x }) => x), meanOf(({ y }) => y)];
  return meanOf(({ x, y }) => (x - meanX) * (y - meanY)) / meanOf(({ x }) => (x - meanX) ** 2);
}

export function growthOf(points: readonly Point[]): string {
  const exponent = exponentOf(points);
  return exponent === null ? 'too few sizes to tell how it grows' : `grows with size^${exponent.toFixed(2)}`;
}
