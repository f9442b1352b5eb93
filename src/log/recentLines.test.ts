import { expect, test } from 'vitest';
import { RecentLines } from './recentLines.ts';

test('the latest lines are kept, in their order, and all are counted', () => {
  const recent = new RecentLines();
  for (let line = 1; line <= 9_000; line++) recent.note(String(line));
  expect(recent.all()).toHaveLength(2_000);
  expect([recent.all().at(0), recent.all().at(-1)]).toEqual(['7001', '9000']);
  expect(recent.noted).toBe(9_000);
});

test('long lines do not fill the memory', () => {
  const recent = new RecentLines();
  for (let line = 0; line < 100; line++) recent.note(`${line} ${'x'.repeat(99_000)}`);
  expect(recent.all().map((line) => line.slice(0, 3))).toEqual([
    '90 ',
    '91 ',
    '92 ',
    '93 ',
    '94 ',
    '95 ',
    '96 ',
    '97 ',
    '98 ',
    '99 ',
  ]);
});
