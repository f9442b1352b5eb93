import { expect, test } from 'vitest';
import { type AccessSettings, admissionOf, bears, isKnownHost, opens } from './access.ts';

const access = (settings: Partial<AccessSettings> = {}): AccessSettings => ({
  http_bind: '127.0.0.1',
  http_hosts: [],
  http_password: '',
  http_token: '',
  ...settings,
});

test.each<[Partial<AccessSettings>, ReturnType<typeof admissionOf>]>([
  [{}, 'open'],
  [{ http_bind: '::1' }, 'open'],
  [{ http_bind: '0.0.0.0' }, 'closed'],
  [{ http_bind: '192.168.1.5' }, 'closed'],
  [{ http_password: 'a' }, 'sign-in'],
  [{ http_token: 'a' }, 'sign-in'],
  [{ http_bind: '0.0.0.0', http_password: 'a' }, 'sign-in'],
])('with %o the dashboard is %s', (settings, admission) => {
  expect(admissionOf(access(settings))).toBe(admission);
});

test('the password opens, and so does the token; nothing does where none is set', () => {
  const both = access({ http_password: 'pass', http_token: 'token' });
  for (const right of ['pass', 'token']) expect(opens(right, both)).toBe(true);
  for (const wrong of ['', 'Pass', 'pass ', 'pas', 'passtoken']) expect(opens(wrong, both)).toBe(false);
  expect(opens('', access())).toBe(false);
  expect(opens('', access({ http_password: 'pass' }))).toBe(false);
});

test('a token is taken as a bearer token alone', () => {
  expect(bears('Bearer abc', 'abc')).toBe(true);
  expect(bears('bearer  abc ', 'abc')).toBe(true);
  for (const other of [undefined, '', 'abc', 'Basic abc', 'Bearer abcd', 'Bearer ab']) {
    expect(bears(other, 'abc')).toBe(false);
  }
  expect(bears('Bearer ', '')).toBe(false);
});

test('names of http_hosts are known, in whatever case and with whatever port, and no part of them', () => {
  const named = access({ http_hosts: ['Sync.example.org', 'other.example.org:8443'] });
  for (const host of ['sync.example.org', 'SYNC.example.org:7475', 'other.example.org', 'localhost:7475']) {
    expect(isKnownHost(host, named)).toBe(true);
  }
  for (const host of ['a.sync.example.org', 'example.org', 'sync.example.org.evil.example', '', undefined]) {
    expect(isKnownHost(host, named)).toBe(false);
  }
});
