import { answerWithin } from '../engine/answerWithin.ts';
import type { Clock } from '../engine/clock.ts';
import { Wakeup } from '../engine/wakeup.ts';
import type { Logger } from '../log/logger.ts';
import { type EndReason, judgeSurroundings, type Surroundings, type Watched } from './endOfLife.ts';

/** After something that may have changed anything, such as an event; many come at once. */
const SOON_MS = 1_000;
/** hook.sh waits 3 s at least for the whole of a task. */
const PATIENCE_MS = 1_000;
/** A new bundle is looked at twice before it is believed. */
const AGAIN_MS = 2_000;

export type Change = { readonly kind: 'end'; readonly reason: EndReason } | { readonly kind: 'settings' };

export interface WatchParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly everyMs: number;
  readonly watched: Watched;
  /** Asks Stash and looks at the disk. */
  readonly look: () => Promise<Surroundings>;
  /** Whether what is known of Stash now makes for other settings than those that run. */
  readonly haveSettingsChanged: () => boolean;
  readonly onChange: (change: Change) => void;
}

/** Looks at Stash's settings and at the plugin's own life, from time to time and when there is news. */
export class Watch {
  readonly #parts: WatchParts;
  readonly #wakeup: Wakeup;
  #watched: Watched;
  #lookedAt = 0;
  #looking: Promise<void> | null = null;
  #following: Promise<void> | null = null;
  #hasChanged = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#watched = parts.watched;
    this.#wakeup = new Wakeup(parts.signal);
  }

  /** Until the signal. */
  async run(): Promise<void> {
    for (;;) {
      const isInDoubt = this.#watched.newBundle !== undefined;
      await this.#wakeup.wait(isInDoubt ? AGAIN_MS : this.#parts.everyMs);
      if (this.#wakeup.hasEnded) return;
      await this.#nextLook();
    }
  }

  lookSoon(): void {
    // Either way: the clock may be set back.
    if (Math.abs(this.#parts.clock.now() - this.#lookedAt) >= SOON_MS) this.#wakeup.wake();
  }

  /**
   * Resolves when a look has ended that began after the call, one for all who wait; or after a second, since a
   * Stash that is busy is no reason to keep anybody waiting. False when what runs is about to end.
   */
  async lookNow(): Promise<boolean> {
    await answerWithin(this.#nextLook(), PATIENCE_MS);
    return !this.#hasChanged;
  }

  #nextLook(): Promise<void> {
    if (this.#looking === null) return this.#beginLook();
    this.#following ??= this.#looking.then(() => {
      this.#following = null;
      return this.#beginLook();
    });
    return this.#following;
  }

  #beginLook(): Promise<void> {
    this.#looking = this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { clock, look, haveSettingsChanged, logger } = this.#parts;
    this.#lookedAt = clock.now();
    try {
      const judged = judgeSurroundings(this.#watched, await look(), clock.now());
      if (judged.end !== null) return this.#change({ kind: 'end', reason: judged.end });
      this.#watched = judged.watched;
      if (haveSettingsChanged()) this.#change({ kind: 'settings' });
    } catch (error) {
      logger.warn({ error }, 'could not look at the plugin’s settings');
    }
  }

  #change(change: Change): void {
    if (this.#hasChanged) return;
    this.#hasChanged = true;
    this.#parts.onChange(change);
  }
}
