const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `3 hours`: the largest unit that fits, rounded down. */
export function durationInWords(durationMs: number): string {
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(durationMs / unitMs);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'a moment';
}

/** `3 hours ago`; a time that lies ahead (clocks differ) is `just now`. */
export function ago(at: number, now: number): string {
  return now - at < 1_000 ? 'just now' : `${durationInWords(now - at)} ago`;
}

/** `2026-01-31 14:05`, as clocks on the wall show it. */
export function localTime(at: number): string {
  const date = new Date(at);
  const two = (count: number): string => String(count).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `in 20 seconds`, or `now` when it is due. */
export function dueIn(at: number, now: number): string {
  return at - now < 1_000 ? 'now' : `in ${durationInWords(at - now)}`;
}

/** `1 job`, `3 jobs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
