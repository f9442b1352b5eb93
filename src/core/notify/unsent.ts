import { hasCome } from '../dueTime.ts';
import type { Alert } from './alert.ts';

/** An alert on its way. */
export interface Unsent {
  readonly alert: Alert;
  /** When what it tells of was seen. */
  readonly at: number;
  readonly attempts: number;
  readonly nextAt: number;
}

/** After each attempt but the last; a webhook that is away for longer than all of these hears of other things later. */
const WAITS_MS = [30_000, 120_000, 600_000, 1_800_000] as const;
/** Beyond, the oldest go. */
const MOST_UNSENT = 20;

export const addUnsent = (
  unsent: readonly Unsent[],
  alerts: readonly Alert[],
  now: number,
): readonly Unsent[] =>
  [...unsent, ...alerts.map((alert) => ({ alert, at: now, attempts: 0, nextAt: now }))].slice(-MOST_UNSENT);

/** The one to be sent now: in order, so that the end of an outage is not told before its beginning. */
export function dueUnsent(unsent: readonly Unsent[], now: number): Unsent | null {
  const [first] = unsent;
  if (first === undefined) return null;
  return hasCome(first.nextAt, now, LONGEST_WAIT_MS) ? first : null;
}

const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** As it stands while an attempt is under way, and after it if that fails; null: this was the last one. */
export function attempted(unsent: Unsent, now: number, retryAfterMs = 0): Unsent | null {
  const wait = WAITS_MS[unsent.attempts];
  if (wait === undefined) return null;
  const nextAt = now + Math.min(LONGEST_WAIT_MS, Math.max(wait, retryAfterMs));
  return { ...unsent, attempts: unsent.attempts + 1, nextAt };
}
