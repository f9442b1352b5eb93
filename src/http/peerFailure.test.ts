import { expect, test } from 'vitest';
import type { FailureClass } from '../core/failure.ts';
import type { HttpFailure } from './httpFailure.ts';
import { peerFailure } from './peerFailure.ts';

const message = 'What happened: GET http://127.0.0.1:32400/identity';
const status = (code: number): HttpFailure => ({ kind: 'status', status: code, body: '', message });

test.each<[FailureClass, HttpFailure]>([
  ['unreachable', { kind: 'refused', message }],
  ['unreachable', { kind: 'dns', message }],
  ['unreachable', { kind: 'network', message }],
  ['unreachable', { kind: 'connect-timeout', message }],
  ['unreachable', { kind: 'read-timeout', message }],
  ['unreachable', { kind: 'cut-off', message }],
  ['unreachable', { kind: 'reset', message }],
  ['unreachable', { kind: 'truncated', message }],
  ['unreachable', status(429)],
  ['unreachable', status(502)],
  ['unreachable', status(503)],
  ['unreachable', status(504)],
  ['auth', status(401)],
  ['auth', status(403)],
  ['settings', { kind: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message }],
  ['settings', { kind: 'redirect', status: 302, location: 'https://elsewhere/', message }],
  ['settings', { kind: 'not-http', message }],
  ['settings', { kind: 'unsendable', message }],
  ['rejected', status(400)],
  ['rejected', status(404)],
  ['rejected', status(414)],
  ['rejected', status(431)],
  ['rejected', status(500)],
  ['rejected', { kind: 'too-large', message }],
  ['rejected', { kind: 'bad-encoding', message }],
  ['rejected', { kind: 'not-json', looksLike: 'html', message }],
])('%s: %j', (failureClass, failure) => {
  expect(peerFailure('plex', failure)).toMatchObject({ class: failureClass, peer: 'plex', message });
});

test('the wait that a server asks for is passed on', () => {
  const failure: HttpFailure = { kind: 'status', status: 429, retryAfterMs: 7_000, body: '', message };
  expect(peerFailure('stash', failure).retryAfterMs).toBe(7_000);
  expect(peerFailure('stash', status(429))).not.toHaveProperty('retryAfterMs');
});

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'set stash_tls_verify to false'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Use the host name that the certificate is made for in stash_url'],
  ['CERT_HAS_EXPIRED', 'Renew the certificate'],
  ['EPROTO', 'begin stash_url with http://'],
])('the advice on the TLS trouble %s is its own', (code, advice) => {
  expect(peerFailure('stash', { kind: 'tls', code, message }).advice).toContain(advice);
});

test('the advice on a redirect names the setting of the server', () => {
  const failure: HttpFailure = { kind: 'redirect', status: 301, location: 'https://plex/', message };
  expect(peerFailure('plex', failure).advice).toContain('Set plex_url to the address that answers itself');
});
