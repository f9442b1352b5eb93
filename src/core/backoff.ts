/** Least delay, so that a small draw never makes a hot loop. */
const FLOOR_MS = 250;
const BASE_MS = 5_000;
const CAP_MS = 600_000;
/** Longest that a server may put us off: a wrong Retry-After must not lose a job for days. */
const RETRY_AFTER_CAP_MS = 3_600_000;

/**
 * Exponential backoff with full jitter: anywhere up to 5 s, 10 s, 20 s … 10 min, so that what failed
 * together does not come back together.
 */
export function backoffMs(request: {
  /** Attempts that failed before this one. */
  readonly attempt: number;
  /** In [0, 1). */
  readonly random: number;
  /** What the server asked for, as a minimum. */
  readonly retryAfterMs?: number | undefined;
  /** Where even an hour's outage is to be noticed as over within less than 10 min. */
  readonly capMs?: number;
}): number {
  const ceiling = Math.min(request.capMs ?? CAP_MS, BASE_MS * 2 ** request.attempt);
  const asked = Math.min(request.retryAfterMs ?? 0, RETRY_AFTER_CAP_MS);
  return Math.max(FLOOR_MS, Math.round(request.random * ceiling), asked);
}

/**
 * After an edit the item is read back at once, and again this long after the edit while something is
 * missing: Plex shows tags up to 2 s late (plex reference §3.8).
 */
const VERIFICATION_STEPS_MS = [1_000, 2_000, 5_000];

/** When to read an item again that was edited at `writtenAt`; `over`: what it shows now is what it took. */
export function nextVerification(writtenAt: number, now: number): number | 'over' {
  // Written in the future: the clock was set back, so the steps say nothing.
  if (now < writtenAt) return 'over';
  return VERIFICATION_STEPS_MS.map((step) => writtenAt + step).find((dueAt) => dueAt > now) ?? 'over';
}
