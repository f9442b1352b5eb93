import { scale } from './scale.ts';
import type { Benchmark } from './suite/benchmark.ts';

/** In the order in which they run, and stand in docs/performance.md. */
export const BENCHMARKS: readonly Benchmark[] = [scale];
