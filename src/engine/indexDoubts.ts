import { hasCome } from '../core/dueTime.ts';
import type { IndexedSection } from '../store/port.ts';

/** What part of the reading of a library failed: either may stand while the other works. */
export type Reading = 'listing' | 'catch-up';

interface Doubt {
  readonly section: IndexedSection['uuid'];
  readonly words: string;
  readonly times: number;
  readonly retryAt: number;
}

const FIRST_RETRY_MS = 15_000;
/** A library may have thousands of pages: one that cannot be read is tried again, not all the time. */
const LAST_RETRY_MS = 10 * 60 * 1000;

/**
 * Libraries whose index may lack what Plex has: as long as there is one, no scene may be said to be missing in
 * Plex. Of this process only: the next one reads anew.
 */
export class IndexDoubts {
  readonly #doubts = new Map<string, Doubt>();

  /** @returns whether it is the first of this reading, to be told to people once. */
  add(reading: Reading, found: Omit<Doubt, 'times' | 'retryAt'> & { readonly now: number }): boolean {
    const { section, words, now } = found;
    const key = keyOf(reading, section);
    const times = (this.#doubts.get(key)?.times ?? 0) + 1;
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (times - 1));
    this.#doubts.set(key, { section, words, times, retryAt: now + wait });
    return times === 1;
  }

  settle(reading: Reading, section: IndexedSection['uuid']): void {
    this.#doubts.delete(keyOf(reading, section));
  }

  /** Libraries that are out of scope now. */
  forget(sections: readonly IndexedSection['uuid'][]): void {
    for (const section of sections) {
      this.settle('listing', section);
      this.settle('catch-up', section);
    }
  }

  /** Whether this reading failed lately and is not to be tried again yet. */
  isWaiting(reading: Reading, section: IndexedSection['uuid'], now: number): boolean {
    const doubt = this.#doubts.get(keyOf(reading, section));
    return doubt !== undefined && !hasCome(doubt.retryAt, now, LAST_RETRY_MS);
  }

  /** The first one, in words; null when there is none. */
  words(): string | null {
    const [first] = this.#doubts.values();
    return first?.words ?? null;
  }
}

const keyOf = (reading: Reading, section: IndexedSection['uuid']): string => `${reading} ${section}`;
