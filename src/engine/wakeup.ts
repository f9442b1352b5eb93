/** A wait that can be cut short: by news, or by the end. */
export class Wakeup {
  readonly #signal: AbortSignal;
  #isWoken = false;
  #resolve: (() => void) | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  get hasEnded(): boolean {
    return this.#signal.aborted;
  }

  /** Ends the present wait, or the next one before it begins. */
  wake(): void {
    this.#isWoken = true;
    this.#resolve?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#isWoken && ms > 0 && !this.hasEnded) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#resolve = null;
    this.#isWoken = false;
  }
}
