import type { Peer } from '../core/failure.ts';
import {
  decideAlerts,
  freshMemory,
  type NotifyFacts,
  type NotifyMemory,
  type PeerState,
} from '../core/notify/decide.ts';
import { addUnsent, attempted, dueUnsent, type Unsent } from '../core/notify/unsent.ts';
import type { Engine } from './engine.ts';
import { type NotifierState, readNotifierState, storeNotifierState } from './notifierState.ts';
import { STOP_ADVICE } from './safetyStop.ts';
import type { SendAlert } from './webhook.ts';

const LOOK_MS = 30_000;

type NotifierParts = Pick<Engine, 'store' | 'gate' | 'stop' | 'settings' | 'clock' | 'logger'>;

/**
 * Tells a person by a webhook what needs one. One `round` looks at how things are and sends at most one alert; what
 * is told and what is on its way is stored, so that a restart repeats nothing.
 */
export class Notifier {
  readonly #parts: NotifierParts;
  readonly #send: SendAlert;
  /** Said once in a row of failures. */
  #isFailing = false;

  constructor(parts: NotifierParts, send: SendAlert) {
    this.#parts = parts;
    this.#send = send;
  }

  /** @returns how long to wait for the next one. */
  async round(): Promise<number> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const before = (await readNotifierState(store.meta)) ?? { memory: freshMemory(now), unsent: [] };
    const { alerts, memory } = decideAlerts(await this.#facts(now, before.memory), before.memory);
    const unsent = addUnsent(before.unsent, alerts, now);
    const due = dueUnsent(unsent, now);
    // Before it is sent: what ends this process in between must not have it sent at once by the next.
    const rest = due === null ? unsent : unsent.slice(1);
    const again = due === null ? null : attempted(due, now);
    await storeNotifierState(store.meta, { memory, unsent: again === null ? rest : [again, ...rest] });
    if (due !== null) await this.#attempt(due, { memory, unsent: rest });
    return LOOK_MS;
  }

  async #attempt(due: Unsent, others: NotifierState): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const sent = await this.#send(due.alert, due.at);
    const about = { event: due.alert.event };
    if (sent.ok) {
      if (this.#isFailing) logger.info(about, 'notifications get through again');
      else logger.debug(about, 'notification sent');
      this.#isFailing = false;
      return storeNotifierState(store.meta, others);
    }
    const { words, isFinal, retryAfterMs } = sent.failure;
    const again = isFinal ? null : attempted(due, clock.now(), retryAfterMs);
    const what =
      again === null
        ? 'a notification was not taken, and is given up'
        : 'a notification was not taken: trying again';
    logger[this.#isFailing ? 'debug' : 'warn']({ ...about, reason: words }, what);
    this.#isFailing = true;
    const unsent = again === null ? others.unsent : [again, ...others.unsent];
    return storeNotifierState(store.meta, { ...others, unsent });
  }

  async #facts(now: number, memory: NotifyMemory): Promise<NotifyFacts> {
    const { store, stop, settings } = this.#parts;
    const stands = await stop.current();
    return {
      now,
      patienceMs: settings.notify_after * 60_000,
      deaths: await store.queue.diedAfter(memory.deadUntil),
      peers: { plex: await this.#peer('plex'), stash: await this.#peer('stash') },
      stop: stands === null ? null : { since: stands.since, advice: STOP_ADVICE[stands.kind] },
    };
  }

  async #peer(peer: Peer): Promise<PeerState> {
    const { gate } = this.#parts;
    const breaker = (await gate.breakers())[peer];
    if (breaker.state === 'open') return { kind: 'away', since: breaker.openedAt };
    const pause = gate.pauses().find(({ failure }) => failure.peer === peer);
    if (pause === undefined) return { kind: gate.hasAnswered()[peer] ? 'well' : 'unknown' };
    const { failure, since } = pause;
    // Told as the stop that it is.
    if (failure.class === 'server-changed') return { kind: 'unknown' };
    return { kind: 'paused', since, class: failure.class };
  }
}
