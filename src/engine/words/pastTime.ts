export const PAST_TIMES = '30m, 2h, 3d, today, yesterday, 2026-01-31, 2026-01-31T14:00';

/** `m`, `h`, `d`, as in `90m`. */
export const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A moment that lies back, as people type it: `2h` ago, `today`, a day or a time of the clock on the wall of this
 * machine. Null: it is none. Needs the time of now.
 */
export function pastTime(text: string, now: number): number | null {
  const time = timeOf(text.trim().toLowerCase(), now);
  return time !== null && time >= 0 && time <= now ? time : null;
}

function timeOf(text: string, now: number): number | null {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  const today = new Date(now);
  const midnight = (daysBack: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - daysBack).getTime();
  if (text === 'today') return midnight(0);
  if (text === 'yesterday') return midnight(1);
  const iso = /^\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:\d\d)?)?$/.exec(text);
  if (iso === null) return null;
  // A day alone would be taken for one in UTC.
  const at = Date.parse((text.length === 10 ? `${text}T00:00` : text).toUpperCase().replace(' ', 'T'));
  return Number.isNaN(at) ? null : at;
}
