import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets the part of its heap that holds what is young grow to some 100 MiB while pages of a library are
 * parsed, and keeps it. Measured by `npm run bench:reconcile` with 10,000 scenes: 100 MiB less without, in the
 * same time. Of the flags about it this is the one that V8 heeds after its start.
 */
export const keepHeapModest = (): void => setFlagsFromString('--semi-space-growth-factor=1');
