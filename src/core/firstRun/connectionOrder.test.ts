import { expect, test } from 'vitest';
import { machineIdentifier } from '../ids.ts';
import { addressesOf } from './connectionOrder.ts';
import type { ListedConnection, ListedServer } from './plexServer.ts';

const connection = (uri: string, facts: Partial<ListedConnection> = {}): ListedConnection => ({
  uri,
  address: '192.168.1.20',
  port: 32400,
  isLocal: false,
  isRelay: false,
  isIPv6: false,
  ...facts,
});

const server = (
  connections: readonly ListedConnection[],
  facts: Partial<ListedServer> = {},
): ListedServer => ({
  name: 'Basement',
  machineIdentifier: machineIdentifier('abc'),
  accessToken: 'token',
  isOwned: true,
  isHttpsRequired: false,
  connections,
  ...facts,
});

const LOCAL = 'https://192-168-1-20.abc.plex.direct:32400';
const REMOTE = 'https://84-1-2-3.abc.plex.direct:32400';
const RELAY = 'https://1-2-3-4.abc.plex.direct:8443';
const everything = [
  connection(RELAY, { isRelay: true }),
  connection(REMOTE, { address: '84.1.2.3' }),
  connection('https://fd00--1.abc.plex.direct:32400', { isLocal: true, isIPv6: true, address: 'fd00::1' }),
  connection(LOCAL, { isLocal: true }),
];

test('local before remote before relay; secure before plain, IPv4 before IPv6', () => {
  expect(addressesOf(server(everything))).toEqual([
    { url: LOCAL, reach: 'local' },
    { url: 'https://fd00--1.abc.plex.direct:32400', reach: 'local' },
    { url: 'http://192.168.1.20:32400', reach: 'local' },
    { url: 'http://[fd00::1]:32400', reach: 'local' },
    { url: REMOTE, reach: 'remote' },
    { url: RELAY, reach: 'relay' },
  ]);
});

test('a server that wants TLS is not tried without', () => {
  expect(addressesOf(server(everything, { isHttpsRequired: true })).map(({ url }) => url)).toEqual([
    LOCAL,
    'https://fd00--1.abc.plex.direct:32400',
    REMOTE,
    RELAY,
  ]);
});

test('no token goes over the internet in the clear, and an address that is none is left out', () => {
  const odd = [
    connection('http://84.1.2.3:32400', { address: '84.1.2.3' }),
    connection('not an address', { isLocal: true, address: '' }),
  ];
  expect(addressesOf(server(odd))).toEqual([]);
});

test('an address that is listed twice is tried once, and a slash at its end is no other one', () => {
  const twice = [
    connection('http://192.168.1.20:32400/', { isLocal: true }),
    connection(LOCAL, { isLocal: true }),
  ];
  expect(addressesOf(server(twice)).map(({ url }) => url)).toEqual([LOCAL, 'http://192.168.1.20:32400']);
});
