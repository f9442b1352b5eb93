import * as v from 'valibot';
import { fail, type Result, succeed } from '../core/result.ts';
import { jsonBody } from '../http/jsonBody.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../http/request.ts';
import type { Container } from './decodeItem.ts';
import type { PlexProblem } from './plexFailure.ts';

export interface PlexAnswer {
  readonly container: Container;
  readonly headers: HttpResponse['headers'];
  /** What was asked, for messages. */
  readonly description: string;
}

/**
 * The five ways in which we speak to Plex: ask for something, ask for a picture, have it look itself, edit, and hand
 * over an image. There is no sixth.
 */
export interface AskPlex {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Result<PlexAnswer, PlexProblem>>;
  getPicture(path: string, maxBytes: number): Promise<Result<Uint8Array, PlexProblem>>;
  /** Answered at once, by nothing; the work comes later. */
  start(path: string): Promise<Result<void, PlexProblem>>;
  put(path: string): Promise<Result<void, PlexProblem>>;
  /** Hands over an image; what is answered says nothing (plex reference §3.6). */
  post(path: string, bytes: Uint8Array): Promise<Result<void, PlexProblem>>;
}

export interface PlexHeaders {
  /** Empty: none is sent. */
  readonly token: string;
  readonly clientIdentifier: string;
  readonly version: string;
}

/** A page of 500 items with their files has 1 MB, 50 items in detail have some more. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;
/** Edits are answered by nothing at all, in some builds by a path. */
const MAX_REPLY_BYTES = 1024 * 1024;

export function createAskPlex(http: HttpClient, { token, clientIdentifier, version }: PlexHeaders): AskPlex {
  const always = {
    // Without it Plex answers XML.
    accept: 'application/json',
    'x-plex-client-identifier': clientIdentifier,
    'x-plex-product': 'PlexSync',
    'x-plex-version': version,
    'x-plex-device-name': 'PlexSync',
    ...(token === '' ? {} : { 'x-plex-token': token }),
  };
  const write = async (
    request: Pick<HttpRequest, 'method' | 'path' | 'body'>,
  ): Promise<Result<void, PlexProblem>> => {
    const sent = await http({ ...request, maxBytes: MAX_REPLY_BYTES, isRead: false, headers: always });
    if (sent.ok) return succeed(undefined);
    return fail(mayHaveArrived(sent.failure) ? withDoubt(sent.failure) : sent.failure);
  };
  return {
    async get(path, headers = {}) {
      const request = { method: 'GET', path, maxBytes: MAX_LIST_BYTES, isRead: true } as const;
      const sent = await http({ ...request, headers: { ...always, ...headers } });
      if (!sent.ok) return sent;
      const json = jsonBody(sent.value);
      if (!json.ok) return json;
      const { description } = sent.value;
      const parsed = v.safeParse(AnswerSchema, json.value);
      if (parsed.success) {
        return succeed({ container: parsed.output.MediaContainer, headers: sent.value.headers, description });
      }
      return fail({ kind: 'senseless', message: `The answer is JSON, but not Plex’s: ${description}` });
    },
    async getPicture(path, maxBytes) {
      const headers = { ...always, accept: 'image/*' };
      const sent = await http({ method: 'GET', path, maxBytes, isRead: true, headers });
      return sent.ok ? succeed(sent.value.bytes) : sent;
    },
    async start(path) {
      const request = { method: 'GET', path, maxBytes: MAX_REPLY_BYTES, isRead: true } as const;
      const sent = await http({ ...request, headers: always });
      return sent.ok ? succeed(undefined) : sent;
    },
    put: (path) => write({ method: 'PUT', path }),
    post: (path, body) => write({ method: 'POST', path, body }),
  };
}

const AnswerSchema = v.object({ MediaContainer: v.record(v.string(), v.unknown()) });

/** The reply got lost, not necessarily the edit (plex reference §8.11). */
const mayHaveArrived = ({ kind }: PlexProblem): boolean =>
  kind === 'reset' || kind === 'truncated' || kind === 'read-timeout';

const withDoubt = <Problem extends PlexProblem>(problem: Problem): Problem => ({
  ...problem,
  message: `${problem.message} (the edit may have been carried out)`,
});
