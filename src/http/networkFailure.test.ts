import { expect, test } from 'vitest';
import { networkFailure } from './networkFailure.ts';

const asked = { name: 'Plex', description: 'GET http://plex.invalid:32400/identity', hasAnswerBegun: false };
const coded = (code: string): Error => Object.assign(new Error('token=S3CRET'), { code });

test.each([
  ['ECONNREFUSED', 'refused', 'Plex refused the connection (ECONNREFUSED)'],
  ['ENOENT', 'refused', 'Plex refused the connection (ENOENT)'],
  ['ENOTFOUND', 'dns', 'The host of Plex has no address (ENOTFOUND)'],
  ['EAI_AGAIN', 'dns', 'The host of Plex has no address (EAI_AGAIN)'],
  ['ETIMEDOUT', 'connect-timeout', 'Plex did not accept the connection in time (ETIMEDOUT)'],
  ['ECONNRESET', 'reset', 'Plex closed the connection unanswered (ECONNRESET)'],
  ['EPIPE', 'reset', 'Plex closed the connection unanswered (EPIPE)'],
  ['EHOSTUNREACH', 'network', 'Plex cannot be reached (EHOSTUNREACH)'],
  ['EMFILE', 'network', 'Plex cannot be reached (EMFILE)'],
  ['HPE_INVALID_CONSTANT', 'not-http', 'does not speak HTTP (HPE_INVALID_CONSTANT)'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'No secure connection to Plex (DEPTH_ZERO_SELF_SIGNED_CERT)'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'No secure connection to Plex'],
  ['CERT_HAS_EXPIRED', 'tls', 'No secure connection to Plex'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'No secure connection to Plex'],
  ['EPROTO', 'tls', 'No secure connection to Plex'],
])('%s is named %s', (code, kind, words) => {
  const failure = networkFailure(coded(code), asked);
  expect(failure.kind).toBe(kind);
  expect(failure.message).toContain(words);
  expect(failure.message).toContain(asked.description);
  expect(failure.message).not.toContain('S3CRET');
});

test('whatever breaks an answer that has begun makes it truncated', () => {
  const failure = networkFailure(coded('ECONNRESET'), { ...asked, hasAnswerBegun: true });
  expect(failure).toEqual({
    kind: 'truncated',
    message: `Plex broke off in the middle of its answer (ECONNRESET): ${asked.description}`,
  });
});

test('an error without a code is still named', () => {
  expect(networkFailure(new Error('token=S3CRET'), asked)).toEqual({
    kind: 'network',
    message: `Plex cannot be reached (no code): ${asked.description}`,
  });
});
