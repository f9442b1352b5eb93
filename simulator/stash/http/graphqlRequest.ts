import type { IncomingMessage } from 'node:http';
import type { GraphqlRequest } from './graphqlAnswer.ts';
import { type Answer, GRAPHQL_TYPE } from './send.ts';

/** GET with `query`, or POST of JSON. */
export function readGraphqlRequest(given: {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly url: URL;
}): GraphqlRequest | { readonly problem: Answer } {
  const { request, body, url } = given;
  if (request.method === 'GET') {
    const query = url.searchParams.get('query') ?? '';
    return {
      query,
      variables: readObject(url.searchParams.get('variables') ?? '{}') ?? {},
      operationName: null,
    };
  }
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    const text = '{"errors":[{"message":"transport not supported"}],"data":null}';
    return { problem: { status: 400, type: 'text/plain; charset=utf-8', body: text } };
  }
  const parameters = readObject(body);
  if (parameters === null) {
    const text = '{"errors":[{"message":"json request body could not be decoded"}],"data":null}';
    return { problem: { status: 400, type: GRAPHQL_TYPE, body: text } };
  }
  const { query, variables, operationName } = parameters;
  return {
    query: typeof query === 'string' ? query : '',
    variables: isObject(variables) ? variables : {},
    operationName: typeof operationName === 'string' && operationName !== '' ? operationName : null,
  };
}

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
