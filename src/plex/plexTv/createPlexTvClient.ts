import type { Failure } from '../../core/failure.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import type { HttpFailure } from '../../http/httpFailure.ts';
import { jsonBody } from '../../http/jsonBody.ts';
import { peerFailure } from '../../http/peerFailure.ts';
import { createHttpClient } from '../../http/request.ts';
import { type DecodedPin, decodeAccount, decodePin, decodeServers } from './decodePlexTv.ts';
import type { Pin, PinState, PlexTvClient } from './plexTvClient.ts';

export interface PlexTvOptions {
  /** The same as the server is asked with later: a token belongs to it. */
  readonly clientIdentifier: string;
  readonly version: string;
  /** In place of all three hosts; empty: the real ones. */
  readonly url: string;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly cutOff?: AbortSignal;
}

/** Pins and accounts, the list of servers, and the page where a person signs in (plex reference §1). */
const HOSTS = { api: 'https://plex.tv', clients: 'https://clients.plex.tv', app: 'https://app.plex.tv' };
const PRODUCT = 'PlexSync';
/** Of an account with some hundred devices. */
const MAX_BYTES = 4 * 1024 * 1024;
const RESOURCES = '/api/v2/resources?includeHttps=1&includeRelay=1&includeIPv6=1';

export function createPlexTvClient(options: PlexTvOptions): PlexTvClient {
  const { clientIdentifier, version, url, ...limits } = options;
  const hosts = url === '' ? HOSTS : { api: url, clients: url, app: url };
  const always = {
    accept: 'application/json',
    'x-plex-client-identifier': clientIdentifier,
    'x-plex-product': PRODUCT,
    'x-plex-version': version,
    'x-plex-device-name': PRODUCT,
  };
  const asking = (host: string): Ask => {
    const http = createHttpClient({ name: 'plex.tv', url: host, tlsVerify: true, ...limits });
    return async ({ method = 'GET', path, token }, decode) => {
      const headers = token === undefined ? always : { ...always, 'x-plex-token': token };
      const sent = await http({ method, path, headers, maxBytes: MAX_BYTES, isRead: method === 'GET' });
      if (!sent.ok) return sent;
      const json = jsonBody(sent.value);
      if (!json.ok) return json;
      const decoded = decode(json.value);
      if (decoded.ok) return decoded;
      const message = `plex.tv sent an unknown shape: ${decoded.failure}: ${sent.value.description}`;
      return fail({ kind: 'senseless', message });
    };
  };
  const [api, clients] = [asking(hosts.api), asking(hosts.clients)];
  return {
    async createPin() {
      const made = await api({ method: 'POST', path: '/api/v2/pins?strong=true' }, decodePin);
      return made.ok ? succeed(pinOf(made.value, hosts.app, clientIdentifier)) : told(made.failure);
    },

    async lookAtPin({ id }) {
      const seen = await api({ path: `/api/v2/pins/${id}` }, decodePin);
      if (seen.ok) return succeed(stateOf(seen.value));
      return isStatus(seen.failure, 404) ? succeed({ kind: 'expired' }) : told(seen.failure);
    },

    async account(token) {
      const read = await api({ path: '/api/v2/user', token }, decodeAccount);
      if (read.ok) return read;
      return isStatus(read.failure, 401) ? succeed(null) : told(read.failure);
    },

    async servers(token) {
      const read = await clients({ path: RESOURCES, token }, decodeServers);
      return read.ok ? read : told(read.failure);
    },
  };
}

type Problem = HttpFailure | { readonly kind: 'senseless'; readonly message: string };

interface Question {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
}

type Ask = <Value>(
  question: Question,
  decode: (json: unknown) => Result<Value, string>,
) => Promise<Result<Value, Problem>>;

function pinOf({ id, code, lifeMs }: DecodedPin, app: string, clientIdentifier: string): Pin {
  const parameters = [
    ['clientID', clientIdentifier],
    ['code', code],
    ['context[device][product]', PRODUCT],
  ] as const;
  const query = parameters.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return { id, link: `${app}/auth#?${query}`, lifeMs };
}

function stateOf({ token, lifeMs }: DecodedPin): PinState {
  if (token !== null) return { kind: 'signed-in', token };
  return lifeMs <= 0 ? { kind: 'expired' } : { kind: 'waiting' };
}

const isStatus = (problem: Problem, status: number): boolean =>
  problem.kind === 'status' && problem.status === status;

/** plex.tv is neither of the two servers: it has no breaker, and no setting that could be wrong. */
function told(problem: Problem): Result<never> {
  if (problem.kind === 'senseless') return fail({ class: 'rejected', message: problem.message });
  const { class: kind, message, retryAfterMs } = peerFailure('plex', problem);
  const isAway = kind === 'unreachable' || (problem.kind === 'status' && problem.status >= 500);
  const failure: Failure = {
    class: isAway ? 'unreachable' : kind === 'auth' ? 'auth' : 'rejected',
    message,
    advice: isAway
      ? 'Look whether this machine reaches plex.tv, and try again.'
      : 'Try again later; or give token and address by hand.',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  return fail(failure);
}
