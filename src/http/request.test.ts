import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHttpClient } from './request.ts';
import { answering, ask, packed, peerAt, read, SECRET } from './testing/ask.ts';
import { nobodyListens, serveBytes, serveHttp, serveHttps } from './testing/loopback.ts';

test('nothing is sent to a server whose address is not set', async () => {
  expect(await ask('')).toMatchObject({
    ok: false,
    failure: { kind: 'unsendable', message: expect.stringMatching(/^The address of .+ is not set\.$/) },
  });
});

describe('a good answer', () => {
  test('comes whole, with its status and headers', async () => {
    const url = await serveHttp(answering('{"a":1}', { 'x-total': '7' }));
    expect(await ask(url)).toMatchObject({
      ok: true,
      value: { status: 200, body: '{"a":1}', headers: { 'x-total': '7' }, description: `GET ${url}/list` },
    });
  });

  test('may be cut into chunks in the middle of its characters', async () => {
    const text = 'Amélie 🎬 映画';
    const url = await serveHttp((_, response) => {
      for (const byte of Buffer.from(text)) response.write(Buffer.of(byte));
      response.end();
    });
    expect(await ask(url)).toMatchObject({ ok: true, value: { body: text } });
  });

  test('is unpacked when a proxy packed it unasked', async () => {
    let asked: IncomingMessage | undefined;
    const url = await serveHttp((request, response) => {
      asked = request;
      answering(gzipSync('{"a":1}'), packed)(request, response);
    });
    expect(await ask(url)).toMatchObject({ ok: true, value: { body: '{"a":1}' } });
    expect(asked?.headers['accept-encoding']).toBe('identity');
  });

  test('is asked for under the path prefix of the URL, with its sign-in', async () => {
    let asked: IncomingMessage | undefined;
    const url = await serveHttp((request, response) => {
      asked = request;
      response.end();
    });
    const path = '/library/all?updatedAt%3E%3E=5&genre%5B0%5D.tag.tag=a%2520b';
    const prefixed = `${url.replace('//', `//user:${SECRET}%21@`)}/plex/?ignored=1`;
    const result = await ask(prefixed, { method: 'PUT', path, isRead: false });
    expect(result).toMatchObject({ ok: true, value: { description: `PUT ${url}/plex/library/all` } });
    expect(asked?.url).toBe(`/plex${path}`);
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from(`user:${SECRET}!`).toString('base64')}`);
    expect(asked?.headers['content-length']).toBe('0');
  });

  test('may come through a Unix socket', async () => {
    const socketPath = join(tmpdir(), `plexsync-${randomUUID()}.sock`);
    const server = createServer(answering('hello'));
    onTestFinished(() => {
      server.close();
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const viaSocket = await ask('http://daemon', {}, { socketPath });
    expect(viaSocket).toMatchObject({ ok: true, value: { body: 'hello' } });
  });

  test('arrives over one kept-alive connection for many requests', async () => {
    const ports = new Set<number | undefined>();
    const url = await serveHttp((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const client = createHttpClient(peerAt(url));
    for (let count = 0; count < 5; count++) await client(read());
    expect(ports.size).toBe(1);
  });
});

describe('no connection', () => {
  test('nobody listens', async () => {
    const url = await nobodyListens();
    expect(await ask(url)).toEqual({
      ok: false,
      failure: { kind: 'refused', message: `Plex refused the connection (ECONNREFUSED): GET ${url}/list` },
    });
  });

  test('the Unix socket is not there', async () => {
    const socketPath = join(tmpdir(), `plexsync-${randomUUID()}.sock`);
    const result = await ask('http://daemon', {}, { socketPath, name: 'The daemon' });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  });

  test('a header that cannot be sent is a failure, not an exception', async () => {
    const url = await serveHttp(answering('ok'));
    const result = await ask(url, { headers: { 'x-plex-token': `${SECRET}\n` } });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'unsendable' } });
  });

  test('what answers does not speak HTTP', async () => {
    const url = await serveBytes((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await ask(url)).toMatchObject({ ok: false, failure: { kind: 'not-http' } });
  });
});

describe('TLS', () => {
  test('a self-signed certificate is refused unless this server is excepted', async () => {
    const url = await serveHttps(answering('ok'));
    const strict = createHttpClient(peerAt(url));
    const lax = createHttpClient(peerAt(url, { tlsVerify: false }));
    expect(await lax(read())).toMatchObject({ ok: true });
    expect(await strict(read())).toMatchObject({
      ok: false,
      failure: { kind: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(await lax(read())).toMatchObject({ ok: true });
  });

  test('https to a server of plain HTTP', async () => {
    const url = await serveHttp(answering('ok'));
    const result = await ask(url.replace('http:', 'https:'));
    expect(result).toMatchObject({ ok: false, failure: { kind: 'tls' } });
  });

  test('plain HTTP to a server of https', async () => {
    const url = await serveHttps(answering('ok'));
    const result = await ask(url.replace('https:', 'http:'));
    expect(result).toMatchObject({ ok: false, failure: { kind: 'reset' } });
  });
});

describe('time', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const freeze = (): void => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  };

  test('a handshake that never ends is a connection that never comes', async () => {
    freeze();
    const accepted = Promise.withResolvers<void>();
    const url = await serveBytes((socket) => socket.once('data', () => accepted.resolve()));
    const result = ask(url.replace('http:', 'https:'));
    await accepted.promise;
    vi.advanceTimersByTime(5_000);
    expect(await result).toMatchObject({
      failure: {
        kind: 'connect-timeout',
        message: expect.stringContaining('did not accept the connection within 5 s'),
      },
    });
  });

  test('a server that takes the request and falls silent is given up', async () => {
    freeze();
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const url = await serveHttp((request) => {
      request.socket.on('close', () => gone.resolve());
      asked.resolve();
    });
    const result = ask(url);
    await asked.promise;
    vi.advanceTimersByTime(30_000);
    expect(await result).toMatchObject({
      failure: { kind: 'read-timeout', message: `Plex sent nothing for 30 s: GET ${url}/list` },
    });
    await gone.promise;
  });
});

describe('a kept-alive connection that the server has dropped', () => {
  /** Answers the first request of each connection and resets it at the second. */
  const answeringOnce = async (onRequest: () => void): Promise<string> =>
    serveBytes((socket) => {
      let count = 0;
      socket.on('data', () => {
        onRequest();
        count++;
        if (count > 1) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });

  test('a read is sent once more', async () => {
    let requests = 0;
    const client = createHttpClient(peerAt(await answeringOnce(() => requests++)));
    await client(read());
    expect(await client(read())).toMatchObject({ ok: true, value: { body: 'ok' } });
    expect(requests).toBe(3);
  });

  test('a write is not: it may have been carried out', async () => {
    let requests = 0;
    const client = createHttpClient(peerAt(await answeringOnce(() => requests++)));
    await client(read());
    const result = await client(read({ method: 'PUT', isRead: false }));
    expect(result).toMatchObject({ ok: false, failure: { kind: 'reset' } });
    expect(requests).toBe(2);
  });
});

test('there are six requests at once at most, also when all kept-alive connections turn out to be dead', async () => {
  const waiting = new Set<Socket>();
  let atMost = 0;
  let isRestarted = false;
  const url = await serveBytes((socket) => {
    const isOld = !isRestarted;
    socket.on('data', () => {
      if (isOld && isRestarted) return void socket.resetAndDestroy();
      waiting.add(socket);
      atMost = Math.max(atMost, waiting.size);
      // Answered once as many are here as may be; who comes too many comes in between.
      if (waiting.size === 6) setTimeout(answerAll, 50);
    });
  });
  const answerAll = (): void => {
    for (const socket of waiting) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    waiting.clear();
  };
  const client = createHttpClient(peerAt(url));
  const ask = (count: number) => Promise.all(Array.from({ length: count }, () => client(read())));
  await ask(6);
  isRestarted = true;
  const answers = await ask(12);
  expect(answers.map(({ ok }) => ok)).toEqual(Array.from({ length: 12 }, () => true));
  expect(atMost).toBe(6);
});

describe('a process that ends', () => {
  test('waits no longer for what it asked, and frees the connection', async () => {
    const ending = new AbortController();
    const gone = Promise.withResolvers<void>();
    const url = await serveHttp((request) => {
      request.socket.on('close', () => gone.resolve());
      ending.abort();
    });
    expect(await ask(url, {}, { cutOff: ending.signal })).toMatchObject({
      failure: { kind: 'cut-off', message: `PlexSync ended before Plex answered: GET ${url}/list` },
    });
    await gone.promise;
  });

  test('waits no longer in the middle of an answer', async () => {
    const ending = new AbortController();
    const url = await serveHttp((_, response) => {
      response.write('the beginning', () => ending.abort());
    });
    expect(await ask(url, {}, { cutOff: ending.signal })).toMatchObject({ failure: { kind: 'cut-off' } });
  });

  test('asks nothing more', async () => {
    let requests = 0;
    const url = await serveHttp(() => requests++);
    expect(await ask(url, {}, { cutOff: AbortSignal.abort() })).toMatchObject({
      failure: { kind: 'cut-off' },
    });
    expect(requests).toBe(0);
  });
});

describe('every request is told once it has ended', () => {
  const endingOf = async (url: string, request: Parameters<typeof read>[0] = {}) => {
    const ended: unknown[] = [];
    await createHttpClient(peerAt(url, { onEnded: (each) => ended.push(each) }))(read(request));
    return ended;
  };
  const ms = expect.any(Number);

  test('with the status of its answer', async () => {
    expect(await endingOf(await serveHttp(answering('ok')))).toEqual([{ outcome: 'ok', code: '200', ms }]);
    const busy = await serveHttp((_, response) => response.writeHead(503).end());
    expect(await endingOf(busy)).toEqual([{ outcome: 'refused', code: '503', ms }]);
    const moved = await serveHttp((_, response) => response.writeHead(302, { location: '/' }).end());
    expect(await endingOf(moved)).toEqual([{ outcome: 'refused', code: '302', ms }]);
  });

  test('or with what went wrong', async () => {
    expect(await endingOf(await nobodyListens())).toEqual([{ outcome: 'no-answer', code: 'refused', ms }]);
    const large = await serveHttp(answering('x'.repeat(100)));
    expect(await endingOf(large, { maxBytes: 10 })).toEqual([{ outcome: 'refused', code: 'too-large', ms }]);
  });

  test('one that was sent twice over a dead connection is one', async () => {
    let count = 0;
    const url = await serveBytes((socket) => {
      socket.on('data', () => {
        count++;
        if (count === 2) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    const ended: unknown[] = [];
    const client = createHttpClient(peerAt(url, { onEnded: (each) => ended.push(each) }));
    await client(read());
    await client(read());
    expect(count).toBe(3);
    expect(ended).toHaveLength(2);
  });
});
