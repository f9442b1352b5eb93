import { setTimeout as delay } from 'node:timers/promises';

/** Generous: several suites share two cores. */
const DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 20;

/**
 * The one way in which tests of whole processes wait: looks until `look` no longer throws, and at the
 * deadline throws what it threw last.
 */
export async function eventually<Value>(
  look: () => Value | Promise<Value>,
  { withinMs = DEADLINE_MS }: { readonly withinMs?: number } = {},
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await delay(LOOK_EVERY_MS);
  }
}
