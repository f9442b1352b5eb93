import { fail, type Result, succeed } from '../core/result.ts';
import type { HttpFailure } from './httpFailure.ts';
import type { HttpResponse } from './request.ts';

/** The JSON of an answer, not yet looked at. Whatever else comes with a 200 is named. */
export function jsonBody(response: Pick<HttpResponse, 'body' | 'description'>): Result<unknown, HttpFailure> {
  try {
    return succeed(JSON.parse(response.body));
  } catch (error) {
    // The only exception JSON.parse() has; anything else is a bug.
    if (!(error instanceof SyntaxError)) throw error;
    const looksLike = kindOf(response.body);
    return fail({ kind: 'not-json', looksLike, message: `${WORDS[looksLike]}: ${response.description}` });
  }
}

const WORDS = {
  empty: 'The answer is empty where JSON is due',
  html: 'The answer is a web page where JSON is due',
  xml: 'The answer is XML where JSON is due',
  text: 'The answer is not valid JSON',
} as const;

function kindOf(body: string): keyof typeof WORDS {
  const start = body.slice(0, 1000).trimStart().toLowerCase();
  if (start === '') return 'empty';
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html';
  return start.startsWith('<') ? 'xml' : 'text';
}
