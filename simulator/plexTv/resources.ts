/** A server as plex.tv knows it; of what is left out a usual value is told. */
export interface ServerListing {
  readonly name: string;
  readonly machineIdentifier: string;
  readonly accessToken: string;
  /** Of the account that asks; default: yes. */
  readonly isOwned?: boolean;
  readonly isHttpsRequired?: boolean;
  readonly connections: readonly ConnectionListing[];
}

export interface ConnectionListing {
  readonly uri: string;
  readonly isLocal?: boolean;
  readonly isRelay?: boolean;
  readonly isIPv6?: boolean;
  /** Where the uri leads to; default: its own host and port. */
  readonly address?: string;
  readonly port?: number;
}

/** A player stands in the same list. */
const PLAYER = {
  name: 'Living room',
  product: 'Plex for a television',
  provides: 'client,player',
  clientIdentifier: 'player-1',
  accessToken: null,
  owned: true,
  connections: [],
};

export const resourcesOf = (servers: readonly ServerListing[]): readonly object[] => [
  PLAYER,
  ...servers.map(shown),
];

function shown(server: ServerListing): object {
  const { name, machineIdentifier, accessToken, isOwned = true, isHttpsRequired = false } = server;
  return {
    name,
    product: 'Plex Media Server',
    platform: 'Linux',
    provides: 'server',
    clientIdentifier: machineIdentifier,
    owned: isOwned,
    accessToken,
    httpsRequired: isHttpsRequired,
    publicAddressMatches: true,
    presence: true,
    connections: server.connections.map((connection) => {
      const url = new URL(connection.uri);
      return {
        protocol: url.protocol.slice(0, -1),
        address: connection.address ?? url.hostname,
        port: connection.port ?? Number(url.port || 443),
        uri: connection.uri,
        local: connection.isLocal ?? false,
        relay: connection.isRelay ?? false,
        IPv6: connection.isIPv6 ?? false,
      };
    }),
  };
}
