import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type RatingKey, ratingKey, sectionKey } from '../../core/ids.ts';
import type { FieldEdit } from '../../core/planning/plan.ts';
import { serveHttp } from '../../http/testing/loopback.ts';
import { createPlexClient } from '../createPlexClient.ts';

export const TOKEN = 'S3CRET';

export const clientOf = (url: string, token = TOKEN) =>
  createPlexClient({
    url,
    token,
    tlsVerify: true,
    connectTimeoutMs: 5_000,
    readTimeoutMs: 5_000,
    clientIdentifier: 'client-1',
    version: '1.2.3',
  });

export const NOT_FOUND =
  '<html><head><title>Not Found</title></head><body><h1>404 Not Found</h1></body></html>';
export const MAINTENANCE =
  '<?xml version="1.0"?>\n<Response code="503" title="Maintenance" status="Plex Media Server is currently running database migrations."/>';

export interface Answer {
  readonly status?: number;
  readonly body?: string | object;
  readonly headers?: Record<string, string>;
}

export const json = (container: object): Answer => ({ body: { MediaContainer: container } });
export const IDENTITY = json({ size: 0, machineIdentifier: 'machine-1', version: '1.41.9' });

/** A Plex that answers `/identity` and, for the rest, what the test says. */
export async function servePlex(answer: (path: string, request: IncomingMessage) => Answer) {
  const asked: IncomingMessage[] = [];
  const url = await serveHttp((request, response) => {
    asked.push(request);
    const path = request.url ?? '';
    send(response, path === '/identity' ? IDENTITY : answer(path, request));
  });
  return { url, asked, paths: () => asked.map((request) => `${request.method} ${request.url}`) };
}

export function send(response: ServerResponse, { status = 200, body = '', headers = {} }: Answer): void {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Whatever stands in place of Plex: it answers everything in one way. */
export const standIn =
  (answer: Answer): RequestListener =>
  (_, response) =>
    send(response, answer);

export const keys = (...values: readonly number[]): RatingKey[] =>
  values.map((value) => ratingKey(String(value)));
export const rawItem = (key: string) => ({ ratingKey: key, title: `Item ${key}`, librarySectionID: 2 });
export const edit = (
  edits: readonly FieldEdit[] = [{ kind: 'text', field: 'title', value: 'A b', lock: true }],
) => ({
  section: sectionKey('2'),
  ratingKey: ratingKey('42'),
  edits,
});
