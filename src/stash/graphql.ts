import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { jsonBody } from '../http/jsonBody.ts';
import type { HttpClient } from '../http/request.ts';
import type { Variables } from './documents.ts';
import { signedIn } from './signedIn.ts';
import type { StashSignIn } from './signIn.ts';
import { notStash, stashFailure } from './stashFailure.ts';

export interface GraphqlAnswer {
  /** Null when the whole question failed; else what failed is null within. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphqlError[];
}

export interface GraphqlError {
  readonly message: string;
  /** Begins with the alias of the field that failed; empty when the document itself is wrong. */
  readonly path: readonly (string | number)[];
  readonly code: string | null;
}

export type AskStash = (document: string, variables?: Variables) => Promise<Result<GraphqlAnswer>>;

/** A page of 1,000 scenes with everything has 5 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Sends documents; Stash's errors within are left to the caller. One that writes is never sent twice. */
export function createAskStash(http: HttpClient, signIn: StashSignIn): AskStash {
  const ask = signedIn(http, signIn);
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return async (document, variables = {}) => {
    const isRead = !document.trimStart().startsWith('mutation');
    const body = JSON.stringify({ query: document, variables });
    const sent = await ask({ method: 'POST', path: '/graphql', headers, body, maxBytes: MAX_BYTES, isRead });
    if (sent.ok) {
      const json = jsonBody(sent.value);
      if (!json.ok) return fail(stashFailure(json.failure, signIn.advice));
      const answer = parseAnswer(json.value);
      return answer === null
        ? fail(notStash(`The answer is not GraphQL: ${sent.value.description}`))
        : succeed(answer);
    }
    // A wrong document: 422 before gqlgen 0.17.70, 400 since.
    const { failure } = sent;
    if (failure.kind === 'status' && (failure.status === 400 || failure.status === 422)) {
      const answer = parseAnswer(parseLeniently(failure.body));
      if (answer !== null) return succeed(answer);
    }
    return fail(stashFailure(failure, signIn.advice));
  };
}

const AnswerSchema = v.object({
  data: v.optional(v.nullable(v.record(v.string(), v.unknown())), null),
  errors: v.optional(
    v.nullable(
      v.array(
        v.object({
          message: v.string(),
          path: v.nullish(v.array(v.union([v.string(), v.number()])), []),
          extensions: v.nullish(v.object({ code: v.nullish(v.string()) })),
        }),
      ),
    ),
    [],
  ),
});

function parseAnswer(json: unknown): GraphqlAnswer | null {
  const parsed = v.safeParse(AnswerSchema, json);
  if (!parsed.success) return null;
  const { data, errors } = parsed.output;
  if (data === null && (errors ?? []).length === 0) return null;
  return {
    data,
    errors: (errors ?? []).map(({ message, path, extensions }) => ({
      message,
      path: path ?? [],
      code: extensions?.code ?? null,
    })),
  };
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

export const isWrongDocument = (answer: GraphqlAnswer): boolean =>
  answer.errors.some((error) => error.code === 'GRAPHQL_VALIDATION_FAILED');

/** Failures that would befall any question now: the database is locked, not open yet, or being migrated. */
const PASSING =
  /database (is locked|table is locked|not initialized)|SQLITE_BUSY|NEEDS_MIGRATION|context (canceled|deadline)/i;

/** The failure of the question as a whole, or null when there is data, be it in part. */
export function failureOf(answer: GraphqlAnswer): Failure | null {
  const passing = answer.errors.find((error) => PASSING.test(error.message));
  if (passing !== undefined) {
    return {
      class: 'unreachable',
      peer: 'stash',
      message: `Stash cannot answer just now: ${clip(passing.message)}`,
    };
  }
  return answer.data === null ? refusal(answer.errors[0]) : null;
}

export const refusal = (error: GraphqlError | undefined): Failure => ({
  class: 'rejected',
  peer: 'stash',
  message: `Stash answered with an error: ${clip(error?.message ?? 'without words')}`,
});

/** Messages of Stash may repeat what was asked. */
export const clip = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
