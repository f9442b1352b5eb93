import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Faults } from '../faults.ts';
import type { DatabaseState } from '../schema/resolver.ts';
import type { Switches } from '../switches.ts';
import type { AccessCheck } from './access.ts';
import { answerFault, cutInTheMiddle, isAnsweredBefore } from './faultAnswers.ts';
import type { GraphqlAnswer, GraphqlRequest } from './graphqlAnswer.ts';
import { readGraphqlRequest } from './graphqlRequest.ts';
import type { RequestLog } from './requestLog.ts';
import { GRAPHQL_TYPE, HTML, send, unauthorized } from './send.ts';
import type { Session, Sessions } from './sessions.ts';

export interface Asker {
  readonly session: Session;
  /** Aborted when the client leaves before it was answered. */
  readonly signal: AbortSignal;
  readonly database: DatabaseState;
}

interface StashServerParts {
  readonly switches: Switches;
  readonly faults: Faults;
  readonly access: AccessCheck;
  readonly sessions: Sessions;
  readonly log: RequestLog;
  rootFields(query: string): readonly string[];
  answer(request: GraphqlRequest, asker: Asker): Promise<GraphqlAnswer>;
}

const SLOW_MS = 1_000;

export class StashServer {
  readonly #parts: StashServerParts;
  readonly #server: Server;

  constructor(parts: StashServerParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        parts.log.addLine({ level: 'error', text: String(error) });
        response.destroy();
      });
    });
  }

  async listen(port: number): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen(port, '127.0.0.1', resolve);
    await promise;
    this.#server.off('error', reject);
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts what is under way. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
      response.setHeader('Location', `/login?returnURL=${encodeURIComponent(url.pathname)}`);
      return send(response, { status: 302, type: 'text/html; charset=utf-8', body: '' });
    }
    if (access.auth === 'cookie') this.#setCookie(response, access.session);
    if (!isGraphql) return send(response, { status: 200, type: 'text/html', body: HTML });
    return this.#graphql({ request, body, url, response, access });
  }

  async #graphql(given: {
    readonly request: IncomingMessage;
    readonly body: string;
    readonly url: URL;
    readonly response: ServerResponse;
    readonly access: { readonly session: Session; readonly auth: 'key' | 'cookie' | 'none' };
  }): Promise<void> {
    const { log, faults, rootFields } = this.#parts;
    const { response, access } = given;
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
    });
    if (fault === 'cut') return cutInTheMiddle(response, answer.body);
    send(response, { status: answer.status, type: GRAPHQL_TYPE, body: answer.body });
  }

  #signIn(body: string, response: ServerResponse): void {
    const cookie = this.#parts.access.signIn(new URLSearchParams(body));
    if (cookie === null) return send(response, { status: 401, type: 'text/html', body: HTML });
    response.setHeader('Set-Cookie', cookieHeader(cookie, this.#parts.switches));
    response.setHeader('Location', '/');
    send(response, { status: 302, type: 'text/html; charset=utf-8', body: '' });
  }

  /** Issued again with each answer, so a session lasts as long as it is used. */
  #setCookie(response: ServerResponse, session: Session): void {
    const { sessions, switches } = this.#parts;
    response.setHeader('Set-Cookie', cookieHeader(sessions.print(session), switches));
  }
}

function cookieHeader(value: string, { sessionSeconds }: Switches): string {
  return `session=${value}; Path=/; Max-Age=${sessionSeconds}; SameSite=Lax`;
}

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
