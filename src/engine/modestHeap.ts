import { setFlagsFromString } from 'node:v8';

/**
 * While pages of a library are parsed, V8 lets the part of its heap that holds what is young grow to some 100
 * MiB, and the rest to four times of what is alive, and keeps it. Of the flags about it these two are heeded
 * after the start. Measured by `npm run bench -- scale` with 10,000 scenes: 130 MiB instead of 330, for a few
 * hundredths of the time.
 */
export function keepHeapModest(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
