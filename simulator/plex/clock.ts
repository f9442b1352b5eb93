/** The server's time: scans, late tags and maintenance hang on it, so that a test steps instead of sleeping. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  after(delayMs: number, run: () => void): void;
  /** Drops everything that is still to come. */
  stop(): void;
}

/** Stamps of Plex are whole epoch seconds. */
export const epochSeconds = (clock: Clock): number => Math.floor(clock.now() / 1000);

export function realClock(): Clock {
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, delayMs);
      timers.add(timer);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

export interface SteppedClock extends Clock {
  /** Moves time on, running what falls due, in order, each at its own time. */
  advance(ms: number): void;
}

export function steppedClock(startsAt = Date.UTC(2026, 0, 2, 3, 4, 5)): SteppedClock {
  let now = startsAt;
  let waiting: { readonly dueAt: number; readonly run: () => void }[] = [];
  const takeDue = (until: number) => {
    const due = waiting.filter((one) => one.dueAt <= until).sort((a, b) => a.dueAt - b.dueAt)[0];
    if (due !== undefined) waiting = waiting.filter((one) => one !== due);
    return due;
  };
  return {
    now: () => now,
    after: (delayMs, run) => {
      waiting.push({ dueAt: now + delayMs, run });
    },
    stop: () => {
      waiting = [];
    },
    advance: (ms) => {
      const until = now + ms;
      for (let due = takeDue(until); due !== undefined; due = takeDue(until)) {
        now = due.dueAt;
        due.run();
      }
      now = until;
    },
  };
}
