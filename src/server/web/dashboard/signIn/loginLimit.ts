/** Wrong passwords that an address may send at once, and all addresses together. */
const BURST = { address: 5, everyone: 30 } as const;
/** One more each so often. */
const REFILL_MS = { address: 12_000, everyone: 2_000 } as const;
/** Those that were least recently wrong are forgotten beyond this. */
const ADDRESSES_KEPT = 1_000;

interface Bucket {
  readonly wrong: number;
  readonly at: number;
}

/**
 * Slows down whoever guesses passwords: after some wrong ones an address has to wait, and so has everybody when
 * there are many addresses. Who knows the password is not held up by another address until the latter.
 */
export class LoginLimit {
  readonly #addresses = new Map<string, Bucket>();
  #everyone: Bucket = { wrong: 0, at: 0 };

  /** How long this address has to wait before it is listened to (ms); 0: not at all. */
  waitMs(address: string, now: number): number {
    return Math.max(
      waitOf(this.#addresses.get(address), BURST.address, { refillMs: REFILL_MS.address, now }),
      waitOf(this.#everyone, BURST.everyone, { refillMs: REFILL_MS.everyone, now }),
    );
  }

  noteWrong(address: string, now: number): void {
    this.#everyone = oneMore(this.#everyone, REFILL_MS.everyone, now);
    const bucket = oneMore(this.#addresses.get(address), REFILL_MS.address, now);
    // Put in anew, so that the first one is the one that was wrong the longest time ago.
    this.#addresses.delete(address);
    this.#addresses.set(address, bucket);
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size > ADDRESSES_KEPT && oldest !== undefined) this.#addresses.delete(oldest);
  }

  noteRight(address: string): void {
    this.#addresses.delete(address);
  }
}

/** A clock that was set back forgives nothing and keeps nobody waiting longer. */
const wrongNow = ({ wrong, at }: Bucket, refillMs: number, now: number): number =>
  Math.max(0, wrong - Math.max(0, now - at) / refillMs);

const oneMore = (bucket: Bucket | undefined, refillMs: number, now: number): Bucket => ({
  wrong: (bucket === undefined ? 0 : wrongNow(bucket, refillMs, now)) + 1,
  at: now,
});

function waitOf(
  bucket: Bucket | undefined,
  burst: number,
  { refillMs, now }: { readonly refillMs: number; readonly now: number },
): number {
  if (bucket === undefined) return 0;
  const over = wrongNow(bucket, refillMs, now) - burst + 1;
  return over <= 0 ? 0 : Math.ceil(over * refillMs);
}
