import { adviceOf, type Failure } from './failure.ts';
import type { Result } from './result.ts';

/** One thing that "Check set-up" looked at. */
export interface SetupCheck {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'problem';
  readonly found: string;
  /** What to do about it; null when nothing is to be done. */
  readonly advice: string | null;
}

/** What a server said to a question; null when it said nothing in time. */
export type Heard<Value> = Result<Value> | null;

export const fine = (name: string, found: string): SetupCheck => ({
  name,
  state: 'ok',
  found,
  advice: null,
});

export const warning = (name: string, found: string, advice: string): SetupCheck => ({
  name,
  state: 'warning',
  found,
  advice,
});

export const problem = (name: string, found: string, advice: string): SetupCheck => ({
  name,
  state: 'problem',
  found,
  advice,
});

export const failed = (name: string, failure: Failure): SetupCheck =>
  problem(name, failure.message, adviceOf(failure));

/** The check of an answer; without one, the failure is what was found. */
export function heard<Value>(
  name: string,
  answer: Heard<Value>,
  check: (value: Value) => SetupCheck,
): SetupCheck {
  if (answer === null) {
    return problem(
      name,
      'No answer came in time.',
      'Look whether the server is busy or a firewall swallows requests, and check once more.',
    );
  }
  return answer.ok ? check(answer.value) : failed(name, answer.failure);
}
