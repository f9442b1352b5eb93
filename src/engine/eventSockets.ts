import type { EventsFacts } from '../core/doctor/peerFindings.ts';
import type { Peer } from '../core/failure.ts';

/** Whether the servers tell of changes just now, as far as somebody listens: for people who want to know. */
export class EventSockets {
  readonly #states = new Map<Peer, EventsFacts>();

  note(peer: Peer, state: EventsFacts): void {
    this.#states.set(peer, state);
  }

  /** Null: nobody has listened yet. */
  of(peer: Peer): EventsFacts | null {
    return this.#states.get(peer) ?? null;
  }
}
