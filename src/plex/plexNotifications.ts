import { WebSocket } from 'ws';
import type { PlexEvent } from '../core/plexEvent.ts';
import { shownUrl } from '../http/httpFailure.ts';
import { networkFailure } from '../http/networkFailure.ts';
import type { PlexHeaders } from './askPlex.ts';
import { decodeNotification } from './decodeNotification.ts';

/** The official text has the singular; what clients use is the plural (plex reference §5). */
const PATH = '/:/websockets/notifications';
/** Plex sends frames of some hundred bytes; what is larger is not Plex. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const PING_MS = 30_000;

export interface PlexNotificationsOptions extends PlexHeaders {
  readonly url: string;
  readonly tlsVerify: boolean;
  readonly connectTimeoutMs: number;
  readonly pingMs?: number;
}

/** How listening came to its end, in words without a secret. */
export interface ListeningEnd {
  readonly kind: /** It had worked. */
    | 'lost'
    /** Nobody answered. */
    | 'unreachable'
    /** What answers there does not tell: an old server, a proxy in between, a wrong token. */
    | 'refused';
  readonly reason: string;
}

export interface PlexNotifications {
  /** Listens until the connection ends, or the signal. Never throws for what Plex or the network does. */
  listen(onEvent: (event: PlexEvent) => void, signal: AbortSignal): Promise<ListeningEnd>;
}

export function createPlexNotifications(options: PlexNotificationsOptions): PlexNotifications {
  return {
    listen: (onEvent, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(ENDED);
        const socket = open(options);
        if (socket === null)
          return resolve({ kind: 'refused', reason: 'The request cannot be sent as it is' });
        let end: ListeningEnd | null = null;
        const stopPinging = keepAlive(socket, options.pingMs ?? PING_MS);
        const abort = (): void => {
          end = ENDED;
          socket.terminate();
        };
        signal.addEventListener('abort', abort, { once: true });
        socket.on('upgrade', ({ socket: wire }) => wire.unref());
        socket.on('open', () => {
          end = { kind: 'lost', reason: 'Plex ended the connection' };
          onEvent({ kind: 'connected' });
        });
        socket.on('message', (data, isBinary) => {
          if (isBinary || !Buffer.isBuffer(data)) return;
          for (const event of decodeNotification(data.toString('utf8'))) onEvent(event);
        });
        socket.on('unexpected-response', (request, { statusCode }) => {
          end ??= { kind: 'refused', reason: `Plex answered ${statusCode ?? 'without a status'}` };
          request.destroy();
          socket.terminate();
        });
        // Always followed by `close`.
        socket.on('error', (error) => {
          end ??= failedToOpen(error, options);
        });
        socket.on('close', () => {
          stopPinging();
          signal.removeEventListener('abort', abort);
          resolve(end ?? { kind: 'unreachable', reason: 'Plex closed the connection unanswered' });
        });
      }),
  };
}

const ENDED: ListeningEnd = { kind: 'lost', reason: 'PlexSync has ended' };

/** Null when Node refuses the address or a header: a token pasted with a line break, for example. */
function open({
  url,
  token,
  tlsVerify,
  connectTimeoutMs,
  ...more
}: PlexNotificationsOptions): WebSocket | null {
  try {
    return new WebSocket(notificationsUrl(url), {
      headers: {
        'x-plex-token': token,
        'x-plex-client-identifier': more.clientIdentifier,
        'x-plex-product': 'PlexSync',
        'x-plex-version': more.version,
      },
      handshakeTimeout: connectTimeoutMs,
      rejectUnauthorized: tlsVerify,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
  } catch {
    return null;
  }
}

/** User and password go along as basic sign-in, a path stays as a prefix; the rest is left off, as in requests. */
function notificationsUrl(url: string): URL {
  const whole = new URL(url);
  whole.protocol = whole.protocol === 'https:' ? 'wss:' : 'ws:';
  whole.pathname = `${whole.pathname.replace(/(?<!\/)\/+$/, '')}${PATH}`;
  whole.search = '';
  whole.hash = '';
  return whole;
}

function failedToOpen(error: Error, { url }: PlexNotificationsOptions): ListeningEnd {
  const description = shownUrl(notificationsUrl(url));
  const code = 'code' in error ? String(error.code) : '';
  // An answer, and none of a WebSocket.
  if (code.startsWith('WS_ERR_') || error.message.startsWith('Invalid ')) {
    return { kind: 'refused', reason: `What answers there sends no notifications: ${description}` };
  }
  const failure = networkFailure(error, { name: 'Plex', description, hasAnswerBegun: false });
  return { kind: failure.kind === 'not-http' ? 'refused' : 'unreachable', reason: failure.message };
}

/** A dead peer shows in nothing but silence: without a pong or any frame since the last ping it is given up. */
function keepAlive(socket: WebSocket, pingMs: number): () => void {
  let hasHeard = true;
  const heard = (): void => {
    hasHeard = true;
  };
  socket.on('pong', heard);
  socket.on('ping', heard);
  socket.on('message', heard);
  socket.on('open', heard);
  const timer = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!hasHeard) return socket.terminate();
    hasHeard = false;
    socket.ping();
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}
