import { describe, expect, test } from 'vitest';
import { isLoopback, isPrivateHost } from './hostNames.ts';

test.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])('%s is this machine alone', (address) => {
  expect(isLoopback(address)).toBe(true);
});

test.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.com', 'localhost.example.com', ''])(
  '“%s” may be reached from elsewhere',
  (address) => expect(isLoopback(address)).toBe(false),
);

describe('a host that no stranger can have pointed at us', () => {
  test.each([
    'localhost',
    'localhost:7475',
    '127.0.0.1:7475',
    '192.168.1.5',
    '[::1]:7475',
    '[fd00::1]',
    'plexsync:7475',
    'NAS.local',
    'nas.local.',
    'host.docker.internal:7475',
    'box.home.arpa',
    'nas.lan',
  ])('%s', (host) => expect(isPrivateHost(host)).toBe(true));
});

describe('a host that a stranger may own', () => {
  test.each([
    'rebind.example.com',
    'example.com:7475',
    '127.0.0.1.nip.io',
    'localhost.example.com',
    'local.example',
    'example.com.',
    'user@127.0.0.1',
    'a b',
    '',
  ])('“%s”', (host) => expect(isPrivateHost(host)).toBe(false));

  test('none at all', () => expect(isPrivateHost(undefined)).toBe(false));
});
