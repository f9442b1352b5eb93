/** Four steps double the time: what is read out is at most a tenth off. */
const STEPS_A_DOUBLING = 4;
const SHORTEST_MS = 10;

/** Times counted by steps that grow with the time; what many minutes saw can be added up. */
export type Latencies = Readonly<Record<number, number>>;

export const latencyStep = (ms: number): number =>
  Math.max(0, Math.round(Math.log2(Math.max(ms, SHORTEST_MS) / SHORTEST_MS) * STEPS_A_DOUBLING));

const stepMs = (step: number): number => SHORTEST_MS * 2 ** (step / STEPS_A_DOUBLING);

export function plusLatencies(one: Latencies, other: Latencies): Latencies {
  const sum: Record<number, number> = { ...one };
  for (const [step, count] of entriesOf(other)) sum[step] = (sum[step] ?? 0) + count;
  return sum;
}

/** So many of a hundred took no longer; null when nothing was counted. */
export function percentileMs(latencies: Latencies, percent: number): number | null {
  const counts = entriesOf(latencies).sort(([one], [other]) => one - other);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let passed = 0;
  for (const [step, count] of counts) {
    passed += count;
    if (passed >= (total * percent) / 100) return stepMs(step);
  }
  return null;
}

const entriesOf = (latencies: Latencies): (readonly [step: number, count: number])[] =>
  Object.entries(latencies).map(([step, count]) => [Number(step), count] as const);
