import { expect, test } from 'vitest';
import { wrapLines } from './wrapLines.ts';

const text = ['short', '    What to do: look whether the server is there.', ''].join('\n');

test('only what is too long is broken, between words, and keeps its indent', () => {
  expect(wrapLines(text, 36).split('\n')).toEqual([
    'short',
    '    What to do: look whether the',
    '    server is there.',
    '',
  ]);
});

test('colours take no room', () => {
  const painted = '\u001b[32m✓\u001b[39m Stash  answers and all is well';
  expect(wrapLines(painted, 32)).toBe(painted);
});

test('nothing is broken without a terminal', () => {
  expect(wrapLines(text, null)).toBe(text);
});
