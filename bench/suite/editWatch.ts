import { setTimeout as delay } from 'node:timers/promises';
import type { SeenEdit, Simulator } from './simulators.ts';

/** What takes longer has gone wrong. */
const DEADLINE_MS = 60_000;

/** On the clock that all processes share: epoch ms, with fractions. */
export const sharedNow = (): number => performance.timeOrigin + performance.now();

/** Sees edits come to Plex; its simulator has to tell them. */
export class EditWatch {
  readonly #arrivals = new Map<string, (at: number) => void>();
  readonly #seen: number[] = [];
  #onEdit: () => void = () => undefined;

  constructor(plex: Simulator) {
    plex.onEdit((edit) => this.#note(edit));
  }

  /** When an edit came that sends this text, on the shared clock. To be asked before it can come. */
  async arrivalOf(text: string): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#arrivals.set(text, resolve);
    return withinDeadline(promise, `an edit of "${text}"`);
  }

  /** When the last of so many edits came, from now on. */
  async lastOf(count: number): Promise<number> {
    const before = this.#seen.length;
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#onEdit = () => {
      const last = this.#seen[before + count - 1];
      if (last !== undefined) resolve(last);
    };
    // However many they are, each may take its time.
    return withinDeadline(promise, `${count} edits`, DEADLINE_MS + count * 100);
  }

  #note({ at, query }: SeenEdit): void {
    this.#seen.push(at);
    this.#onEdit();
    for (const text of Object.values(query)) {
      this.#arrivals.get(text)?.(at);
      this.#arrivals.delete(text);
    }
  }
}

async function withinDeadline<Value>(
  promise: Promise<Value>,
  what: string,
  deadlineMs = DEADLINE_MS,
): Promise<Value> {
  const ended = new AbortController();
  const late = delay(deadlineMs, undefined, { signal: ended.signal }).then((): never => {
    throw new Error(`${what} did not come to Plex within ${deadlineMs / 1000} s`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    ended.abort();
  }
}
