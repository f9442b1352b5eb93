import type { Clock } from '../plex/clock.ts';
import type { Switches } from './switches.ts';

interface Pin {
  readonly id: number;
  readonly code: string;
  readonly clientIdentifier: string;
  readonly expiresAt: number;
  token: string | null;
}

const LIFE_MS = 900_000;

/** Codes that people sign in for. */
export class Pins {
  readonly #switches: Switches;
  readonly #clock: Clock;
  readonly #pins: Pin[] = [];
  readonly #lifeMs: number;

  constructor(switches: Switches, clock: Clock, lifeMs = LIFE_MS) {
    this.#switches = switches;
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  /** All that were made, in order. */
  get codes(): readonly string[] {
    return this.#pins.map(({ code }) => code);
  }

  /** Four characters for plex.tv/link, or a long one that only app.plex.tv takes. */
  make(clientIdentifier: string, isStrong: boolean): object {
    const id = 1000 + this.#pins.length;
    const code = isStrong ? `strong${id}codethatistwentyfour`.slice(0, 24) : `A${id}`.slice(0, 4);
    const pin: Pin = { id, code, clientIdentifier, expiresAt: this.#clock.now() + this.#lifeMs, token: null };
    this.#pins.push(pin);
    return this.#shown(pin);
  }

  /** Null: there is none, or none any more, or it is another client's. */
  read(id: string, clientIdentifier: string): object | null {
    const pin = this.#pins.find((each) => String(each.id) === id);
    if (pin === undefined || pin.clientIdentifier !== clientIdentifier) return null;
    return this.#isOver(pin) && this.#switches.expiredPin === 'not-found' ? null : this.#shown(pin);
  }

  /** A person signs in for this code. */
  signIn(code: string, token: string): boolean {
    const pin = this.#pins.find((each) => each.code === code);
    if (pin === undefined || this.#isOver(pin)) return false;
    pin.token = token;
    return true;
  }

  #isOver({ expiresAt }: Pin): boolean {
    return this.#clock.now() >= expiresAt;
  }

  #shown(pin: Pin): object {
    const { pinIds, pinLife } = this.#switches;
    const left = Math.max(0, pin.expiresAt - this.#clock.now());
    return {
      id: pinIds === 'text' ? String(pin.id) : pin.id,
      code: pin.code,
      product: 'PlexSync',
      trusted: false,
      clientIdentifier: pin.clientIdentifier,
      ...(pinLife === 'told' ? { expiresIn: Math.floor(left / 1000) } : {}),
      authToken: pin.token,
    };
  }
}
