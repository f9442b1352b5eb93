import type { Failure } from '../core/failure.ts';
import { fail, type Result } from '../core/result.ts';
import type { Clock } from '../engine/clock.ts';
import type { Pin, PlexTvClient } from '../plex/plexTv/plexTvClient.ts';

/** As often as Plex's own pages look. */
const LOOK_EVERY_MS = 1_000;
/** After a look that failed, unless plex.tv says how long. */
const AFTER_TROUBLE_MS = 5_000;

export interface SignInParts {
  readonly plexTv: PlexTvClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each pin: its link is where the person signs in. The second one means that the first has expired. */
  readonly onPin: (pin: Pin) => void;
  /** Told when plex.tv stops answering; it is asked on until the pin expires. */
  readonly onTrouble: (failure: Failure) => void;
  readonly pinsAtMost: number;
}

/** The pin has expired, or every one of them. */
export const SIGN_IN_OVER: Failure = {
  class: 'auth',
  message: 'Nobody signed in while the link was good.',
  advice: 'Begin anew, or paste a token.',
};
const ENDED: Failure = { class: 'unreachable', message: 'The sign-in was ended.' };

/**
 * Has a person sign in at app.plex.tv, and waits for the token: looks once a second, and makes a new pin when one
 * expires. A page of its own would show the link of `createPin()` and call `lookAtPin()` itself.
 */
export async function signInByPin(parts: SignInParts): Promise<Result<string>> {
  for (let pins = 0; pins < parts.pinsAtMost; pins++) {
    const pin = await parts.plexTv.createPin();
    if (!pin.ok) return pin;
    parts.onPin(pin.value);
    const token = await tokenFor(pin.value, parts);
    if (token !== null) return token;
  }
  return fail(SIGN_IN_OVER);
}

/** Null when the pin has expired. */
async function tokenFor(pin: Pin, parts: SignInParts): Promise<Result<string> | null> {
  const { plexTv, clock, signal, onTrouble } = parts;
  const until = clock.now() + pin.lifeMs;
  let isInTrouble = false;
  let restMs = LOOK_EVERY_MS;
  while (clock.now() < until) {
    await clock.sleep(restMs, signal);
    if (signal.aborted) return fail(ENDED);
    const seen = await plexTv.lookAtPin(pin);
    if (!seen.ok) {
      if (!isInTrouble) onTrouble(seen.failure);
      isInTrouble = true;
      restMs = seen.failure.retryAfterMs ?? AFTER_TROUBLE_MS;
      continue;
    }
    isInTrouble = false;
    restMs = LOOK_EVERY_MS;
    if (seen.value.kind === 'signed-in') return { ok: true, value: seen.value.token };
    if (seen.value.kind === 'expired') return null;
  }
  return null;
}
