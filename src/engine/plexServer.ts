import type { Failure } from '../core/failure.ts';
import type { MachineIdentifier } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { Meta } from '../store/port.ts';
import type { SafetyStop } from './safetyStop.ts';

const META_KEY = 'plex-machine-identifier';

export interface PlexServerParts {
  readonly meta: Meta;
  readonly plex: PlexClient;
  readonly stop: SafetyStop;
}

/**
 * Asks Plex who it is. A data directory belongs to one server: rating keys of another one at the same
 * address mean other items, so everything stops (plex reference §8.47).
 */
export async function checkPlexServer(parts: PlexServerParts): Promise<Result<void>> {
  const identity = await parts.plex.identity();
  if (!identity.ok) return identity;
  const found = identity.value.machineIdentifier;
  const known = await knownPlexServer(parts.meta);
  if (known === null) await parts.meta.set(META_KEY, found);
  if (known === null || known === found) {
    await parts.stop.lift('server-changed');
    return succeed(undefined);
  }
  const failure = serverChanged(known, found);
  await parts.stop.engage({ kind: 'server-changed', reason: failure.message });
  return fail(failure);
}

/** Null before the first one. */
export const knownPlexServer = (meta: Pick<Meta, 'get'>): Promise<string | null> => meta.get(META_KEY);

export async function rememberPlexServer(meta: Meta, identifier: MachineIdentifier): Promise<void> {
  await meta.set(META_KEY, identifier);
}

const serverChanged = (known: string, found: string): Failure => ({
  class: 'server-changed',
  peer: 'plex',
  message: `plex_url leads to another Plex server (${found}) than the one this data folder belongs to (${known}).`,
});
