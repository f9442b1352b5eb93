import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PlexEvent } from '../core/plexEvent.ts';
import { nobodyListens, serveBytes, serveHttp, serveHttps } from '../http/testing/loopback.ts';
import { createPlexNotifications, type PlexNotificationsOptions } from './plexNotifications.ts';
import { TOKEN } from './testing/miniPlex.ts';

const SCAN_ENDED = JSON.stringify({
  NotificationContainer: { type: 'status', StatusNotification: [{ notificationName: 'LIBRARY_UPDATE' }] },
});

const notFound: Parameters<typeof serveHttp>[0] = (_, response) => response.writeHead(404).end();

/** Accepts every socket; `onSocket` says what becomes of it. */
function accepting(
  onSocket: (socket: WebSocket, request: IncomingMessage) => void,
  options: { readonly autoPong?: boolean } = {},
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({ noServer: true, ...options });
  return (request, socket, head) =>
    server.handleUpgrade(request, socket, head, (client) => onSocket(client, request));
}

/** Listens until the connection ends. */
async function listenTo(url: string, more: Partial<PlexNotificationsOptions> = {}) {
  const events: PlexEvent[] = [];
  const notifications = createPlexNotifications({
    url,
    token: TOKEN,
    tlsVerify: true,
    connectTimeoutMs: 5_000,
    clientIdentifier: 'client-1',
    version: '1.2.3',
    ...more,
  });
  const end = await notifications.listen((event) => events.push(event), new AbortController().signal);
  expect(end.reason).not.toContain(TOKEN);
  return { end, events };
}

test('tells that it is connected, then what is told, then that it ended', async () => {
  const url = await serveHttp(
    notFound,
    accepting((socket) => {
      socket.send(SCAN_ENDED);
      socket.send('no JSON');
      socket.send(Buffer.from(SCAN_ENDED), { binary: true });
      socket.close();
    }),
  );
  const { end, events } = await listenTo(url);
  expect(events).toEqual([{ kind: 'connected' }, { kind: 'scan-ended' }]);
  expect(end).toEqual({ kind: 'lost', reason: 'Plex ended the connection' });
});

test('the token goes in a header, not in the address, and a path before Plex’s own stays', async () => {
  const asked: IncomingMessage[] = [];
  const accept = accepting((socket, request) => {
    asked.push(request);
    socket.terminate();
  });
  const url = await serveHttp(notFound, accept);
  await listenTo(`${url.replace('//', '//me:pass@')}/plex/?X-Plex-Token=old`);
  expect(asked[0]?.url).toBe('/plex/:/websockets/notifications');
  expect(asked[0]?.headers).toMatchObject({
    'x-plex-token': TOKEN,
    'x-plex-client-identifier': 'client-1',
    authorization: `Basic ${Buffer.from('me:pass').toString('base64')}`,
  });
});

describe('a server that does not tell', () => {
  test.each([401, 404, 502])('because it answers %i', async (status) => {
    const url = await serveHttp(notFound, (_, socket) => {
      socket.end(`HTTP/1.1 ${status} \r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
    expect((await listenTo(url)).end).toEqual({ kind: 'refused', reason: `Plex answered ${status}` });
  });

  test('because it takes the request for an ordinary one', async () => {
    const url = await serveHttp((_, response) => response.end('<html>'));
    expect((await listenTo(url)).end.kind).toBe('refused');
  });

  test('because it is away', async () => {
    const { end } = await listenTo(await nobodyListens());
    expect(end).toMatchObject({ kind: 'unreachable' });
    expect(end.reason).toContain('Plex refused the connection (ECONNREFUSED)');
  });

  test('because it never answers', async () => {
    const url = await serveBytes(() => undefined);
    expect((await listenTo(url, { connectTimeoutMs: 20 })).end.kind).toBe('unreachable');
  });

  test('because it is no web server at all', async () => {
    const url = await serveBytes((socket) => socket.end('SSH-2.0-server\r\n'));
    expect((await listenTo(url)).end.kind).toBe('refused');
  });

  test('because the token cannot be sent', async () => {
    expect((await listenTo(await serveHttp(notFound), { token: 'a\nb' })).end.kind).toBe('refused');
  });
});

test('a self-signed certificate is taken only where that was asked for', async () => {
  const url = await serveHttps(
    notFound,
    accepting((socket) => socket.close()),
  );
  expect((await listenTo(url)).end.kind).toBe('unreachable');
  expect((await listenTo(url, { tlsVerify: false })).events).toEqual([{ kind: 'connected' }]);
});

test('a connection that went silent is given up', async () => {
  const url = await serveHttp(
    notFound,
    accepting(() => undefined, { autoPong: false }),
  );
  const { end } = await listenTo(url, { pingMs: 10 });
  expect(end).toEqual({ kind: 'lost', reason: 'Plex ended the connection' });
});

test('a frame too large for any sense ends the connection, not the process', async () => {
  const url = await serveHttp(
    notFound,
    accepting((socket) => socket.send('x'.repeat(17 * 1024 * 1024))),
  );
  expect((await listenTo(url)).end.kind).toBe('lost');
});

test.each([['before'], ['while'], ['after']])('ends %s it is connected when asked to', async (when) => {
  const ending = new AbortController();
  const url = await serveHttp(
    notFound,
    accepting(() => undefined),
  );
  if (when === 'before') ending.abort();
  const options = { url, token: TOKEN, tlsVerify: true, connectTimeoutMs: 5_000 };
  const notifications = createPlexNotifications({ ...options, clientIdentifier: 'client-1', version: '1' });
  const ended = notifications.listen(() => {
    if (when === 'after') ending.abort();
  }, ending.signal);
  if (when === 'while') ending.abort();
  expect(await ended).toEqual({ kind: 'lost', reason: 'PlexSync has ended' });
});
