import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass, type Peer } from '../failure.ts';

/**
 * What a person is told by a webhook. Made of fixed words and numbers alone: no titles, paths, addresses or words of
 * a server leave the machine this way.
 */
export interface Alert {
  readonly event: 'dead-letters' | 'outage' | 'outage-over' | 'paused' | 'paused-over' | 'stopped' | 'test';
  readonly severity: 'info' | 'warning' | 'error';
  /** ASCII, since some receivers take it in a header. */
  readonly title: string;
  readonly text: string;
}

const NAMES = { plex: 'Plex', stash: 'Stash' } as const satisfies Record<Peer, string>;
const KEPT = 'What is edited meanwhile is kept.';

export function deadLetters(byClass: Partial<Record<FailureClass, number>>): Alert {
  const groups = FAILURE_CLASSES.flatMap((kind) => {
    const count = byClass[kind] ?? 0;
    return count === 0 ? [] : [{ count, words: `${FAILURE_POLICIES[kind].title}: ${count}` }];
  });
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return {
    event: 'dead-letters',
    severity: 'warning',
    title: `PlexSync: ${total} new dead letter${total === 1 ? '' : 's'}`,
    text: `${groups.map(({ words }) => words).join(' · ')}. “plexsync dead” says which, and what to do.`,
  };
}

export const outage = (peer: Peer, lastedMs: number): Alert => ({
  event: 'outage',
  severity: 'error',
  title: `PlexSync: ${NAMES[peer]} does not answer`,
  text: `${NAMES[peer]} has been unreachable for ${duration(lastedMs)}. ${KEPT} “plexsync status” says why.`,
});

export const outageOver = (peer: Peer, lastedMs: number): Alert => ({
  event: 'outage-over',
  severity: 'info',
  title: `PlexSync: ${NAMES[peer]} answers again`,
  text: `${NAMES[peer]} was unreachable for ${duration(lastedMs)}. What was kept is being carried.`,
});

export const paused = (peer: Peer, kind: FailureClass): Alert => ({
  event: 'paused',
  severity: 'error',
  title: `PlexSync: work waits for a correction (${NAMES[peer]})`,
  text: `${FAILURE_POLICIES[kind].title}. ${KEPT} “plexsync status” says what to correct.`,
});

export const pausedOver = (peer: Peer): Alert => ({
  event: 'paused-over',
  severity: 'info',
  title: `PlexSync: work goes on (${NAMES[peer]})`,
  text: 'What was to be corrected is in order. What was kept is being carried.',
});

export const stopped = (advice: string): Alert => ({
  event: 'stopped',
  severity: 'error',
  title: 'PlexSync: safety stop, nothing is written',
  text: `${advice} “plexsync status” says what was found.`,
});

export const test: Alert = {
  event: 'test',
  severity: 'info',
  title: 'PlexSync: a test',
  text: 'This is how PlexSync tells of dead letters, long outages and safety stops.',
};

const MINUTE_MS = 60_000;

function duration(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days`;
}
