import { describe, expect, test } from 'vitest';
import { paintWith, wantsColours } from './paint.ts';

test('a text is painted only where colours are wanted', () => {
  expect(paintWith(true)('bad', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(paintWith(false)('bad', 'x')).toBe('x');
});

describe('colours', () => {
  test.each<[boolean, Record<string, string>, boolean]>([
    [true, {}, true],
    [false, {}, false],
    [true, { TERM: 'dumb' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('on a terminal: %s, with %o: %s', (isTerminal, environment, wanted) => {
    expect(wantsColours({ isTerminal, environment })).toBe(wanted);
  });
});
