import { expect, test } from 'vitest';
import { isStashId } from './ids.ts';

test.each(['1', '42', '9007199254740993', '9223372036854775807'])('%s is an id of Stash', (text) => {
  expect(isStashId(text)).toBe(true);
});

test.each([
  '',
  '0',
  '00003',
  '-1',
  '+1',
  '1.0',
  '1e3',
  ' 1',
  '１',
  'abc',
  '9223372036854775808',
  '1'.repeat(40),
])('“%s” is none', (text) => {
  expect(isStashId(text)).toBe(false);
});
