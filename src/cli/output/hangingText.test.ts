import { expect, test } from 'vitest';
import { displayWidth } from './displayWidth.ts';
import { hangingText } from './hangingText.ts';

const text = 'Eins zwei drei 四五六 sieben acht neun zehn elf zwölf';

test('a text goes on below its beginning, and no line is too long', () => {
  const lines = `12345678${hangingText(text, { indent: 8, width: 40 })}`.split('\n');
  expect(lines).toEqual(['12345678Eins zwei drei 四五六 sieben', '        acht neun zehn elf zwölf']);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(40);
});

test('without a terminal it is one line', () => {
  expect(hangingText(text, { indent: 8, width: null })).toBe(text);
});

test('a word that is longer than a line stays whole: it may be a path to be copied', () => {
  expect(hangingText(`a ${'x'.repeat(60)} b`, { indent: 2, width: 40 })).toBe(`a\n  ${'x'.repeat(60)}\n  b`);
});

test('on a terminal that is too narrow it overflows rather than be a column of letters', () => {
  expect(hangingText('one two three four five six', { indent: 30, width: 40 }).split('\n')).toHaveLength(2);
});
