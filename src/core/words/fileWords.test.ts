import { expect, test } from 'vitest';
import { lengthWords, sizeWords } from './fileWords.ts';

test.each([
  [null, 'unknown'],
  [0, '0:00'],
  [59_600, '1:00'],
  [1_800_000, '30:00'],
  [3_723_400, '1:02:03'],
])('%s ms is %s', (durationMs, words) => {
  expect(lengthWords(durationMs)).toBe(words);
});

test('a size says its last byte, too', () => {
  expect(sizeWords(734_003_200)).toBe('734 MB (734,003,200 bytes)');
  expect(sizeWords(null)).toBe('unknown');
});
