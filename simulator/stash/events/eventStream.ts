/** Tells everyone who listens; nothing is kept for those who come later. */
export class EventStream<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  get listenerCount(): number {
    return this.#listeners.size;
  }

  emit(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** @returns what ends it. */
  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
