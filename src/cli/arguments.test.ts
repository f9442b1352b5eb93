import { expect, test } from 'vitest';
import { parseTime } from './arguments.ts';

const now = new Date(2026, 2, 10, 14, 30).getTime();
const at = (month: number, day: number, hour = 0, minute = 0): number =>
  new Date(2026, month, day, hour, minute).getTime();

test.each<[string, number]>([
  ['90m', now - 90 * 60_000],
  ['2h', now - 2 * 3_600_000],
  ['3d', now - 3 * 86_400_000],
  ['today', at(2, 10)],
  ['Yesterday', at(2, 9)],
  ['2026-03-01', at(2, 1)],
  ['2026-03-01T13:05', at(2, 1, 13, 5)],
  ['2026-03-01 13:05', at(2, 1, 13, 5)],
  ['2026-03-01T13:05:06Z', Date.UTC(2026, 2, 1, 13, 5, 6)],
  ['2026-03-01t13:05+02:00', Date.UTC(2026, 2, 1, 11, 5)],
])('%s is a time', (text, time) => {
  expect(parseTime(text, now)).toBe(time);
});

test.each(['', 'h', '2w', '-1h', 'tomorrow', '2026-3-1', '2026-02-30T99:00', '2027-01-01', '999999d'])(
  '%j is none that lies back',
  (text) => {
    expect(() => parseTime(text, now)).toThrow('no time that lies back');
  },
);
