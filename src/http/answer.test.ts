import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answering, ask, packed, SECRET } from './testing/ask.ts';
import { serveBytes, serveHttp } from './testing/loopback.ts';

describe('a broken answer', () => {
  test.each([
    ['is reset before it begins', '', 'reset'],
    ['ends within its headers', 'HTTP/1.1 200 OK\r\nContent-', 'reset'],
    ['is shorter than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":', 'truncated'],
    [
      'ends without its last chunk',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n',
      'truncated',
    ],
    [
      'has a chunk of no size',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\nzz\r\n',
      'truncated',
    ],
  ])('that %s', async (_what, bytes, kind) => {
    const url = await serveBytes((socket) => {
      socket.once('data', () => socket.end(bytes));
    });
    expect(await ask(url, { isRead: false })).toMatchObject({ ok: false, failure: { kind } });
  });

  test.each([
    ['more than allowed', answering('x'.repeat(1_001)), 'too-large'],
    [
      'no more than allowed packed, but more unpacked',
      answering(gzipSync('x'.repeat(1_001)), packed),
      'too-large',
    ],
    ['packed and damaged', answering(gzipSync('hello').subarray(0, 15), packed), 'bad-encoding'],
    ['packed in another way', answering('…', { 'content-encoding': 'br' }), 'bad-encoding'],
  ])('that is %s', async (_what, listener, kind) => {
    const url = await serveHttp(listener);
    expect(await ask(url, { maxBytes: 1_000 })).toMatchObject({ ok: false, failure: { kind } });
  });

  test('exactly as long as allowed is fine', async () => {
    const url = await serveHttp(answering('x'.repeat(1_000)));
    expect(await ask(url, { maxBytes: 1_000 })).toMatchObject({ ok: true });
  });
});

describe('a refusal', () => {
  test('carries status, wait and page', async () => {
    const url = await serveHttp((_, response) => {
      response.writeHead(503, { 'retry-after': '7' }).end('<Response status="Maintenance"/>');
    });
    expect(await ask(url)).toEqual({
      ok: false,
      failure: {
        kind: 'status',
        status: 503,
        retryAfterMs: 7_000,
        body: '<Response status="Maintenance"/>',
        message: `Plex answered 503 Service Unavailable: GET ${url}/list`,
      },
    });
  });

  test('stays a refusal when its page is endless or cut short', async () => {
    const endless = await serveHttp((_, response) => {
      response.writeHead(500).end('x'.repeat(1_000_000));
    });
    const cut = await serveBytes((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\n<html>'));
    });
    const failed = { kind: 'status', status: 500 };
    expect(await ask(endless)).toMatchObject({ failure: { ...failed, body: 'x'.repeat(64 * 1024) } });
    expect(await ask(cut)).toMatchObject({ failure: { ...failed, body: '<html>' } });
  });

  test('a redirect says where it leads and is not followed', async () => {
    let wasAsked = false;
    const elsewhere = await serveHttp((_, response) => {
      wasAsked = true;
      response.end();
    });
    const url = await serveHttp((_, response) => {
      response.writeHead(302, { location: `${elsewhere}/login?token=${SECRET}` }).end('moved');
    });
    expect(await ask(url)).toEqual({
      ok: false,
      failure: {
        kind: 'redirect',
        status: 302,
        location: `${elsewhere}/login`,
        message: `Plex redirects to ${elsewhere}/login: GET ${url}/list`,
      },
    });
    expect(wasAsked).toBe(false);
  });

  test('a redirect may lead within the server, or nowhere', async () => {
    const within = await serveHttp((_, response) => response.writeHead(301, { location: '/web' }).end());
    const nowhere = await serveHttp((_, response) => response.writeHead(304).end());
    expect(await ask(within)).toMatchObject({ failure: { location: `${within}/web` } });
    expect(await ask(nowhere)).toMatchObject({ failure: { kind: 'redirect', location: '' } });
  });
});
