import { describe, expect, test } from 'vitest';
import { lastSlot, nextSlot, type Schedule } from './schedule.ts';

const schedule = (facts: Partial<Schedule> = {}): Schedule => ({
  interval: 'daily',
  time: '04:00',
  zoneMs: 0,
  ...facts,
});
const at = (text: string): number => Date.parse(text);
const slots = (asked: Schedule, now: string): readonly (string | null)[] =>
  [lastSlot(asked, at(now)), nextSlot(asked, at(now))].map((each) =>
    each === null ? null : new Date(each).toISOString().slice(0, 16),
  );

describe('a schedule', () => {
  test('that is daily comes at its time of day, and a moment before it is yesterday’s turn', () => {
    expect(slots(schedule(), '2026-03-10T04:00:00Z')).toEqual(['2026-03-10T04:00', '2026-03-11T04:00']);
    expect(slots(schedule(), '2026-03-10T03:59:59Z')).toEqual(['2026-03-09T04:00', '2026-03-10T04:00']);
  });

  test('goes by local time', () => {
    const east = schedule({ zoneMs: 2 * 3_600_000 });
    expect(slots(east, '2026-03-10T02:30:00Z')).toEqual(['2026-03-10T02:00', '2026-03-11T02:00']);
    const west = schedule({ zoneMs: -5 * 3_600_000 });
    expect(slots(west, '2026-03-10T02:30:00Z')).toEqual(['2026-03-09T09:00', '2026-03-10T09:00']);
  });

  test('that is hourly comes at its minute', () => {
    const hourly = schedule({ interval: 'hourly', time: '04:20' });
    expect(slots(hourly, '2026-03-10T17:19:00Z')).toEqual(['2026-03-10T16:20', '2026-03-10T17:20']);
  });

  test('that is weekly comes on Mondays', () => {
    const weekly = schedule({ interval: 'weekly' });
    expect(slots(weekly, '2026-03-15T12:00:00Z')).toEqual(['2026-03-09T04:00', '2026-03-16T04:00']);
  });

  test('that is off never comes', () => {
    expect(slots(schedule({ interval: 'off' }), '2026-03-10T04:00:00Z')).toEqual([null, null]);
  });
});
