import { setFlagsFromString } from 'node:v8';

/**
 * While pages of a library are parsed, V8 lets the part of its heap that holds what is young grow to some 100
 * MiB, and the rest to four times of what is alive, and keeps it. Of the flags about it these two are heeded
 * after the start. Measured by `npm run bench -- scale` with 10,000 scenes: 130 MiB instead of 330, for a few
 * hundredths of the time. What glibc takes for each thread is kept small by MALLOC_ARENA_MAX, which it heeds at the
 * start alone: hook.sh and the unit of systemd set it (measured with 5,000 scenes: 115 MiB instead of 133).
 */
export function keepHeapModest(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
