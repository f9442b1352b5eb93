/** What a part has seen so far. */
export class Ledger {
  readonly #figures = new Map<string, number>();
  readonly #tell: (words: string) => void;
  readonly broken: string[] = [];
  readonly skipped: string[] = [];

  constructor(tell: (words: string) => void) {
    this.#tell = tell;
  }

  broke(words: string): void {
    this.#tell(`BROKE ${words}`);
    this.broken.push(words);
  }

  count(figure: string, by = 1): void {
    this.#figures.set(figure, (this.#figures.get(figure) ?? 0) + by);
  }

  get isBroken(): boolean {
    return this.broken.length > 0;
  }

  /** The largest there was. */
  peak(figure: string, value: number): void {
    this.#figures.set(figure, Math.max(this.#figures.get(figure) ?? 0, value));
  }

  of(figure: string): number {
    return this.#figures.get(figure) ?? 0;
  }

  get figures(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#figures);
  }
}
