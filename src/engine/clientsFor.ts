import type { Peer } from '../core/failure.ts';
import type { Settings } from '../core/settings/table.ts';
import type { EndedRequest } from '../http/requestOutcome.ts';
import { createPlexClient } from '../plex/createPlexClient.ts';
import { createPlexNotifications } from '../plex/plexNotifications.ts';
import { createStashClient } from '../stash/createStashClient.ts';
import type { StashSignIn } from '../stash/signIn.ts';
import { createStashEvents } from '../stash/stashEvents.ts';
import { sceneExtras } from './desireRules.ts';
import type { EngineParts } from './engine.ts';
import type { Meter } from './meter.ts';

interface ClientsRequest {
  readonly settings: Settings;
  readonly stashSignIn: StashSignIn;
  readonly clientIdentifier: string;
  readonly version: string;
  /** From then on no request to Plex or Stash is waited for. */
  readonly cutOff: AbortSignal | undefined;
  /** Told of every request; nobody is when absent. */
  readonly meter?: Meter | undefined;
}

/** All that speaks to the two servers, as the settings say. */
export function clientsFor(
  request: ClientsRequest,
): Pick<EngineParts, 'stash' | 'stashEvents' | 'plex' | 'notifications'> {
  const { settings, stashSignIn, clientIdentifier, version, cutOff, meter } = request;
  const told = (peer: Peer) =>
    meter === undefined ? {} : { onEnded: (ended: EndedRequest) => meter.requestEnded(peer, ended) };
  const shared = {
    connectTimeoutMs: settings.connect_timeout * 1000,
    readTimeoutMs: settings.read_timeout * 1000,
    ...(cutOff === undefined ? {} : { cutOff }),
  };
  const plex = {
    url: settings.plex_url,
    token: settings.plex_token,
    tlsVerify: settings.plex_tls_verify,
    ...shared,
    ...told('plex'),
    clientIdentifier,
    version,
  };
  const stash = {
    url: settings.stash_url,
    signIn: stashSignIn,
    tlsVerify: settings.stash_tls_verify,
    ...shared,
  };
  return {
    stash: createStashClient({ ...stash, ...told('stash'), extras: sceneExtras(settings) }),
    stashEvents: createStashEvents(stash),
    plex: createPlexClient(plex),
    notifications: createPlexNotifications(plex),
  };
}
