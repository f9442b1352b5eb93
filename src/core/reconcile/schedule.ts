import type { Settings } from '../settings/table.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The first Monday after the epoch, which was a Thursday. */
const MONDAY_MS = 4 * DAY_MS;

const PERIOD_MS = { hourly: HOUR_MS, daily: DAY_MS, weekly: 7 * DAY_MS } as const;

export interface Schedule {
  readonly interval: Settings['reconcile_interval'];
  /** `04:00`: daily, on Mondays when weekly; of it only the minute when hourly. */
  readonly time: string;
  /** How far local time is ahead of UTC now. */
  readonly zoneMs: number;
}

/** The last time at or before `now` when it was due; null when it never is. Across a change of clocks one may move. */
export function lastSlot({ interval, time, zoneMs }: Schedule, now: number): number | null {
  if (interval === 'off') return null;
  const period = PERIOD_MS[interval];
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const start = (interval === 'weekly' ? MONDAY_MS : 0) + hour * HOUR_MS + minute * MINUTE_MS - zoneMs;
  return Math.floor((now - start) / period) * period + start;
}

export function nextSlot(schedule: Schedule, now: number): number | null {
  const last = lastSlot(schedule, now);
  return last === null || schedule.interval === 'off' ? null : last + PERIOD_MS[schedule.interval];
}
