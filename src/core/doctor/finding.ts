import { adviceOf, type Failure } from '../failure.ts';
import type { Result } from '../result.ts';

/** One thing that `plexsync doctor` looked at. */
export interface Finding {
  readonly name: string;
  readonly state: FindingState;
  readonly found: string;
  /** What to do about it; null when nothing is to be done. */
  readonly advice: string | null;
}

export type FindingState = 'ok' | 'warning' | 'problem';

/** What a server said to a question; null when it said nothing in time. */
export type Heard<Value> = Result<Value> | null;

export const fine = (name: string, found: string): Finding => ({ name, state: 'ok', found, advice: null });

export const warning = (name: string, found: string, advice: string): Finding => ({
  name,
  state: 'warning',
  found,
  advice,
});

export const problem = (name: string, found: string, advice: string): Finding => ({
  name,
  state: 'problem',
  found,
  advice,
});

export const failed = (name: string, failure: Failure): Finding =>
  problem(name, failure.message, adviceOf(failure));

/** What an answer means; without one, the failure is what was found. */
export function heard<Value>(
  name: string,
  answer: Heard<Value>,
  meaning: (value: Value) => Finding,
): Finding {
  if (answer === null) {
    return problem(
      name,
      'No answer came in time.',
      'Look whether the server is busy or a firewall swallows requests, and ask once more.',
    );
  }
  return answer.ok ? meaning(answer.value) : failed(name, withWayOut(answer.failure));
}

/** Jobs wait for a server that is away; whoever asks the doctor wants it back. */
function withWayOut(failure: Failure): Failure {
  const { class: kind, peer, advice } = failure;
  if (kind !== 'unreachable' || peer === undefined || advice !== undefined) return failure;
  return {
    ...failure,
    advice: `Start it, or correct ${peer}_url. What is to be done is kept until it answers.`,
  };
}

/** As it stands after what was found. */
export const adviceWords = (advice: string): string =>
  advice.startsWith('Nothing to do') ? advice : `What to do: ${advice}`;

/** How bad it is in all. */
export function worstOf(findings: readonly Finding[]): FindingState {
  const has = (wanted: FindingState): boolean => findings.some(({ state }) => state === wanted);
  return has('problem') ? 'problem' : has('warning') ? 'warning' : 'ok';
}
