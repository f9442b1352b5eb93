/**
 * Whether a time has come that was set at most `longestMs` ahead. One that lies further away was set before the clock
 * was set back, and would be waited for until the clock is there again.
 */
export const hasCome = (at: number, now: number, longestMs: number): boolean =>
  now >= at || at - now > longestMs;
