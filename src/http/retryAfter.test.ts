import { expect, test } from 'vitest';
import { parseRetryAfter } from './retryAfter.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);

test.each([
  ['seconds', '120', 120_000],
  ['no wait at all', '0', 0],
  ['a date to come', 'Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
  ['a date gone by', 'Tue, 24 Nov 2026 11:59:00 GMT', 0],
  ['more than an hour', '86400', 3_600_000],
  ['a far date', 'Sun, 24 Nov 2086 12:00:30 GMT', 3_600_000],
  ['nothing', '', null],
  ['a negative number', '-5', null],
  ['a fraction', '1.5', null],
  ['words', 'soon', null],
  ['a date that is none', 'Tue, 99 Nov 2026 12:00:30 GMT', null],
])('Retry-After as %s: %j', (_form, header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected);
});

test('no header asks for no wait', () => {
  expect(parseRetryAfter(undefined, NOW)).toBeNull();
});
