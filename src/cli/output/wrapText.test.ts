import { expect, test } from 'vitest';
import { wrapText } from './wrapText.ts';

test('whole words, no wider than asked for; one that is wider stays whole', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('see https://example.org/long now', 8)).toEqual(['see', 'https://example.org/long', 'now']);
  expect(wrapText('日本 語', 4)).toEqual(['日本', '語']);
});

test('without a width, or where it fits, one line', () => {
  expect(wrapText('one two three', null)).toEqual(['one two three']);
  expect(wrapText('one two', 7)).toEqual(['one two']);
});
