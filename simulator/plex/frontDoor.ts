import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type ApiRequest,
  htmlPage,
  maintenancePage,
  notFound,
  type Reply,
  type RequestKind,
  type Route,
} from './api.ts';
import type { Clock } from './clock.ts';
import type { FaultEffect, Faults } from './faults.ts';
import { NOTIFICATIONS_PATH } from './notifications.ts';
import type { PlexServer } from './plexServer.ts';
import { percentDecoded, Query } from './query.ts';
import type { LoggedRequest, RequestLog } from './requestLog.ts';
import { sendReply } from './sendReply.ts';
import type { Switches } from './switches.ts';

const HOST = '127.0.0.1';
/** Above what any switch allows, so that Node does not answer before we do. */
const MAX_HEADER_BYTES = 1 << 20;

export interface FrontDoorSurroundings {
  readonly plex: PlexServer;
  readonly switches: Switches;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly basePath: string;
  readonly latencyMs: number;
}

/** A request as far as it can be told before anything is decided about it. */
interface Arrived {
  readonly method: string;
  /** Null: not under the base path. */
  readonly path: string | null;
  readonly query: Query;
  readonly rawUrl: string;
  readonly route: Route | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The listener and what stands before the server proper: proxy, maintenance, tokens, faults, log. */
export class FrontDoor {
  readonly #around: FrontDoorSurroundings;
  #server: Server | null = null;
  #port = 0;
  #maintenanceUntil = 0;

  constructor(around: FrontDoorSurroundings) {
    this.#around = around;
  }

  get port(): number {
    return this.#port;
  }

  maintainFor(ms: number): void {
    this.#maintenanceUntil = this.#around.clock.now() + ms;
  }

  async open(port: number): Promise<void> {
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      this.#answer(request, response).catch((cause: unknown) => {
        // A bug of the simulator must fail the test that met it.
        response.destroy();
        throw cause;
      });
    });
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#around.log.traffic.watch(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    this.#around.plex.notifications.dropAll();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, faults, log, latencyMs, switches } = this.#around;
    response.once('close', log.inFlight.begin());
    const body = await bodyOf(request);
    if (body === null) return;
    const arrived = this.#arrived(request);
    const fault = faults.effectOn(arrived.method, percentDecoded(arrived.rawUrl));
    const entry = this.#logged(request, arrived, body, fault?.name ?? null);
    response.once('close', log.begin(entry));
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const trouble = fault?.effect.kind === 'wire' ? fault.effect.trouble : null;
    if (trouble?.kind === 'never') return;
    if (trouble?.kind === 'reset') return resetSocket(request.socket);
    const reply =
      this.#gateReply(request, arrived, fault?.effect) ?? (await this.#handled(request, arrived, body));
    if (reply === 'reset') return resetSocket(request.socket);
    entry.status = reply.status;
    response.sendDate = false;
    await sendReply(response, withDate(reply, { switches, now: clock.now() }), {
      accept: request.headers.accept ?? '',
      switches,
      trouble,
    });
  }

  /** What keeps a request from reaching the server; null when nothing does. */
  #gateReply(request: IncomingMessage, arrived: Arrived, effect?: FaultEffect): Reply | 'reset' | null {
    const { clock, switches } = this.#around;
    if (effect?.kind === 'answer') return effect.reply;
    if (Buffer.byteLength(arrived.rawUrl) > urlLimit(switches)) return htmlPage(414);
    if (switches.plainHttp === 'reset') return 'reset';
    if (switches.plainHttp === 'redirected') {
      return htmlPage(302, { location: `https://${request.headers.host ?? HOST}${request.url ?? ''}` });
    }
    if (clock.now() < this.#maintenanceUntil) return maintenancePage;
    return arrived.path === null ? htmlPage(502) : null;
  }

  async #handled(request: IncomingMessage, arrived: Arrived, body: Buffer): Promise<Reply> {
    const { plex, switches } = this.#around;
    const { method, path, query, route, parameters } = arrived;
    const user = plex.users.get(tokenOf(request, query));
    const isOpen = route?.kind === 'identity';
    if (user === undefined && !isOpen) return htmlPage(401);
    if (route === undefined || path === null) return notFound;
    if (route.isAdmin && user?.isOwner === false) return htmlPage(Number(switches.guestEdits));
    const asked: ApiRequest = { method, path, query, headers: request.headers, body, user: user ?? NOBODY };
    return route.handle(asked, parameters);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { clock, faults, log, plex } = this.#around;
    const arrived = this.#arrived(request);
    const fault = faults.effectOn(arrived.method, percentDecoded(arrived.rawUrl));
    const entry = this.#logged(request, arrived, Buffer.alloc(0), fault?.name ?? null);
    log.begin(entry);
    const refusal = (status: number): void => {
      entry.status = status;
      socket.end(`HTTP/1.1 ${status} \r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    if (fault?.effect.kind === 'answer') return refusal(fault.effect.reply.status);
    if (fault?.effect.kind === 'wire') return void socket.destroy();
    if (clock.now() < this.#maintenanceUntil) return refusal(503);
    if (!plex.users.has(tokenOf(request, arrived.query))) return refusal(401);
    if (arrived.path === null || !NOTIFICATIONS_PATH.test(arrived.path)) return refusal(404);
    entry.status = 101;
    plex.notifications.accept(request, socket, head);
  }

  #arrived(request: IncomingMessage): Arrived {
    const { basePath, plex, switches } = this.#around;
    const method = request.method ?? 'GET';
    const rawUrl = request.url ?? '/';
    const [rawPath = '', search = ''] = rawUrl.split(/\?(.*)/s);
    const full = percentDecoded(rawPath);
    const bare = full.startsWith(`${basePath}/`) ? full.slice(basePath.length) : null;
    // A slash at the end changes nothing.
    const path = bare === null || bare === '/' ? bare : bare.replace(/\/$/, '');
    const route = plex.routes.find(
      (one) => one.methods.includes(method) && path !== null && one.path.test(path),
    );
    const parameters = { ...(path === null ? undefined : route?.path.exec(path)?.groups) };
    return { method, path, query: new Query(search, switches.plusInQuery), rawUrl, route, parameters };
  }

  #logged(
    request: IncomingMessage,
    arrived: Arrived,
    body: Buffer,
    fault: LoggedRequest['fault'],
  ): LoggedRequest {
    const { method, path, query, rawUrl, route } = arrived;
    const headers = { ...request.headers };
    if (headers['x-plex-token'] !== undefined) headers['x-plex-token'] = 'redacted';
    const kind: RequestKind =
      path !== null && NOTIFICATIONS_PATH.test(path) ? 'notifications' : (route?.kind ?? 'other');
    return {
      method,
      path: path ?? rawUrl,
      query: query.entries.map(({ key, value }) => [key, key === 'X-Plex-Token' ? 'redacted' : value]),
      headers,
      kind,
      urlLength: Buffer.byteLength(rawUrl),
      bodyHash: body.length === 0 ? null : createHash('sha256').update(body).digest('hex'),
      at: this.#around.clock.now(),
      fault,
      status: null,
    };
  }
}

const HOUR_MS = 3_600_000;

function withDate(
  reply: Reply,
  { switches, now }: { readonly switches: Switches; readonly now: number },
): Reply {
  if (switches.dateHeader === 'absent') return reply;
  const at = new Date(switches.dateHeader === 'now' ? now : now + HOUR_MS);
  return { ...reply, headers: { date: at.toUTCString(), ...reply.headers } };
}

const urlLimit = (switches: Switches): number =>
  switches.urlLimit === 'none' ? Number.POSITIVE_INFINITY : Number(switches.urlLimit);

/** Who asks for the identity without a token. */
const NOBODY = { id: 0, isOwner: false } as const;

const tokenOf = (request: IncomingMessage, query: Query): string =>
  String(request.headers['x-plex-token'] ?? query.get('X-Plex-Token') ?? '');

/** Null: the client went away while sending. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(pieces);
}

function resetSocket(socket: Socket): void {
  socket.resetAndDestroy();
}
