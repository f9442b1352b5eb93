import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactNamed, redactor } from './redact.ts';

describe('known secrets', () => {
  test('are taken out wherever they stand, also in URL form', () => {
    const redact = redactor(['p/l+x tok']);
    expect(redact('a p/l+x tok b p%2Fl%2Bx%20tok c')).toBe('a [redacted] b [redacted] c');
  });

  test('one that holds another leaves no rest behind', () => {
    const redact = redactor(['abcd', 'abcdefgh']);
    expect(redact('abcdefgh')).toBe('[redacted]');
  });

  test('an empty or very short value blots out nothing', () => {
    expect(redactor(['', 'ab'])('abc abba')).toBe('abc abba');
  });

  test('never survive, whatever surrounds them', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        expect(redactor([value])(`${before}${value}${after}`)).not.toContain(value);
      }),
    );
  });
});

describe('secrets that are told by their name', () => {
  const redact = redactor([]);

  test.each([
    ['http://plex:32400/x?X-Plex-Token=abc123&a=1', 'http://plex:32400/x?X-Plex-Token=[redacted]&a=1'],
    ['GET /scene/1/stream?apikey=eyJh.bG.ci failed', 'GET /scene/1/stream?apikey=[redacted] failed'],
    ['{"X-Plex-Token":"abc","a":1}', '{"X-Plex-Token":"[redacted]","a":1}'],
    ['ApiKey: eyJhbGci', 'ApiKey: [redacted]'],
    ['authorization: Bearer abc', 'authorization: Bearer [redacted]'],
    ['{"plex_token": "abc"}', '{"plex_token": "[redacted]"}'],
    ['PLEXSYNC_PLEX_TOKEN=abc', 'PLEXSYNC_PLEX_TOKEN=[redacted]'],
    ['PLEXSYNC_HTTP_TOKEN=abc', 'PLEXSYNC_HTTP_TOKEN=[redacted]'],
    ['"notify_url": "https://a/b?c=d"', '"notify_url": "[redacted]"'],
    ['X-Plex-Token%3Dabc', 'X-Plex-Token%3D[redacted]'],
  ])('%s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  test('the words alone are no secret', () => {
    const texts = [
      'Set plex_token, or an API key, and try again.',
      'plex_token: found nothing; allowed: a text',
    ];
    expect(texts.map(redact)).toEqual(texts);
  });
});

test('fields named like a secret lose their value; unset ones show that they are unset', () => {
  expect(redactNamed('stash_api_key', 'x')).toBe('[redacted]');
  expect(redactNamed('plexToken', 5)).toBe('[redacted]');
  expect(redactNamed('plex_token', '')).toBe('');
  expect(redactNamed('tokens', 3)).toBe(3);
});
