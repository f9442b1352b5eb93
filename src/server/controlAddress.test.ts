import { expect, test } from 'vitest';
import { type ControlHost, controlAddress } from './controlAddress.ts';

const linux: ControlHost = { platform: 'linux', tempDir: '/tmp', userId: 1000 };
const LONG = `/srv/${'a'.repeat(100)}`;

test('the socket lies in the data directory', () => {
  expect(controlAddress('/data', linux)).toBe('/data/control.sock');
});

test('a path that a socket cannot have becomes a short name in a folder of this user', () => {
  expect(controlAddress(LONG, linux)).toMatch(/^\/tmp\/plexsync-1000\/[0-9a-f]{16}\.sock$/);
});

test('length counts in bytes', () => {
  expect(controlAddress(`/srv/${'ü'.repeat(45)}`, linux)).toMatch(/^\/tmp\//);
});

test('each data directory has its own address, and always the same one', () => {
  expect(controlAddress(LONG, linux)).toBe(controlAddress(`${LONG}/`, linux));
  expect(controlAddress(LONG, linux)).not.toBe(controlAddress(`${LONG}b`, linux));
});

test('on Windows it is a named pipe', () => {
  expect(controlAddress('/data', { ...linux, platform: 'win32', userId: -1 })).toMatch(
    /^\\\\\.\\pipe\\plexsync-[0-9a-f]{16}$/,
  );
});
