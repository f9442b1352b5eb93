import type { Clock } from './clock.ts';

const AT_MOST_EVERY_MS = 1_000;
const SHARE = 1 / 100;

/** For what is costly and need not be of this moment: asked anew when that takes but a small share of the time. */
export function seldom<Value>(clock: Pick<Clock, 'now'>, ask: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly at: number; readonly value: Promise<Value> } | null = null;
  let goodForMs = 0;
  return () => {
    const at = clock.now();
    // A clock may be set back.
    if (kept !== null && at >= kept.at && at - kept.at < goodForMs) return kept.value;
    goodForMs = Number.POSITIVE_INFINITY;
    const value = ask().finally(() => {
      goodForMs = Math.max(AT_MOST_EVERY_MS, (clock.now() - at) / SHARE);
    });
    kept = { at, value };
    return value;
  };
}
