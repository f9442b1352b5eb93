import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { finished } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail, type Result, succeed } from '../core/result.ts';
import { type HttpFailure, shownUrl } from './httpFailure.ts';
import type { HttpResponse } from './request.ts';
import { parseRetryAfter } from './retryAfter.ts';

/** As much of an error page as is looked at. */
const ERROR_BODY_BYTES = 64 * 1024;

export interface Expected {
  readonly url: URL;
  /** The server as people call it. */
  readonly name: string;
  /** For example `GET http://127.0.0.1:32400/identity`. */
  readonly description: string;
  readonly maxBytes: number;
}

/** Reads an answer to its end and judges it: only a complete 2xx is a success. */
export async function readAnswer(
  response: IncomingMessage,
  expected: Expected,
): Promise<Result<HttpResponse, HttpFailure>> {
  const { name, description, maxBytes } = expected;
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return fail(redirected(response, expected));
  if (status < 200 || status >= 300) return fail(await refused(response, expected));

  const collected = await collect(response, maxBytes);
  const tooLarge: HttpFailure = {
    kind: 'too-large',
    message: `${name} answered more than ${maxBytes} bytes: ${description}`,
  };
  if (collected.end === 'too-large') return fail(tooLarge);
  if (collected.end === 'cut') {
    const message = `${name} broke off in the middle of its answer: ${description}`;
    return fail({ kind: 'truncated', message });
  }
  const unpacked = await unpack(response, collected.bytes, maxBytes);
  if (unpacked === 'too-large') return fail(tooLarge);
  if (unpacked === 'damaged') {
    const encoding = JSON.stringify(response.headers['content-encoding']);
    const message = `${name} packed its answer as ${encoding}, which cannot be unpacked: ${description}`;
    return fail({ kind: 'bad-encoding', message });
  }
  return succeed({
    status,
    headers: response.headers,
    bytes: unpacked,
    // Made when it is asked for: an image is no text.
    get body() {
      return textOf(unpacked);
    },
    description,
  });
}

function redirected(response: IncomingMessage, { name, url, description }: Expected): HttpFailure {
  response.destroy();
  const target = URL.parse(response.headers.location ?? '', url.href);
  const location = response.headers.location === undefined || target === null ? '' : shownUrl(target);
  const whither = location === '' ? 'without saying where' : `to ${location}`;
  const status = response.statusCode ?? 0;
  return { kind: 'redirect', status, location, message: `${name} redirects ${whither}: ${description}` };
}

async function refused(response: IncomingMessage, { name, description }: Expected): Promise<HttpFailure> {
  const status = response.statusCode ?? 0;
  const { bytes } = await collect(response, ERROR_BODY_BYTES);
  const unpacked = await unpack(response, bytes, ERROR_BODY_BYTES);
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now());
  return {
    kind: 'status',
    status,
    body: typeof unpacked === 'string' ? '' : textOf(unpacked),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    message: `${name} answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd().concat(`: ${description}`),
  };
}

interface Collected {
  readonly bytes: Buffer;
  readonly end: 'complete' | 'cut' | 'too-large';
}

function collect(response: IncomingMessage, maxBytes: number): Promise<Collected> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      const room = maxBytes - size;
      size += chunk.length;
      chunks.push(chunk.subarray(0, Math.max(room, 0)));
      if (chunk.length <= room) return;
      resolve({ bytes: Buffer.concat(chunks), end: 'too-large' });
      response.destroy();
    });
    // Tells a body cut short of its Content-Length or of its last chunk from a complete one.
    finished(response, (error) => {
      resolve({ bytes: Buffer.concat(chunks), end: error ? 'cut' : 'complete' });
    });
  });
}

const gunzipAsync = promisify(gunzip);

/** We ask for no packing, but proxies pack all the same. */
async function unpack(
  response: IncomingMessage,
  bytes: Buffer,
  maxBytes: number,
): Promise<Buffer | 'damaged' | 'too-large'> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return bytes;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') return 'damaged';
  return gunzipAsync(bytes, { maxOutputLength: maxBytes }).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged',
  );
}

/** Decoded as a whole, since chunks end in the middle of characters. */
const textOf = (bytes: Buffer): string => new TextDecoder().decode(bytes);
