/** In a row, since a disk may not answer for a moment. */
const LOOKS_TO_BELIEVE = 3;

/**
 * Notices that the data folder was taken away or replaced under a daemon. It would go on with files that nobody sees
 * any more, beside the daemon that works on the new folder.
 */
export class FolderWatch {
  readonly #isInPlace: () => boolean;
  readonly #taken = new AbortController();
  #missed = 0;

  constructor(isInPlace: () => boolean) {
    this.#isInPlace = isInPlace;
  }

  /** Fires once it is believed. */
  get taken(): AbortSignal {
    return this.#taken.signal;
  }

  look(): void {
    this.#missed = this.#isInPlace() ? 0 : this.#missed + 1;
    if (this.#missed >= LOOKS_TO_BELIEVE) this.#taken.abort();
  }
}
