import fc from 'fast-check';
import { hostileInputs } from './inputs.ts';
import type { Target } from './target.ts';

/** Of the processor's time, on inputs of a megabyte at most: a slow machine that does much else takes no longer. */
const LONGEST_MS = 3_000;

const MOST_SLOW = 3;

export interface Fed {
  readonly inputs: number;
  readonly slowestMs: number;
  /** A sentence each, with the input that shows it. */
  readonly broken: readonly string[];
}

export interface FeedOptions {
  readonly seed: number;
  readonly inputs: number;
  /** Told before each input is fed, so that one which never comes back can be told. */
  readonly onInput?: (input: Uint8Array) => void;
}

/** Feeds a target; the first input that breaks it is made as small as it goes. */
export async function feedTarget(target: Target, options: FeedOptions): Promise<Fed> {
  const { seed, inputs, onInput } = options;
  const slow: string[] = [];
  let slowestMs = 0;
  let count = 0;
  const open = await target.open();
  const feed = async (input: Uint8Array): Promise<void> => {
    onInput?.(input);
    count += 1;
    const before = process.threadCpuUsage();
    await open.feed(input);
    const used = process.threadCpuUsage(before);
    const ms = (used.user + used.system) / 1_000;
    slowestMs = Math.max(slowestMs, ms);
    // Not made smaller: each step of that would take as long.
    if (ms > LONGEST_MS) slow.push(`${target.name}: ${inputWords(input)} took ${Math.round(ms)} ms`);
  };
  try {
    const property = fc.asyncProperty(hostileInputs(target.seeds), feed);
    const result = await fc.check(property, { seed, numRuns: inputs, endOnFailure: false, timeout: 60_000 });
    const [input] = result.counterexample ?? [];
    const broken =
      input === undefined
        ? []
        : [`${target.name}: ${inputWords(input)} → ${errorWords(result.errorInstance)}`];
    return {
      inputs: count,
      slowestMs: Math.round(slowestMs),
      broken: [...broken, ...slow.slice(0, MOST_SLOW)],
    };
  } finally {
    await open.close?.();
  }
}

export function inputWords(input: Uint8Array): string {
  const text = JSON.stringify(Buffer.from(input).toString('latin1'));
  return text.length > 400 ? `${input.length} bytes ${text.slice(0, 300)}…${text.slice(-80)}` : text;
}

const errorWords = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 6).join(' | ') : String(error);
