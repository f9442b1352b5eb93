import { hook } from './hook.ts';
import { latency } from './latency.ts';
import { peerHook } from './peer/hook.ts';
import { peerMemory } from './peer/memory.ts';
import { peerQueueing } from './peer/queueing.ts';
import { peerThroughput } from './peer/throughput.ts';
import { peerUnchanged } from './peer/unchanged.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';
import type { Benchmark } from './suite/benchmark.ts';
import { throughput } from './throughput.ts';

/** In the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [
  hook,
  latency,
  throughput,
  scale,
  start,
  peerHook,
  peerThroughput,
  peerUnchanged,
  peerMemory,
  peerQueueing,
];
