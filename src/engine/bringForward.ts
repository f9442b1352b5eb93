import type { Logger } from '../log/logger.ts';
import type { Queue } from '../store/port.ts';
import type { Clock } from './clock.ts';

/** To be called when the clock may have been set back, as between two processes. */
export async function bringForward(parts: {
  readonly store: { readonly queue: Queue };
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<void> {
  const jobs = await parts.store.queue.bringForward(parts.clock.now());
  if (jobs > 0)
    parts.logger.info({ jobs }, 'the clock was set back: what waited by the old time is done now');
}
