import type { Socket } from 'node:net';

export interface TimeLimits {
  /** From the look-up of the host to the end of the TLS handshake. */
  readonly connectTimeoutMs: number;
  /** Longest silence; a whole answer may take {@link wholeAnswerMs}. */
  readonly readTimeoutMs: number;
}

/** A server that trickles must not hold us for ever. */
export const wholeAnswerMs = (limits: TimeLimits): number => 4 * limits.readTimeoutMs;

export type MissedDeadline = 'connect' | 'silence' | 'whole';

export interface Deadlines {
  /** The request got its socket, new or kept alive; only now time runs, since it may have queued for one. */
  readonly begin: (socket: Socket) => void;
  /** Something came. */
  readonly heard: () => void;
  readonly stop: () => void;
}

export function createDeadlines(
  limits: TimeLimits,
  isSecure: boolean,
  onMissed: (missed: MissedDeadline) => void,
): Deadlines {
  let next: NodeJS.Timeout | undefined;
  let whole: NodeJS.Timeout | undefined;
  let isOver = false;
  const expect = (missed: MissedDeadline, ms: number): void => {
    clearTimeout(next);
    if (!isOver) next = setTimeout(() => onMissed(missed), ms);
  };
  const beginReading = (): void => {
    whole = setTimeout(() => onMissed('whole'), wholeAnswerMs(limits));
    expect('silence', limits.readTimeoutMs);
  };
  return {
    begin(socket) {
      if (!socket.connecting) return beginReading();
      expect('connect', limits.connectTimeoutMs);
      // A server that accepts but never finishes the handshake has not let us in.
      socket.once(isSecure ? 'secureConnect' : 'connect', beginReading);
    },
    heard() {
      expect('silence', limits.readTimeoutMs);
    },
    stop() {
      isOver = true;
      clearTimeout(next);
      clearTimeout(whole);
    },
  };
}
