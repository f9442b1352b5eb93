import type { Failure } from '../core/failure.ts';

/** What a script can tell from the exit code; the documentation is made from this table. */
export const EXIT_CODES = {
  done: { code: 0, words: 'It is done, or what was asked for is shown.' },
  failed: { code: 1, words: 'It failed; the message says why.' },
  usage: { code: 2, words: 'The command line or a setting is wrong; nothing was done.' },
  unreachable: { code: 3, words: 'Plex, Stash or the running daemon does not answer; jobs are kept.' },
  problem: { code: 4, words: '`doctor` found a problem; it says what to do.' },
  warned: { code: 5, words: '`doctor` found no problem, and something that you should know.' },
} as const satisfies Record<string, { readonly code: number; readonly words: string }>;

export type ExitReason = keyof typeof EXIT_CODES;

/** Ends a command with a message for people. Everything else that is thrown is a bug. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly reason: ExitReason;
  readonly advice: string | null;

  constructor(reason: ExitReason, message: string, advice: string | null = null) {
    super(message);
    this.reason = reason;
    this.advice = advice;
  }
}

export function exitReasonOf(failure: Failure): ExitReason {
  if (failure.class === 'unreachable') return 'unreachable';
  return failure.class === 'settings' || failure.class === 'auth' ? 'usage' : 'failed';
}
