import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { text } from 'node:stream/consumers';

export interface StashAnswer {
  readonly status: number;
  readonly type: string | null;
  /** Null when the document was refused. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly message: string; readonly path?: readonly unknown[] }[];
}

export interface StashQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

export interface AskStashOptions {
  /** Such as a cookie, or the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves before it is answered. */
  readonly signal?: AbortSignal;
}

/**
 * Asks as a person's browser or another tool does: what the demo and tests edit Stash with, not our client.
 * Any certificate will do.
 */
export async function askStash(
  url: string,
  question: StashQuestion,
  { headers = {}, signal }: AskStashOptions = {},
): Promise<StashAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.startsWith('https:') ? requestSecure : requestPlain)(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    // A connection of its own: one that is kept may be dead once Stash was down.
    agent: false,
    rejectUnauthorized: false,
    ...(signal !== undefined && { signal }),
  });
  request.once('response', resolve);
  request.once('error', reject);
  request.end(JSON.stringify(question));
  const response = await promise;
  const body = await text(response);
  const { data, errors } = (body === '' ? {} : JSON.parse(body)) as Partial<StashAnswer>;
  return {
    status: response.statusCode ?? 0,
    type: response.headers['content-type'] ?? null,
    data: data ?? null,
    errors: errors ?? [],
  };
}
