import type { Wakened } from '../../server/wake.ts';

/** Often enough to be noticed in the course of an evening. */
const LOOK_EVERY_MS = 60_000;

export interface BadgeParts {
  readonly look: () => Promise<Wakened | null>;
  readonly isHidden: () => boolean;
  /** @returns ends it. */
  readonly onShown: (listener: () => void) => () => void;
  readonly every: (ms: number, act: () => void) => () => void;
}

type Listener = (said: Wakened | null) => void;

/**
 * What the icon shows. Stash renders it twice, for narrow and for wide windows (stash reference §5.2), and each page
 * anew: one look serves all, and nothing is asked while the tab cannot be seen.
 */
export class Badge {
  readonly #parts: BadgeParts;
  readonly #listeners = new Set<Listener>();
  #said: Wakened | null = null;
  #stop: (() => void) | null = null;

  constructor(parts: BadgeParts) {
    this.#parts = parts;
  }

  get said(): Wakened | null {
    return this.#said;
  }

  /** A daemon that does not answer leaves no number behind: it would be an old one. */
  async look(): Promise<void> {
    this.#said = await this.#parts.look();
    for (const listener of this.#listeners) listener(this.#said);
  }

  /** @returns ends it. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#stop ??= this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  #start(): () => void {
    const { every, isHidden, onShown } = this.#parts;
    const stopTimer = every(LOOK_EVERY_MS, () => {
      if (!isHidden()) void this.look();
    });
    const stopWatching = onShown(() => void this.look());
    return () => {
      stopTimer();
      stopWatching();
    };
  }
}

/** `3`, `99+`, `!` when nothing goes on without a person; null: nothing to see. */
export function badgeText(said: Wakened | null): string | null {
  if (said === null) return null;
  if (said.dead > 0) return said.dead > 99 ? '99+' : String(said.dead);
  return said.isStuck ? '!' : null;
}

/** The same for those who do not see it. */
export function badgeWords(said: Wakened | null): string {
  if (said === null) return 'PlexSync';
  const dead = said.dead === 0 ? [] : [`${said.dead} ${said.dead === 1 ? 'scene needs' : 'scenes need'} you`];
  const stuck = said.isStuck ? ['nothing is written until you have looked'] : [];
  const words = [...dead, ...stuck];
  return words.length === 0 ? 'PlexSync' : `PlexSync: ${words.join(', ')}`;
}
