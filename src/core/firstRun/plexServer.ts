import type { MachineIdentifier } from '../ids.ts';

/** A server that an account may use, as plex.tv lists it (plex reference §1, "Discovery"). */
export interface ListedServer {
  readonly name: string;
  /** What its `/identity` has to answer. */
  readonly machineIdentifier: MachineIdentifier;
  /** Of this account on this server; empty when plex.tv gives none. */
  readonly accessToken: string;
  /** Only its owner may edit. */
  readonly isOwned: boolean;
  /** It takes no plain HTTP. */
  readonly isHttpsRequired: boolean;
  readonly connections: readonly ListedConnection[];
}

export interface ListedConnection {
  /** As plex.tv spells it, mostly `https://192-168-1-20.….plex.direct:32400`. */
  readonly uri: string;
  readonly address: string;
  readonly port: number;
  readonly isLocal: boolean;
  readonly isRelay: boolean;
  readonly isIPv6: boolean;
}
