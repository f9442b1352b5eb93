import type { Failure } from './failure.ts';

/** What may fail as part of the job is a value; exceptions are for bugs. */
export type Result<Value, Problem = Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Problem };

export const succeed = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });
export const fail = <Problem>(failure: Problem): Result<never, Problem> => ({ ok: false, failure });
