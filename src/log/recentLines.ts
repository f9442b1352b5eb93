const MOST_LINES = 2_000;
/** A stack with its causes is long; the memory of all lines together is bounded, too. */
const MOST_CHARACTERS = 1_000_000;

/** The latest lines of the log of this process, as JSON, for a page to look at. Secrets are out of them already. */
export class RecentLines {
  #lines: string[] = [];
  #characters = 0;
  #noted = 0;

  readonly note = (line: string): void => {
    this.#lines.push(line);
    this.#characters += line.length;
    this.#noted++;
    // By halves, so that a line costs no copy of all.
    if (this.#lines.length >= 2 * MOST_LINES || this.#characters >= 2 * MOST_CHARACTERS) this.#drop();
  };

  /** How many there have been: changes with every line. */
  get noted(): number {
    return this.#noted;
  }

  /** Newest last. */
  all(): readonly string[] {
    this.#drop();
    return this.#lines;
  }

  #drop(): void {
    let first = this.#lines.length;
    let characters = 0;
    while (first > 0 && this.#lines.length - first < MOST_LINES) {
      const longer = characters + (this.#lines[first - 1]?.length ?? 0);
      if (longer > MOST_CHARACTERS) break;
      characters = longer;
      first--;
    }
    this.#lines = this.#lines.slice(first);
    this.#characters = characters;
  }
}
