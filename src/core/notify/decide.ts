import type { FailureClass, Peer } from '../failure.ts';
import { type Alert, deadLetters, outage, outageOver, paused, pausedOver, stopped } from './alert.ts';

export interface NotifyFacts {
  readonly now: number;
  /** How long a server has to be away, or work to wait for a correction, before anybody is told. */
  readonly patienceMs: number;
  /** Dead letters after {@link NotifyMemory.deadUntil}; null when there are none. */
  readonly deaths: Deaths | null;
  readonly peers: Readonly<Record<Peer, PeerState>>;
  readonly stop: { readonly since: number; readonly advice: string } | null;
}

/** Jobs that became dead letters within some time. */
export interface Deaths {
  readonly byClass: Partial<Record<FailureClass, number>>;
  readonly firstAt: number;
  readonly lastAt: number;
}

export type PeerState =
  | { readonly kind: 'well' }
  /** It has not been asked by this process yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'away'; readonly since: number }
  /** It answers, and work waits until something is corrected. */
  | { readonly kind: 'paused'; readonly since: number; readonly class: FailureClass };

/** What was told, so that nothing is told twice, whatever restarts in between. */
export interface NotifyMemory {
  /** Dead letters up to this time are told, or were there before anybody was to be told. */
  readonly deadUntil: number;
  readonly deadToldAt: number | null;
  readonly troubles: Partial<Record<Peer, Trouble>>;
  /** Of the stop that was told. */
  readonly stopSince: number | null;
}

export interface Trouble {
  readonly kind: 'away' | 'paused';
  readonly since: number;
}

/** Others follow the first one within seconds, and go with it. */
const GATHER_MS = 60_000;
/** However many there are, no more messages about them than this. */
const DEAD_EVERY_MS = 15 * 60_000;

export const freshMemory = (now: number): NotifyMemory => ({
  deadUntil: now,
  deadToldAt: null,
  troubles: {},
  stopSince: null,
});

export interface Decision {
  readonly alerts: readonly Alert[];
  readonly memory: NotifyMemory;
}

export function decideAlerts(facts: NotifyFacts, memory: NotifyMemory): Decision {
  const parts = [stopAlerts, plexAlerts, stashAlerts, deadAlerts];
  return parts.reduce<Decision>(
    (before, part) => {
      const { alerts, memory: after } = part(facts, before.memory);
      return { alerts: [...before.alerts, ...alerts], memory: after };
    },
    { alerts: [], memory },
  );
}

function stopAlerts({ stop }: NotifyFacts, memory: NotifyMemory): Decision {
  const stopSince = stop?.since ?? null;
  if (stopSince === memory.stopSince) return { alerts: [], memory };
  return { alerts: stop === null ? [] : [stopped(stop.advice)], memory: { ...memory, stopSince } };
}

const plexAlerts = (facts: NotifyFacts, memory: NotifyMemory): Decision => peerAlerts('plex', facts, memory);
const stashAlerts = (facts: NotifyFacts, memory: NotifyMemory): Decision =>
  peerAlerts('stash', facts, memory);

function peerAlerts(peer: Peer, { now, patienceMs, peers }: NotifyFacts, memory: NotifyMemory): Decision {
  const state = peers[peer];
  const told = memory.troubles[peer];
  switch (state.kind) {
    case 'unknown':
      return { alerts: [], memory };
    case 'well': {
      if (told === undefined) return { alerts: [], memory };
      const { [peer]: _over, ...others } = memory.troubles;
      const over = told.kind === 'away' ? outageOver(peer, now - told.since) : pausedOver(peer);
      return { alerts: [over], memory: { ...memory, troubles: others } };
    }
    case 'away':
    case 'paused': {
      if (told?.kind === state.kind || now - state.since < patienceMs) return { alerts: [], memory };
      const { kind, since } = state;
      const alert = kind === 'away' ? outage(peer, now - since) : paused(peer, state.class);
      return {
        alerts: [alert],
        memory: { ...memory, troubles: { ...memory.troubles, [peer]: { kind, since } } },
      };
    }
  }
}

function deadAlerts({ deaths, now }: NotifyFacts, memory: NotifyMemory): Decision {
  if (deaths === null) return { alerts: [], memory };
  const isGathering = isWithin(now - deaths.firstAt, GATHER_MS);
  const wasJustTold = memory.deadToldAt !== null && isWithin(now - memory.deadToldAt, DEAD_EVERY_MS);
  if (isGathering || wasJustTold) return { alerts: [], memory };
  return {
    alerts: [deadLetters(deaths.byClass)],
    memory: { ...memory, deadUntil: deaths.lastAt, deadToldAt: now },
  };
}

/** A time that lies ahead says that the clock was set back: nothing may wait for it to come again. */
const isWithin = (ageMs: number, limitMs: number): boolean => ageMs >= 0 && ageMs < limitMs;
