import type { Failure } from '../core/failure.ts';
import { addressesOf, type ServerAddress } from '../core/firstRun/connectionOrder.ts';
import { type LibraryOffers, offerLibraries } from '../core/firstRun/libraryOffers.ts';
import type { ListedServer } from '../core/firstRun/plexServer.ts';
import type { MachineIdentifier } from '../core/ids.ts';
import type { PlexIdentity } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Clock } from '../engine/clock.ts';
import { createPlexClient } from '../plex/createPlexClient.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { Limits } from './limits.ts';

export interface PlexAsking extends Limits {
  readonly clientIdentifier: string;
  readonly version: string;
  readonly tlsVerify: boolean;
}

export interface TriedAddress extends ServerAddress {
  readonly outcome:
    | { readonly kind: 'good'; readonly version: string; readonly tookMs: number }
    /** Something answers there, but not this server: a name that now leads elsewhere. */
    | { readonly kind: 'other-server' }
    | { readonly kind: 'failed'; readonly failure: Failure };
}

export interface TriedServer {
  readonly server: ListedServer;
  /** The best first, be they good or not. */
  readonly addresses: readonly TriedAddress[];
  /** The best of those that lead to the server; null when none does. */
  readonly best: TriedAddress | null;
}

/** Tries all addresses side by side. No token goes out: `/identity` needs none, and who answers is not known yet. */
export async function tryServer(
  server: ListedServer,
  asking: PlexAsking & { readonly clock: Clock },
): Promise<TriedServer> {
  const addresses = await Promise.all(
    addressesOf(server).map(async (address): Promise<TriedAddress> => {
      const startedAt = asking.clock.now();
      const identity = await plexAt(address.url, '', asking).identity();
      const tookMs = asking.clock.now() - startedAt;
      return { ...address, outcome: outcomeOf(identity, server.machineIdentifier, tookMs) };
    }),
  );
  return { server, addresses, best: addresses.find(({ outcome }) => outcome.kind === 'good') ?? null };
}

function outcomeOf(
  identity: Result<PlexIdentity>,
  expected: MachineIdentifier,
  tookMs: number,
): TriedAddress['outcome'] {
  if (!identity.ok) return { kind: 'failed', failure: identity.failure };
  const { machineIdentifier, version } = identity.value;
  return machineIdentifier === expected ? { kind: 'good', version, tookMs } : { kind: 'other-server' };
}

/** Who answers at an address that a person gave. */
export const identityAt = (url: string, asking: PlexAsking): Promise<Result<PlexIdentity>> =>
  plexAt(url, '', asking).identity();

/** Its libraries; fails also when the token is no good there. */
export async function readLibraries(
  { url, token }: { readonly url: string; readonly token: string },
  asking: PlexAsking,
): Promise<Result<LibraryOffers>> {
  const plex = plexAt(url, token, asking);
  const accepted = await plex.checkToken();
  if (!accepted.ok) return accepted;
  const sections = await plex.sections();
  return sections.ok ? succeed(offerLibraries(sections.value)) : fail(sections.failure);
}

/** Null: Plex does not tell, or does not answer. */
export async function isOwnerAt(
  { url, token }: { readonly url: string; readonly token: string },
  asking: PlexAsking,
): Promise<boolean | null> {
  const owner = await plexAt(url, token, asking).isOwner();
  return owner.ok ? owner.value : null;
}

const plexAt = (url: string, token: string, asking: PlexAsking): PlexClient =>
  createPlexClient({ ...asking, url, token });
