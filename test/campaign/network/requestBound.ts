import type { Outage } from '../outages.ts';

/** src/core/breaker.ts: so many failures open it, and the first probe comes half of so long later at the soonest. */
const FAILURES_TO_OPEN = 5;
const FIRST_OPEN_MS = 5_000;
const LONGEST_OPEN_MS = 300_000;
/** Pages of a listing under way when the fifth fails, and reads that are sent again over a kept connection. */
const UNDER_WAY = 5;
/** A pause is probed once a minute, by who it is and whether the token is good. */
const PAUSE_PROBE_MS = 60_000;
const REQUESTS_OF_A_PAUSE_PROBE = 2;

/** How many requests a server may get at most while nothing comes of any, however the jitter is drawn. */
export function mostRequests({ name }: Outage, ms: number): number {
  const first = FAILURES_TO_OPEN + UNDER_WAY;
  if (name.endsWith('token revoked'))
    return first + REQUESTS_OF_A_PAUSE_PROBE * Math.ceil(ms / PAUSE_PROBE_MS);
  let probes = 0;
  let at = 0;
  for (;;) {
    at += Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** probes) / 2;
    if (at > ms) return first + probes;
    probes += 1;
  }
}
