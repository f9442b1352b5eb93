import { expect, test } from 'vitest';
import { printServerTime } from './serverTime.ts';

test.each([
  ['+00:00', '2026-11-24T00:39:46Z'],
  ['-05:00', '2026-11-23T19:39:46-05:00'],
  ['+05:30', '2026-11-24T06:09:46+05:30'],
])('in the zone %s a time is printed as %s, without fractions', (zone, printed) => {
  expect(printServerTime(Date.parse('2026-11-24T00:39:46.987Z'), zone)).toBe(printed);
});

test('anything but an offset is refused', () => {
  expect(() => printServerTime(0, 'Europe/Prague')).toThrow('"Europe/Prague" is no zone');
});
