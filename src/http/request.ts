import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { fail, type Result } from '../core/result.ts';
import { readAnswer } from './answer.ts';
import { createDeadlines, type MissedDeadline, type TimeLimits, wholeAnswerMs } from './deadlines.ts';
import { type HttpFailure, shownUrl } from './httpFailure.ts';
import { networkFailure } from './networkFailure.ts';
import { type EndedRequest, endedRequest } from './requestOutcome.ts';

/** One server. Connections, time-outs and TLS settings are its own. */
export interface HttpPeer extends TimeLimits {
  /** As people call it: the subject of messages. */
  readonly name: string;
  /** Empty: not set yet, so that nothing is sent. Its path is kept as a prefix, user and password are sent as basic sign-in, the rest is left off. */
  readonly url: string;
  /** Speak through this Unix socket; the host in `url` is a formality then. */
  readonly socketPath?: string;
  /** False accepts any certificate, from this server only. */
  readonly tlsVerify: boolean;
  /** Cuts requests under way, and refuses new ones: the process is to end. */
  readonly cutOff?: AbortSignal;
  /** Told of every request, once it has ended. */
  readonly onEnded?: (request: EndedRequest) => void;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From `/` on, with its query, everything percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Longest body that is taken, counted unpacked. */
  readonly maxBytes: number;
  /** It changes nothing, so that it may be sent again when a kept-alive connection turns out to be dead. */
  readonly isRead: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The bytes as text. */
  readonly body: string;
  /** What was asked, for messages: `GET http://127.0.0.1:32400/identity`. */
  readonly description: string;
}

/** Sends a request; resolves with a 2xx answer read to its end, or with what went wrong. */
export type HttpClient = (request: HttpRequest) => Promise<Result<HttpResponse, HttpFailure>>;

/** Plex and Stash slow down when asked much at once; more wait for a free connection. */
const MAX_CONNECTIONS = 6;
/** Servers close idle connections too; closing first avoids most resets of requests under way. */
const IDLE_MS = 4_000;

export function createHttpClient(peer: HttpPeer): HttpClient {
  if (peer.url === '') return refuseAll(`The address of ${peer.name} is not set.`);
  const options = { keepAlive: true, maxSockets: MAX_CONNECTIONS, timeout: IDLE_MS };
  const agent = isSecure(new URL(peer.url)) ? new HttpsAgent(options) : new HttpAgent(options);
  const ask: HttpClient = async (request) => {
    const first = await exchange({ peer, request, agent });
    if (!first.wasStale || !request.isRead) return first.result;
    dropIdle(agent);
    return (await exchange({ peer, request, agent })).result;
  };
  const { onEnded } = peer;
  return onEnded === undefined ? ask : timed(ask, onEnded);
}

/** Where one connection turned out to be dead the others that wait for work are, too. */
function dropIdle(agent: HttpAgent): void {
  for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) socket.destroy();
}

const timed =
  (ask: HttpClient, onEnded: (request: EndedRequest) => void): HttpClient =>
  async (request) => {
    const askedAt = performance.now();
    const result = await ask(request);
    onEnded(endedRequest(result, performance.now() - askedAt));
    return result;
  };

const refuseAll =
  (message: string): HttpClient =>
  () =>
    Promise.resolve(fail({ kind: 'unsendable', message }));

interface Call {
  readonly peer: HttpPeer;
  readonly request: HttpRequest;
  readonly agent: HttpAgent;
}

interface Outcome {
  readonly result: Result<HttpResponse, HttpFailure>;
  /** The server had closed the kept-alive connection, perhaps before the request reached it. */
  readonly wasStale: boolean;
}

function exchange(call: Call): Promise<Outcome> {
  const { name, cutOff } = call.peer;
  const url = urlOf(call.peer, call.request);
  const description = `${call.request.method} ${shownUrl(url)}`;
  return new Promise((resolve, reject) => {
    const outgoing = open(call, url);
    if (outgoing === null) {
      const message = `The request to ${name} cannot be sent as it is: ${description}`;
      return resolve({ result: fail({ kind: 'unsendable', message }), wasStale: false });
    }
    const settle = (outcome: Outcome): void => {
      deadlines.stop();
      cutOff?.removeEventListener('abort', cut);
      resolve(outcome);
    };
    const cut = (): void => {
      const message = `PlexSync ended before ${name} answered: ${description}`;
      settle({ result: fail({ kind: 'cut-off', message }), wasStale: false });
      outgoing.destroy();
    };
    const deadlines = createDeadlines(call.peer, isSecure(url), (missed) => {
      settle({ result: fail(timeoutFailure(missed, call.peer, description)), wasStale: false });
      outgoing.destroy();
    });
    let hasAnswerBegun = false;
    outgoing.on('socket', deadlines.begin);
    outgoing.on('error', (error) => {
      const failure = networkFailure(error, { name, description, hasAnswerBegun });
      settle({ result: fail(failure), wasStale: failure.kind === 'reset' && outgoing.reusedSocket });
    });
    outgoing.on('response', (response) => {
      hasAnswerBegun = true;
      const answer = readAnswer(response, { url, name, description, maxBytes: call.request.maxBytes });
      answer.then((result) => settle({ result, wasStale: false }), reject);
      response.on('data', deadlines.heard);
      deadlines.heard();
    });
    cutOff?.addEventListener('abort', cut);
    if (cutOff?.aborted === true) cut();
    else outgoing.end(call.request.body);
  });
}

/** Null when Node refuses a header or the path: a token pasted with a line break, for example. */
function open({ peer, request, agent }: Call, url: URL): ClientRequest | null {
  const options = {
    method: request.method,
    // Packing costs more than it saves on the loopback or LAN that these servers are on.
    headers: { 'accept-encoding': 'identity', ...request.headers },
    agent,
    ...(peer.socketPath === undefined ? {} : { socketPath: peer.socketPath }),
  };
  try {
    return isSecure(url)
      ? httpsRequest(url, { ...options, rejectUnauthorized: peer.tlsVerify })
      : httpRequest(url, options);
  } catch (error) {
    const isRefusal = error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_CHAR';
    if (isRefusal) return null;
    throw error;
  }
}

function urlOf(peer: HttpPeer, request: HttpRequest): URL {
  const base = new URL(peer.url);
  const prefix = base.pathname.replace(/(?<!\/)\/+$/, '');
  const url = new URL(`${base.origin}${prefix}${request.path}`);
  url.username = base.username;
  url.password = base.password;
  return url;
}

const isSecure = (url: URL): boolean => url.protocol === 'https:';

function timeoutFailure(missed: MissedDeadline, peer: HttpPeer, description: string): HttpFailure {
  const seconds = (ms: number): string => `${ms / 1000} s`;
  switch (missed) {
    case 'connect': {
      const words = `did not accept the connection within ${seconds(peer.connectTimeoutMs)}`;
      return { kind: 'connect-timeout', message: `${peer.name} ${words}: ${description}` };
    }
    case 'silence': {
      const words = `sent nothing for ${seconds(peer.readTimeoutMs)}`;
      return { kind: 'read-timeout', message: `${peer.name} ${words}: ${description}` };
    }
    case 'whole': {
      const words = `did not finish its answer within ${seconds(wholeAnswerMs(peer))}`;
      return { kind: 'read-timeout', message: `${peer.name} ${words}: ${description}` };
    }
  }
}
