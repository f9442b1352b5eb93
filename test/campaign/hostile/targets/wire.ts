import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createHttpClient } from '../../../../src/http/request.ts';
import { createPlexNotifications } from '../../../../src/plex/plexNotifications.ts';
import { apiKeySignIn } from '../../../../src/stash/signIn.ts';
import { createStashEvents } from '../../../../src/stash/stashEvents.ts';
import { bytesOf, demand, jsonBytes, type Target, textOf } from '../target.ts';

const TIMES = { connectTimeoutMs: 1_000, readTimeoutMs: 100 } as const;

const listening = (server: Server | HttpServer): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
const closed = (server: Server | HttpServer): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));

/** The very bytes of an answer, headers and all. */
const http: Target = {
  name: 'HTTP answers, byte for byte',
  seeds: [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    'HTTP/1.1 302 Found\r\nLocation: //evil.example/%0d%0a?X-Plex-Token=a\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 503 No\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.0 200 OK\r\n\r\n{"a":1}',
  ].map(bytesOf),
  weight: 1,
  async open() {
    let bytes: Uint8Array = new Uint8Array();
    const server = createServer((socket: Socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.end(bytes));
    });
    const client = createHttpClient({
      name: 'Plex',
      url: await listening(server),
      tlsVerify: true,
      ...TIMES,
    });
    return {
      async feed(input: Uint8Array) {
        bytes = input;
        const request = {
          method: 'GET',
          path: '/x?a=S3CRET',
          headers: { 'x-plex-token': 'S3CRET' },
        } as const;
        const answer = await client({ ...request, maxBytes: 100_000, isRead: false });
        if (answer.ok) return demand(answer.value.bytes.length <= 100_000, 'an answer has its limit');
        demand(!answer.failure.message.includes('S3CRET'), 'a failure holds no secret');
        demand(answer.failure.message.length < 10_000, 'a failure is some words');
      },
      close: () => closed(server),
    };
  },
};

/** A server of WebSockets that says one thing and ends. */
async function speaking(protocols: boolean, say: (socket: WebSocket) => void) {
  const server = createHttpServer();
  const sockets = new WebSocketServer({
    server,
    ...(protocols ? { handleProtocols: () => 'graphql-transport-ws' } : {}),
  });
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    say(socket);
  });
  const url = await listening(server);
  const close = async (): Promise<void> => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    await closed(server);
  };
  return { url, close };
}

const plexSocket: Target = {
  name: 'Plex’s WebSocket',
  seeds: [
    jsonBytes({ NotificationContainer: { type: 'timeline', TimelineEntry: [{ itemID: '7', state: 5 }] } }),
    bytesOf('{'),
  ],
  weight: 1,
  async open() {
    let bytes: Uint8Array = new Uint8Array();
    const { url, close } = await speaking(false, (socket) => {
      socket.send(textOf(bytes));
      socket.send(bytes);
      // Past the library: whatever is no frame at all.
      if (bytes.length % 3 === 0) (socket as unknown as { _socket: Socket })._socket.write(bytes);
      setImmediate(() => socket.terminate());
    });
    const plex = createPlexNotifications({
      url,
      tlsVerify: true,
      connectTimeoutMs: 2_000,
      token: 't',
      clientIdentifier: 'c',
      version: '1',
    });
    return {
      async feed(input: Uint8Array) {
        bytes = input;
        const end = await plex.listen(() => undefined, new AbortController().signal);
        demand(end.reason.length < 1_000, 'an end is told in some words');
      },
      close,
    };
  },
};

const NEXT = (data: object) => jsonBytes({ id: '1', type: 'next', payload: { data } });
const stashSocket: Target = {
  name: 'Stash’s WebSocket',
  seeds: [
    NEXT({ jobsSubscribe: { type: 'REMOVE', job: { description: 'Cleaning...' } } }),
    NEXT({ scanCompleteSubscribe: true }),
    jsonBytes({ type: 'connection_ack' }),
    jsonBytes({ type: 'ping' }),
    jsonBytes({ id: '1', type: 'error', payload: [{ message: 'no' }] }),
    jsonBytes({ id: '1', type: 'complete' }),
  ],
  weight: 1,
  async open() {
    let bytes: Uint8Array = new Uint8Array();
    const { url, close } = await speaking(true, (socket) => {
      socket.once('message', () => {
        if (bytes.length % 4 !== 0) socket.send(JSON.stringify({ type: 'connection_ack' }));
        socket.send(textOf(bytes));
        if (bytes.length % 5 === 0)
          socket.close(4_400, textOf(bytes.subarray(0, 60)).slice(0, 30).toWellFormed());
        else setImmediate(() => socket.terminate());
      });
    });
    const listen = createStashEvents({
      url,
      signIn: apiKeySignIn('key'),
      tlsVerify: true,
      connectTimeoutMs: 2_000,
    });
    return {
      async feed(input: Uint8Array) {
        bytes = input;
        const { signal } = new AbortController();
        const end = await listen({ signal, onOpen: () => undefined, onEvent: () => undefined });
        demand(end.why.length < 1_000, 'an end is told in some words');
      },
      close,
    };
  },
};

export const WIRE_TARGETS: readonly Target[] = [http, plexSocket, stashSocket];
