/** One place where bytes from outside come in. */
export interface Target {
  readonly name: string;
  /** Good inputs: what is fed is made of them. */
  readonly seeds: readonly Uint8Array[];
  /** Its share of all inputs; those that need a socket or a file take long. */
  readonly weight: number;
  open(): Promise<OpenTarget>;
}

export interface OpenTarget {
  /**
   * Takes one input, whatever it is. What it throws breaks a promise: bad input is a value, and what comes out of it
   * holds to its own rules, which this looks at as well.
   */
  feed(input: Uint8Array): unknown;
  close?(): Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const jsonBytes = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Undefined: it is no JSON. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return undefined;
  }
}

export function demand(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`broken rule: ${rule}`);
}

/** A target that keeps nothing between its inputs. */
export const pureTarget = (
  name: string,
  seeds: readonly Uint8Array[],
  feed: (input: Uint8Array) => unknown,
  weight = 10,
): Target => ({ name, seeds, weight, open: () => Promise.resolve({ feed }) });
