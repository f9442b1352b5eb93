import { backoffMs } from '../core/backoff.ts';
import type { PlexEvent } from '../core/plexEvent.ts';
import type { Engine } from './engine.ts';

/** A Plex that restarts is to be heard again soon after. */
const CAP_MS = 60_000;
/** A wrong token or a proxy in between does not mend itself. */
const REFUSED_MS = 60_000;
const REFUSED_CAP_MS = 10 * 60_000;
/** While work waits for a server or a person, or is switched off, Plex is not asked to tell. */
const SHUT_MS = 5_000;
/** A connection that lasted as long was a good one: the next attempt is the first. */
const GOOD_MS = 60_000;

/**
 * Rounds of listening, each as long as a connection lasts; a round says how long to wait before the next one. Where
 * Plex does not tell, the poll finds the same later, so that it is said once and no more.
 */
export function listenToPlex(engine: Engine, wake: () => void, signal: AbortSignal): () => Promise<number> {
  const { settings, gate, notifications, plexEvents, eventSockets, clock, random, logger } = engine;
  let failures = 0;
  let said: 'tells' | 'does not tell' | null = null;
  const say = (what: typeof said, facts: { readonly reason?: string }, words: string): void => {
    logger[said === what ? 'debug' : 'info'](facts, words);
    said = what;
  };
  return async () => {
    if (!settings.enabled || (await gate.isShut())) {
      eventSockets.note('plex', { state: 'not-tried' });
      return SHUT_MS;
    }
    let openedAt: number | null = null;
    const heard = (event: PlexEvent): void => {
      if (event.kind === 'connected') {
        openedAt = clock.now();
        eventSockets.note('plex', { state: 'open' });
        say('tells', {}, 'Plex tells of changes as they happen');
      }
      plexEvents.take(event);
      wake();
    };
    const end = await notifications.listen(heard, signal);
    if (signal.aborted) return 0;
    eventSockets.note('plex', { state: 'closed', why: end.reason });
    const hasLasted = openedAt !== null && clock.now() - openedAt >= GOOD_MS;
    const drawn = { attempt: hasLasted ? 0 : failures, random: random() };
    failures = hasLasted ? 0 : failures + 1;
    const words = `Plex does not tell of changes: they are looked for every ${settings.poll_interval} s`;
    if (openedAt === null) say('does not tell', { reason: end.reason }, words);
    else logger.debug({ reason: end.reason }, 'Plex tells no more');
    return end.kind === 'refused'
      ? backoffMs({ ...drawn, retryAfterMs: REFUSED_MS, capMs: REFUSED_CAP_MS })
      : backoffMs({ ...drawn, capMs: CAP_MS });
  };
}
