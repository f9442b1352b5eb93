import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

/** Made for `localhost` by itself, so that no client trusts it; used by tests alone. */
const selfSigned = readFileSync(new URL('../fixtures/selfSigned.pem', import.meta.url));

/** A web server for one test; returns its URL. */
export const serveHttp = async (listener: RequestListener, upgrade?: Upgrade): Promise<string> =>
  `http://127.0.0.1:${await listen(upgrading(createServer(listener), upgrade))}`;

export async function serveHttps(listener: RequestListener, upgrade?: Upgrade): Promise<string> {
  const server = createSecureServer({ cert: selfSigned, key: selfSigned }, listener);
  return `https://localhost:${await listen(upgrading(server, upgrade))}`;
}

/** Of a request to speak something else, such as WebSocket. */
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

function upgrading(server: Server, upgrade: Upgrade | undefined): Server {
  if (upgrade !== undefined) server.on('upgrade', upgrade);
  return server;
}

/** For what no proper server would say. The listener gets each connection. */
export const serveBytes = async (listener: (socket: Socket) => void): Promise<string> =>
  `http://127.0.0.1:${await listen(createSocketServer(listener))}`;

/** The URL of a port at which nobody listens. */
export async function nobodyListens(): Promise<string> {
  const server = createSocketServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server)));
  });
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    // The client under test tears connections down; that is its right.
    socket.on('error', () => socket.destroy());
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server)));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens at no port.');
  return address.port;
}
