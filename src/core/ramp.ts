/** How many jobs may be taken at once. Not persisted: after a restart the worker is at full size. */
export interface Ramp {
  readonly limit: number;
}

/** More than a worker takes at once. */
const FULL = 1_024;
const TOO_MANY = 0.3;

export const fullRamp: Ramp = { limit: FULL };
/** After an outage: a server that has just started is slow, and the queue is long. */
export const startRamp: Ramp = { limit: 1 };

/**
 * 1, 2, 4 … jobs at once while the server keeps up; half of what it was given when that was too much.
 * @param batch.failed jobs that met an unreachable server; what is wrong with one job does not count
 */
export function rampAfterBatch(ramp: Ramp, batch: { readonly jobs: number; readonly failed: number }): Ramp {
  if (batch.jobs === 0) return ramp;
  if (batch.failed > batch.jobs * TOO_MANY) {
    return { limit: Math.max(startRamp.limit, Math.floor(Math.min(ramp.limit, batch.jobs) / 2)) };
  }
  return { limit: Math.min(FULL, ramp.limit * 2) };
}
