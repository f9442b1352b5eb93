import { expect, test } from 'vitest';
import { visibleText } from './visibleText.ts';

test('plain text of any language is left as it is', () => {
  const text = 'Ünïcode “quotes” 日本語 עברית 👩‍👩‍👧 C:\\Videos\\a.mp4';
  expect(visibleText(text)).toBe(text);
});

test('line ends and tabs cannot start a line of their own', () => {
  expect(visibleText('a\r\nb\tc\u2028d\u0085e')).toBe('a\\r\\nb\\tc\\u2028d\\u0085e');
});

test('terminal escapes, also of one byte, lose their effect', () => {
  expect(visibleText('\u001b[2J\u009b31m\u0007')).toBe('\\u001b[2J\\u009b31m\\u0007');
});

test('characters that turn the writing direction are shown', () => {
  expect(visibleText('invoice\u202e4pm.exe')).toBe('invoice\\u202e4pm.exe');
});
