import type { ServerResponse } from 'node:http';

/** Stash's own type for answers of GraphQL. */
export const GRAPHQL_TYPE = 'application/graphql-response+json';
export const HTML = '<!doctype html><html><head><title>Stash</title></head><body></body></html>';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

/** Without a word in the body. */
export function unauthorized(response: ServerResponse): void {
  response.writeHead(401, { 'WWW-Authenticate': 'FormBased', 'Content-Length': 0 });
  response.end();
}
