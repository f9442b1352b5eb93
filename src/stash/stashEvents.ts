import { createClient } from 'graphql-ws/client';
import * as v from 'valibot';
import { type ClientOptions, WebSocket } from 'ws';
import { JOBS, SCANS } from './documents.ts';
import { clip } from './graphql.ts';
import type { StashSignIn } from './signIn.ts';

export interface StashEventsOptions {
  readonly url: string;
  readonly signIn: StashSignIn;
  readonly tlsVerify: boolean;
  /** For the connection, its upgrade and the first answer on it. */
  readonly connectTimeoutMs: number;
  /** Stash sends no pings of its own, so that a dead connection would never be noticed. */
  readonly pingMs?: number;
  readonly pongWithinMs?: number;
}

export type StashEvent =
  /** A scan or a clean. */
  | { readonly kind: 'scan-ended' }
  /** `Identifying...`, as Stash's list of tasks calls it. */
  | { readonly kind: 'task-ended'; readonly description: string };

export interface Listening {
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  readonly onEvent: (event: StashEvent) => void;
}

/** How a connection ended. */
export interface ListeningEnd {
  readonly why: string;
  /** Stash said 401, and there is another way to sign in. */
  readonly isWorthAnother: boolean;
}

/** Listens on one connection until it ends, which it does not by itself. */
export type StashEvents = (listening: Listening) => Promise<ListeningEnd>;

const PING_MS = 20_000;
const PONG_WITHIN_MS = 10_000;
/** Events are small; more than this is no Stash. */
const MAX_BYTES = 1024 * 1024;
const LONGEST_REASON_BYTES = 123;

/**
 * Both subscriptions over one WebSocket (stash reference §3.6). What comes is taken off the socket at once,
 * whatever becomes of it: a subscriber that stops reading can hold up Stash's scan.
 */
export function createStashEvents(options: StashEventsOptions): StashEvents {
  const { pingMs = PING_MS, pongWithinMs = PONG_WITHIN_MS, connectTimeoutMs } = options;
  return ({ signal, onOpen, onEvent }) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve({ why: 'PlexSync ends', isWorthAnother: false });
      let isWorthAnother = false;
      const { Socket, cut } = socketsOf(options, (status, sent) => {
        isWorthAnother = status === 401 && options.signIn.noteRefusal(sent);
      });
      let overdue: NodeJS.Timeout | undefined;
      let words = 'Stash closed the connection';
      const end = (): void => {
        clearTimeout(overdue);
        signal.removeEventListener('abort', stop);
        cut();
        resolve({ why: words, isWorthAnother });
      };
      const stop = (): void => {
        words = 'PlexSync ends';
        end();
      };
      signal.addEventListener('abort', stop);
      const client = createClient({
        url: socketUrl(options.url),
        webSocketImpl: Socket,
        retryAttempts: 0,
        keepAlive: pingMs,
        connectionAckWaitTimeout: connectTimeoutMs,
        on: {
          connected: onOpen,
          ping: () => {
            clearTimeout(overdue);
            overdue = setTimeout(() => {
              words = 'Stash does not answer any more';
              end();
            }, pongWithinMs);
          },
          pong: () => clearTimeout(overdue),
        },
      });
      const sink = (toEvent: (data: unknown) => StashEvent | null) => ({
        next: ({ data }: { readonly data?: unknown }) => {
          const event = toEvent(data);
          if (event !== null) onEvent(event);
        },
        error: (error: unknown) => {
          words = wordsOf(error);
          end();
        },
        complete: end,
      });
      client.subscribe({ query: JOBS }, sink(endedTask));
      client.subscribe({ query: SCANS }, sink(endedScan));
    });
}

type Headers = Readonly<Record<string, string>>;

/** Sockets that sign in as requests do, and what cuts those that are open. */
function socketsOf(
  { url, signIn, tlsVerify, connectTimeoutMs }: StashEventsOptions,
  onRefusal: (status: number, sent: Headers) => void,
) {
  const open = new Set<WebSocket>();
  class Socket extends WebSocket {
    constructor(address: string, protocol: string) {
      const sent = signIn.headers();
      const { username, password } = new URL(url);
      const auth =
        username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
      const settings: ClientOptions = {
        headers: { ...sent },
        rejectUnauthorized: tlsVerify,
        handshakeTimeout: connectTimeoutMs,
        maxPayload: MAX_BYTES,
        perMessageDeflate: false,
        ...auth,
      };
      super(address, protocol, settings);
      open.add(this);
      this.on('close', () => open.delete(this));
      this.on('unexpected-response', (_request, { statusCode = 0 }) => {
        onRefusal(statusCode, sent);
        this.emit('error', new Error(`HTTP ${statusCode} in place of a WebSocket`));
        this.terminate();
      });
    }

    /**
     * graphql-ws repeats in its reason what it was sent, and counts characters where a frame holds 123 bytes: ws would
     * throw where nobody catches it.
     */
    override close(code?: number, reason?: string | Buffer): void {
      super.close(code, Buffer.byteLength(reason ?? '') > LONGEST_REASON_BYTES ? undefined : reason);
    }
  }
  const cut = (): void => {
    for (const socket of open) {
      // What a cut socket still has to say is of no interest, and must not end the process.
      socket.on('error', () => undefined);
      socket.terminate();
    }
  };
  return { Socket, cut };
}

/** The path of `url` is a prefix, as for requests. */
function socketUrl(url: string): string {
  const base = new URL(url);
  const scheme = base.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${base.host}${base.pathname.replace(/(?<!\/)\/+$/, '')}/graphql`;
}

const JobsSchema = v.object({
  jobsSubscribe: v.object({ type: v.literal('REMOVE'), job: v.object({ description: v.string() }) }),
});

/** What makes no sense says nothing: polls see all the same. */
function endedTask(data: unknown): StashEvent | null {
  const update = v.safeParse(JobsSchema, data);
  return update.success
    ? { kind: 'task-ended', description: update.output.jobsSubscribe.job.description }
    : null;
}

const ScansSchema = v.object({ scanCompleteSubscribe: v.literal(true) });

const endedScan = (data: unknown): StashEvent | null =>
  v.is(ScansSchema, data) ? { kind: 'scan-ended' } : null;

const ErrorSchema = v.union([
  v.pipe(
    v.object({ message: v.pipe(v.string(), v.nonEmpty()) }),
    v.transform(({ message }) => message),
  ),
  v.pipe(
    v.object({ code: v.number(), reason: v.string() }),
    v.transform(({ code, reason }) => `closed with code ${code} ${reason}`.trimEnd()),
  ),
  v.pipe(
    v.array(v.object({ message: v.string() })),
    v.transform((errors) => errors.map(({ message }) => message).join('; ')),
  ),
]);

/** Of errors, close events and the errors of GraphQL. */
function wordsOf(error: unknown): string {
  const words = v.safeParse(ErrorSchema, error);
  return words.success ? clip(words.output) : 'the connection failed';
}
