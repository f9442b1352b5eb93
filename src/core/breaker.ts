import { hasCome } from './dueTime.ts';

/** Persisted, one per peer. Each state carries just its own data. */
export type Breaker =
  | {
      readonly state: 'closed';
      readonly failuresInRow: number;
      /** Of the latest failure; absent when there is none, or it was stored by a version that did not keep it. */
      readonly reason?: string;
    }
  | {
      readonly state: 'open';
      /** Start of the outage: stays when a probe fails. */
      readonly openedAt: number;
      readonly probeAt: number;
      /** Times it opened in a row without closing: the open time grows with it. */
      readonly opened: number;
      readonly reason: string;
    };

const FAILURES_TO_OPEN = 5;
const FIRST_OPEN_MS = 5_000;
const LONGEST_OPEN_MS = 300_000;

/** A peer that was unreachable: the caller tells these from failures of single items. */
export interface Outage {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  readonly reason: string;
  /** What the server asked for: it is not probed before, within {@link LONGEST_OPEN_MS}. */
  readonly retryAfterMs?: number | undefined;
}

export function recordFailure(breaker: Breaker, outage: Outage): Breaker {
  const { now, reason } = outage;
  if (breaker.state === 'closed') {
    const failuresInRow = breaker.failuresInRow + 1;
    if (failuresInRow < FAILURES_TO_OPEN) return { state: 'closed', failuresInRow, reason };
    return { state: 'open', openedAt: now, probeAt: now + openMs(1, outage), opened: 1, reason };
  }
  // A request from before it opened says nothing new: only a failed probe makes the open time longer.
  if (!mayProceed(breaker, now)) return breaker;
  const opened = breaker.opened + 1;
  return { state: 'open', openedAt: breaker.openedAt, probeAt: now + openMs(opened, outage), opened, reason };
}

/** The peer answered, if only to refuse: it can be reached. */
export const recordSuccess = (): Breaker => ({ state: 'closed', failuresInRow: 0 });

/** Why the peer did not answer the last time; null when it did, or was never asked. */
export function failingReason(breaker: Breaker): string | null {
  if (breaker.state === 'closed' && breaker.failuresInRow === 0) return null;
  return breaker.reason ?? 'the reason is not known';
}

/** Whether the peer may be asked: anything while closed, one probe when it is due. */
export function mayProceed(breaker: Breaker, now: number): boolean {
  return breaker.state === 'closed' || hasCome(breaker.probeAt, now, LONGEST_OPEN_MS);
}

/** Half of it is jitter, so that the first probe of a short outage comes within seconds, and never at once. */
function openMs(opened: number, { random, retryAfterMs = 0 }: Outage): number {
  const longest = Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** (opened - 1));
  return Math.min(LONGEST_OPEN_MS, Math.max(Math.round((longest * (1 + random)) / 2), retryAfterMs));
}
