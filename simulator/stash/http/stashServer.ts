import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SubscriptionSockets } from '../events/subscriptionSockets.ts';
import type { Faults } from '../faults.ts';
import type { DatabaseState } from '../schema/resolver.ts';
import type { Switches } from '../switches.ts';
import type { AccessCheck } from './access.ts';
import { answerCover, COVER_PATH } from './coverAnswer.ts';
import { answerFault, cutInTheMiddle, isAnsweredBefore } from './faultAnswers.ts';
import type { GraphqlAnswer, GraphqlRequest } from './graphqlAnswer.ts';
import { readGraphqlRequest } from './graphqlRequest.ts';
import { type Binding, listen, makeServer } from './listening.ts';
import type { RequestLog } from './requestLog.ts';
import { GRAPHQL_TYPE, HTML, send, unauthorized } from './send.ts';
import type { Session, Sessions } from './sessions.ts';

export interface Asker {
  readonly session: Session;
  /** Aborted when the client leaves before it was answered. */
  readonly signal: AbortSignal;
  readonly database: DatabaseState;
  /** Of this Stash, as the asker calls it. */
  readonly baseUrl: string;
}

interface StashServerParts {
  readonly switches: Switches;
  readonly faults: Faults;
  readonly access: AccessCheck;
  readonly sessions: Sessions;
  readonly log: RequestLog;
  readonly binding: Binding;
  readonly now: () => number;
  rootFields(query: string): readonly string[];
  answer(request: GraphqlRequest, asker: Asker): Promise<GraphqlAnswer>;
  /** Null: the scene has none; undefined: there is no such scene. */
  coverOf(scene: number): Buffer | null | undefined;
  readonly sockets: SubscriptionSockets;
}

const SLOW_MS = 1_000;
const PREVIEW_PATH = /^\/scene\/\d+\/preview$/;

export class StashServer {
  readonly #parts: StashServerParts;
  readonly #server: Server;

  constructor(parts: StashServerParts) {
    this.#parts = parts;
    this.#server = makeServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        parts.log.addLine({ level: 'error', text: String(error) });
        response.destroy();
      });
    }, parts.binding);
    this.#server.on('upgrade', (request, socket, head) => parts.sockets.accept(request, socket, head));
    parts.log.traffic.watch(this.#server);
  }

  listen(port: number): Promise<number> {
    return listen(this.#server, { host: this.#parts.binding.host, port });
  }

  /** Cuts what is under way. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    this.#parts.sockets.dropAll();
    await promise;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('close', this.#parts.log.inFlight.begin());
    response.setHeader('Date', new Date(this.#parts.now() + this.#parts.switches.clockAheadMs).toUTCString());
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', 'http://stash');
    if (this.#parts.switches.latencyMs > 0) await delay(this.#parts.switches.latencyMs);
    if (url.pathname === '/healthz') return send(response, { status: 200, type: 'text/plain', body: '.' });
    if (url.pathname === '/login' && request.method === 'POST') return this.#signIn(body, response);

    const access = this.#parts.access.judge(request);
    if (access.kind === 'exposed') {
      return send(response, {
        status: 403,
        type: 'text/plain; charset=utf-8',
        body: 'Stash is exposed to the public internet\n',
      });
    }
    const isGraphql = url.pathname === '/graphql';
    if (access.kind === 'refused' || (access.kind === 'sign-in' && isGraphql)) return unauthorized(response);
    if (access.kind === 'sign-in') {
      response.setHeader('Location', `/login?returnURL=${encodeURIComponent(url.pathname + url.search)}`);
      return send(response, { status: 302, type: 'text/html; charset=utf-8', body: '' });
    }
    if (access.auth === 'cookie') this.#setCookie(response, access.session);
    if (COVER_PATH.test(url.pathname)) return this.#cover(url.pathname, request, response);
    // No scene here has a preview; other addresses show Stash's page.
    if (PREVIEW_PATH.test(url.pathname)) return notFound(response);
    if (!isGraphql) return send(response, { status: 200, type: 'text/html', body: HTML });
    return this.#graphql({ request, body, url, response, access });
  }

  #cover(path: string, request: IncomingMessage, response: ServerResponse): void {
    const { switches, faults, log } = this.#parts;
    const { range } = request.headers;
    response.once('close', () =>
      log.covers.push({ path, isPart: range !== undefined, status: response.statusCode }),
    );
    const fault = faults.take(path);
    if (fault !== null) return answerFault(fault, response);
    const cover = this.#parts.coverOf(Number(COVER_PATH.exec(path)?.[1]));
    if (cover === undefined) return notFound(response);
    answerCover({ cover, hasTag: switches.coverTags, hasRanges: switches.coverRanges }, request, response);
  }

  async #graphql(given: {
    readonly request: IncomingMessage;
    readonly body: string;
    readonly url: URL;
    readonly response: ServerResponse;
    readonly access: { readonly session: Session; readonly auth: 'key' | 'cookie' | 'none' };
  }): Promise<void> {
    const { binding, log, faults, rootFields } = this.#parts;
    const { request, response, access } = given;
    const asked = readGraphqlRequest(given);
    if ('problem' in asked) return send(response, asked.problem);
    const { query, variables } = asked;
    const fault = faults.take(query);
    const signal = whenGone(response);
    response.once('close', () =>
      log.addRequest({
        fields: rootFields(query),
        query,
        variables,
        auth: access.auth,
        status: response.writableFinished ? response.statusCode : null,
      }),
    );
    if (fault !== null && isAnsweredBefore(fault)) return answerFault(fault, response);
    if (fault === 'slow') await delay(SLOW_MS);
    const answer = await this.#parts.answer(asked, {
      session: access.session,
      signal,
      database: fault === 'busy' || fault === 'needsMigration' ? fault : 'ok',
      baseUrl: `${binding.isSecure ? 'https' : 'http'}://${request.headers.host ?? binding.host}`,
    });
    if (fault === 'cut') return cutInTheMiddle(response, answer.body);
    send(response, { status: answer.status, type: GRAPHQL_TYPE, body: answer.body });
  }

  /** Stash 0.27 led on to a page, later ones leave that to theirs. */
  #signIn(body: string, response: ServerResponse): void {
    const session = this.#parts.access.signIn(new URLSearchParams(body));
    const type = 'text/plain; charset=utf-8';
    if (session === null)
      return send(response, { status: 401, type, body: 'Username or password is invalid\n' });
    this.#setCookie(response, session);
    const { olderStash } = this.#parts.switches;
    if (olderStash) response.setHeader('Location', '/');
    send(response, { status: olderStash ? 302 : 200, type, body: '' });
  }

  /** Issued again with each answer, so a session lasts as long as it is used. */
  #setCookie(response: ServerResponse, session: Session): void {
    const { sessions } = this.#parts;
    const ends = `Expires=${new Date(sessions.endsAt()).toUTCString()}; Max-Age=${sessions.maxAgeSeconds()}`;
    response.setHeader('Set-Cookie', `session=${sessions.print(session)}; Path=/; ${ends}; SameSite=Lax`);
  }
}

const notFound = (response: ServerResponse): void =>
  send(response, { status: 404, type: 'text/plain; charset=utf-8', body: 'Not Found\n' });

function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
