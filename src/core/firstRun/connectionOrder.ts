import type { ListedConnection, ListedServer } from './plexServer.ts';

/** Where a connection leads: within the network, over the internet, or over Plex's own relay. */
export type Reach = 'local' | 'remote' | 'relay';

export interface ServerAddress {
  readonly url: string;
  readonly reach: Reach;
}

const REACHES: readonly Reach[] = ['local', 'remote', 'relay'];

/**
 * The addresses of a server worth trying, the best first: local before remote before relay; within each, secure
 * before plain, IPv4 before IPv6. A resolver with rebind protection drops the names of plex.direct that lead into
 * the own network (plex reference §1): there the plain address stands in. Over the internet a token goes secured only.
 */
export function addressesOf({ connections, isHttpsRequired }: ListedServer): readonly ServerAddress[] {
  const all = connections.flatMap((connection) => {
    const reach = reachOf(connection);
    const plain = reach === 'local' && !isHttpsRequired ? [plainUrl(connection)] : [];
    return [connection.uri, ...plain].map((url) => ({
      url: url.replace(/(?<!\/)\/+$/u, ''),
      reach,
      connection,
    }));
  });
  const usable = all.filter(
    ({ url, reach }) => URL.parse(url) !== null && (reach === 'local' || isSecure(url)),
  );
  const distinct = [...new Map(usable.map((each) => [each.url, each])).values()];
  return distinct.toSorted((a, b) => rank(a) - rank(b)).map(({ url, reach }) => ({ url, reach }));
}

interface Ranked extends ServerAddress {
  readonly connection: ListedConnection;
}

const rank = ({ url, reach, connection }: Ranked): number =>
  REACHES.indexOf(reach) * 4 + (isSecure(url) ? 0 : 2) + (connection.isIPv6 ? 1 : 0);

const reachOf = ({ isRelay, isLocal }: ListedConnection): Reach =>
  isRelay ? 'relay' : isLocal ? 'local' : 'remote';

const isSecure = (url: string): boolean => url.startsWith('https:');

const plainUrl = ({ address, port, isIPv6 }: ListedConnection): string =>
  `http://${isIPv6 ? `[${address}]` : address}:${port}`;
