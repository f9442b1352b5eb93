import type { RequestListener } from 'node:http';
import { expect } from 'vitest';
import { createHttpClient, type HttpPeer, type HttpRequest } from '../request.ts';

export const SECRET = 'S3CRET';
export const packed = { 'content-encoding': 'gzip' };

export const peerAt = (url: string, more: Partial<HttpPeer> = {}): HttpPeer => ({
  name: 'Plex',
  url,
  tlsVerify: true,
  connectTimeoutMs: 5_000,
  readTimeoutMs: 30_000,
  ...more,
});

export const read = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: `/list?secret=${SECRET}`,
  headers: { 'x-plex-token': SECRET },
  maxBytes: 1_000_000,
  isRead: true,
  ...more,
});

/** Sends one request to the server at `url`; whatever comes of it, no secret may show. */
export async function ask(url: string, request: Partial<HttpRequest> = {}, peer: Partial<HttpPeer> = {}) {
  const result = await createHttpClient(peerAt(url, peer))(read(request));
  if (!result.ok) expect(result.failure.message).not.toContain(SECRET);
  return result;
}

export const answering =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, headers).end(body);
