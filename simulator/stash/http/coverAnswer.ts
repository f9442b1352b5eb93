import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * What Stash shows for a scene without a cover: an SVG of 733 bytes, told by the ETag that the real one has (the MD5
 * of its own drawing, which this one is not).
 */
const PLACEHOLDER = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720"></svg>'.padEnd(733, '\n'),
);
const PLACEHOLDER_TAG = '"5aedb3fa13f6bcea641a6957afd2390d"';

export const COVER_PATH = /^\/scene\/(\d+)\/screenshot$/;

/** As Go serves content: a type by its first bytes, an ETag (MD5), ranges, 304. `tag`: whether it tells the ETag. */
export function answerCover(
  { cover, hasTag, hasRanges }: { cover: Buffer | null; hasTag: boolean; hasRanges: boolean },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'GET') {
    response.writeHead(405, { Allow: 'GET' }).end();
    return;
  }
  const body = cover ?? PLACEHOLDER;
  const tag = cover === null ? PLACEHOLDER_TAG : `"${createHash('md5').update(cover).digest('hex')}"`;
  const headers = {
    'Content-Type': typeOf(body),
    'Cache-Control': request.url?.includes('?t=') ? 'private, max-age=31536000, immutable' : 'no-cache',
    ...(hasTag ? { ETag: tag } : {}),
  };
  if (hasTag && request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  const range = hasRanges ? /^bytes=0-(\d+)$/.exec(request.headers.range ?? '') : null;
  if (range === null) {
    response.writeHead(200, { ...headers, 'Content-Length': body.length }).end(body);
    return;
  }
  const part = body.subarray(0, Number(range[1]) + 1);
  response
    .writeHead(206, {
      ...headers,
      'Content-Range': `bytes 0-${part.length - 1}/${body.length}`,
      'Content-Length': part.length,
    })
    .end(part);
}

function typeOf(body: Buffer): string {
  const head = body.subarray(0, 12).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('RIFF')) return 'image/webp';
  if (head.startsWith('<')) return 'image/svg+xml';
  return head.slice(4, 8) === 'ftyp' ? 'video/mp4' : 'application/octet-stream';
}

/**
 * `data:image/png;base64,…`, as browsers send a cover. Null leaves the one there is: nothing takes a cover away.
 * Anything else would be an address, which Stash fetches and this one does not.
 */
export function coverOfInput(input: unknown): Buffer | null {
  const [, base64] = typeof input === 'string' ? (/^data:.+\/.+;base64,(.+)$/s.exec(input) ?? []) : [];
  return base64 === undefined ? null : Buffer.from(base64, 'base64');
}
