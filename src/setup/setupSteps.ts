import type { Failure } from '../core/failure.ts';
import type { Reach } from '../core/firstRun/connectionOrder.ts';
import type { LibraryOffers } from '../core/firstRun/libraryOffers.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import { clientIdentifier } from '../engine/clientIdentifier.ts';
import { type Clock, systemClock } from '../engine/clock.ts';
import { createPlexTvClient } from '../plex/plexTv/createPlexTvClient.ts';
import type { Pin, PlexTvClient } from '../plex/plexTv/plexTvClient.ts';
import type { Meta } from '../store/port.ts';
import { identityAt, isOwnerAt, type PlexAsking, readLibraries, tryServer } from './tryPlex.ts';

/**
 * The steps of the set-up for a page that asks one at a time: each answers within seconds, and nothing is stored. Whoever
 * signs in does so at plex.tv; the token of the account stays here, the page gets those of the servers.
 */
export interface SetupSteps {
  startSignIn(): Promise<Result<StartedSignIn>>;
  pollSignIn(request: { readonly id: string }): Promise<Result<SignInState>>;
  /** What is null is taken from the settings that hold; the token only where the address is that of the settings. */
  tryPlex(request: TryPlexRequest): Promise<Result<TriedPlex>>;
}

export interface StartedSignIn {
  readonly id: string;
  /** Where the person signs in. */
  readonly link: string;
  readonly lifeMs: number;
}

export type SignInState =
  | { readonly kind: 'waiting' | 'expired' }
  | { readonly kind: 'signed-in'; readonly servers: readonly OfferedServer[] };

export interface OfferedServer {
  readonly name: string;
  /** Only the owner may edit. */
  readonly isOwned: boolean;
  readonly token: string;
  /** Those that lead to it from here, the best first. */
  readonly addresses: readonly { readonly url: string; readonly reach: Reach }[];
}

export interface TryPlexRequest {
  readonly url: string | null;
  readonly token: string | null;
  readonly tlsVerify: boolean | null;
}

export interface TriedPlex {
  readonly version: string;
  /** Null: Plex does not tell. */
  readonly isOwner: boolean | null;
  readonly libraries: LibraryOffers;
}

export interface SetupStepsParts {
  readonly settings: Settings;
  readonly meta: Meta;
  readonly version: string;
  readonly clock?: Clock;
}

/** Whoever asks is given up on after 10 s (stash reference §2: an operation of the plugin). */
const LIMITS = { connectTimeoutMs: 2_500, readTimeoutMs: 4_000, cutOff: new AbortController().signal };
/** Pages that were closed half-way; more than one person is rare. */
const SIGN_INS_AT_ONCE = 20;

interface SignIn {
  readonly pin: Pin;
  /** Of the account, once the person has signed in: the pin may not tell it twice. */
  token: string | null;
}

export function setupSteps(parts: SetupStepsParts): SetupSteps {
  const { settings, meta, version, clock = systemClock } = parts;
  const signIns = new Map<string, SignIn>();
  const asking = async (tlsVerify: boolean): Promise<PlexAsking & { readonly clock: Clock }> => ({
    ...LIMITS,
    clientIdentifier: await clientIdentifier(settings, meta),
    version,
    tlsVerify,
    clock,
  });
  const plexTv = async (): Promise<PlexTvClient> =>
    createPlexTvClient({ ...(await asking(true)), url: settings.plex_tv_url });
  return {
    async startSignIn() {
      const pin = await (await plexTv()).createPin();
      if (!pin.ok) return pin;
      const [oldest] = signIns.keys();
      if (signIns.size >= SIGN_INS_AT_ONCE && oldest !== undefined) signIns.delete(oldest);
      signIns.set(pin.value.id, { pin: pin.value, token: null });
      return pin;
    },
    async pollSignIn({ id }) {
      const signIn = signIns.get(id);
      if (signIn === undefined) return fail(FORGOTTEN);
      const client = await plexTv();
      if (signIn.token === null) {
        const seen = await client.lookAtPin(signIn.pin);
        if (!seen.ok) return seen;
        if (seen.value.kind !== 'signed-in') return succeed({ kind: seen.value.kind });
        signIn.token = seen.value.token;
      }
      const servers = await client.servers(signIn.token);
      if (!servers.ok) return servers;
      const limits = await asking(settings.plex_tls_verify);
      const tried = await Promise.all(servers.value.map((server) => tryServer(server, limits)));
      const token = signIn.token;
      return succeed({
        kind: 'signed-in',
        servers: tried.map(({ server, addresses }) => ({
          name: server.name,
          isOwned: server.isOwned,
          // A server has a token of its own for each account (plex reference §1, "Discovery").
          token: server.accessToken === '' ? token : server.accessToken,
          addresses: addresses
            .filter(({ outcome }) => outcome.kind === 'good')
            .map(({ url, reach }) => ({ url, reach })),
        })),
      });
    },
    async tryPlex(request) {
      const at = {
        url: request.url ?? settings.plex_url,
        token: request.token ?? savedToken(request, settings),
      };
      if (at.url === '' || at.token === '') return fail(NOTHING_TO_TRY);
      const limits = await asking(request.tlsVerify ?? settings.plex_tls_verify);
      const identity = await identityAt(at.url, limits);
      if (!identity.ok) return identity;
      const [libraries, isOwner] = await Promise.all([readLibraries(at, limits), isOwnerAt(at, limits)]);
      if (!libraries.ok) return libraries;
      const { version: plexVersion } = identity.value;
      return succeed({ version: plexVersion, isOwner, libraries: libraries.value });
    },
  };
}

/** Goes to the saved address alone, and no less secured: else whoever may ask could have it sent to himself. */
function savedToken({ url, tlsVerify }: TryPlexRequest, settings: Settings): string {
  const isSaved =
    (url === null || url.replace(/\/+$/u, '') === settings.plex_url) &&
    (tlsVerify !== false || !settings.plex_tls_verify);
  return isSaved ? settings.plex_token : '';
}

const FORGOTTEN: Failure = {
  class: 'auth',
  message: 'PlexSync does not know of this sign-in any more.',
  advice: 'Begin anew.',
};

const NOTHING_TO_TRY: Failure = {
  class: 'settings',
  message: 'There is no Plex address or no token to try.',
  advice: 'Enter both, or sign in with Plex.',
};
