import { hook } from './hook.ts';
import { latency } from './latency.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';
import type { Benchmark } from './suite/benchmark.ts';
import { throughput } from './throughput.ts';

/** In the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [hook, latency, throughput, scale, start];
