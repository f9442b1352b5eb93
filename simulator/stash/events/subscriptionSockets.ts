import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { SubscriptionClient, type SubscriptionStreams } from './subscriptionClient.ts';

const PROTOCOL = 'graphql-transport-ws';

interface SocketParts extends SubscriptionStreams {
  /** Null lets the client in; else the status of the refusal. */
  refusalOf(request: IncomingMessage): number | null;
}

/**
 * Stash's subscriptions over WebSocket (stash reference §3.6). Who asks is looked at when the socket is opened,
 * and the server sends no pings of its own.
 */
export class SubscriptionSockets {
  readonly #parts: SocketParts;
  readonly #server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  /** A proxy in between that knows nothing of WebSockets answers 200 with a page of its own. */
  isBlocked = false;
  /** A peer that is gone without a word: it answers no ping any more. */
  isMute = false;

  constructor(parts: SocketParts) {
    this.#parts = parts;
  }

  /** Sockets open now. */
  get count(): number {
    return this.#server.clients.size;
  }

  /** Subscriptions that run, of both kinds. */
  get subscriptionCount(): number {
    return this.#parts.jobs.listenerCount + this.#parts.scans.listenerCount;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.isBlocked ? 200 : this.#parts.refusalOf(request);
    if (refusal !== null) {
      socket.end(
        `HTTP/1.1 ${refusal} ${STATUS_CODES[refusal]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#serve(opened));
  }

  /** Drops every socket without a close frame. */
  dropAll(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  #serve(socket: WebSocket): void {
    const client = new SubscriptionClient(this.#parts, {
      send: (message) => socket.send(JSON.stringify(message)),
      close: (code, reason) => socket.close(code, reason),
    });
    // A peer that vanishes is no fault of ours; `close` follows.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => {
      if (!this.isMute) client.take(data.toString('utf8'));
    });
    socket.on('close', () => client.end());
  }
}
