import type { Result } from '../core/result.ts';
import type { HttpFailure } from './httpFailure.ts';

/** What became of a request, for counting. */
export interface EndedRequest {
  readonly outcome: RequestOutcome;
  /** The status of the answer, or what went wrong where there was none. */
  readonly code: string;
  /** From asking to the end of the answer, the wait for a free connection included. */
  readonly ms: number;
}

export const REQUEST_OUTCOMES = ['ok', 'refused', 'no-answer'] as const;
/** `refused`: the server answered, and not what was asked for. */
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

export function endedRequest(
  result: Result<{ readonly status: number }, HttpFailure>,
  ms: number,
): EndedRequest {
  if (result.ok) return { outcome: 'ok', code: String(result.value.status), ms };
  const { failure } = result;
  if ('status' in failure) return { outcome: 'refused', code: String(failure.status), ms };
  return { outcome: OUTCOME_OF[failure.kind], code: failure.kind, ms };
}

const OUTCOME_OF: Readonly<Record<Exclude<HttpFailure['kind'], 'status' | 'redirect'>, RequestOutcome>> = {
  refused: 'no-answer',
  dns: 'no-answer',
  network: 'no-answer',
  'connect-timeout': 'no-answer',
  'read-timeout': 'no-answer',
  'cut-off': 'no-answer',
  reset: 'no-answer',
  tls: 'no-answer',
  unsendable: 'no-answer',
  truncated: 'refused',
  'not-http': 'refused',
  'not-json': 'refused',
  'too-large': 'refused',
  'bad-encoding': 'refused',
};
