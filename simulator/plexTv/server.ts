import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { htmlPage, type Reply } from '../plex/api.ts';
import { type Clock, realClock } from '../plex/clock.ts';
import { Faults } from '../plex/faults.ts';
import { sendReply } from '../plex/sendReply.ts';
import { defaultSwitches as plexSwitches } from '../plex/switches.ts';
import { Pins } from './pins.ts';
import { resourcesOf, type ServerListing } from './resources.ts';
import { defaultSwitches, type Switches } from './switches.ts';

export interface PlexTvAccount {
  readonly token: string;
  readonly name?: string;
  readonly servers?: readonly ServerListing[];
}

export interface PlexTvOptions {
  /** Default: any free one. */
  readonly port?: number;
  readonly accounts?: readonly PlexTvAccount[];
  readonly switches?: Partial<Switches>;
  readonly clock?: Clock;
  readonly pinLifeMs?: number;
}

export interface PlexTvRequest {
  readonly method: string;
  /** Decoded, without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The token redacted. */
  readonly headers: NodeJS.Dict<string | string[]>;
  status: number | null;
}

/** plex.tv, clients.plex.tv and app.plex.tv at one address: sign-in by pin, accounts, lists of servers. */
export interface PlexTvSimulator {
  readonly url: string;
  readonly pins: Pins;
  readonly faults: Faults;
  readonly switches: Switches;
  readonly requests: readonly PlexTvRequest[];
  /** In place of the one with this token. */
  addAccount(account: PlexTvAccount): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startPlexTvSimulator(options: PlexTvOptions = {}): Promise<PlexTvSimulator> {
  const clock = options.clock ?? realClock();
  const switches = { ...defaultSwitches(), ...options.switches };
  const pins = new Pins(switches, clock, options.pinLifeMs);
  const accounts = new Map((options.accounts ?? []).map((account) => [account.token, account]));
  const faults = new Faults();
  const requests: PlexTvRequest[] = [];
  const server = createServer((request, response) => {
    answer(request, response, { pins, accounts, switches, faults, requests }).catch((cause: unknown) => {
      // A bug of the simulator must fail the test that met it.
      response.destroy();
      throw cause;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    pins,
    faults,
    switches,
    requests,
    addAccount: (account) => void accounts.set(account.token, account),
    close: () => closed(server, clock),
  };
}

async function closed(server: Server, clock: Clock): Promise<void> {
  clock.stop();
  const done = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await done;
}

interface Surroundings {
  readonly pins: Pins;
  readonly accounts: ReadonlyMap<string, PlexTvAccount>;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly requests: PlexTvRequest[];
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  around: Surroundings,
): Promise<void> {
  request.resume();
  const { method = 'GET', url: rawUrl = '/' } = request;
  const url = new URL(rawUrl, `http://${HOST}`);
  const asked: PlexTvRequest = {
    method,
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: {
      ...request.headers,
      ...(request.headers['x-plex-token'] ? { 'x-plex-token': 'redacted' } : {}),
    },
    status: null,
  };
  around.requests.push(asked);
  const fault = around.faults.effectOn(method, decodeURIComponent(rawUrl));
  const trouble = fault?.effect.kind === 'wire' ? fault.effect.trouble : null;
  if (trouble?.kind === 'never') return;
  if (trouble?.kind === 'reset') return void request.socket.resetAndDestroy();
  const reply =
    fault?.effect.kind === 'answer' ? fault.effect.reply : replyTo(asked, headersOf(request), around);
  asked.status = reply.status;
  await sendReply(response, reply, { accept: 'application/json', switches: plexSwitches(), trouble });
}

interface Identified {
  readonly clientIdentifier: string;
  readonly token: string;
}

const headersOf = ({ headers }: IncomingMessage): Identified => ({
  clientIdentifier: String(headers['x-plex-client-identifier'] ?? ''),
  token: String(headers['x-plex-token'] ?? ''),
});

function replyTo(
  { method, path, query }: PlexTvRequest,
  { clientIdentifier, token }: Identified,
  { pins, accounts, switches }: Surroundings,
): Reply {
  // "Typically required" (plex reference §1): a client that leaves it out would only work here.
  if (clientIdentifier === '')
    return json(400, { errors: [{ message: 'X-Plex-Client-Identifier is missing' }] });
  if (method === 'POST' && path === '/api/v2/pins')
    return json(201, pins.make(clientIdentifier, query['strong'] === 'true'));
  const id = /^\/api\/v2\/pins\/(\w+)$/.exec(path)?.[1];
  if (method === 'GET' && id !== undefined) {
    const pin = pins.read(id, clientIdentifier);
    return pin === null
      ? json(404, { errors: [{ code: 1020, message: 'Code not found or expired' }] })
      : json(200, pin);
  }
  const account = accounts.get(token) ?? accountOfServer(token, accounts, switches);
  if (method === 'GET' && path === '/api/v2/user') {
    return account === undefined ? unauthorized : json(200, userOf(account));
  }
  if (method === 'GET' && path === '/api/v2/resources') {
    return account === undefined ? unauthorized : json(200, resourcesOf(account.servers ?? []));
  }
  return htmlPage(404);
}

function accountOfServer(
  token: string,
  accounts: ReadonlyMap<string, PlexTvAccount>,
  { serverTokens }: Switches,
): PlexTvAccount | undefined {
  if (serverTokens === 'unknown') return undefined;
  return [...accounts.values()].find(({ servers = [] }) =>
    servers.some(({ accessToken }) => accessToken === token),
  );
}

const userOf = ({ name = 'anna' }: PlexTvAccount): object => ({
  id: 1,
  uuid: 'a1b2',
  username: name,
  title: name,
  friendlyName: '',
  email: `${name}@example.org`,
});

const json = (status: number, value: unknown): Reply => ({
  status,
  body: { kind: 'text', contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) },
});

const unauthorized = json(401, {
  errors: [{ code: 1001, message: 'User could not be authenticated', status: 401 }],
});
