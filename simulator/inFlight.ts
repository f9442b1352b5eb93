/** Requests that a server works on at the same time: begun, and neither answered nor given up. */
export class InFlight {
  #now = 0;
  #atMost = 0;

  get atMost(): number {
    return this.#atMost;
  }

  /** Returns what to call once. */
  begin(): () => void {
    this.#now += 1;
    this.#atMost = Math.max(this.#atMost, this.#now);
    return () => {
      this.#now -= 1;
    };
  }

  forget(): void {
    this.#atMost = this.#now;
  }
}
