import { durationInWords } from '../../core/quantityInWords.ts';

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

export { counted, durationInWords } from '../../core/quantityInWords.ts';
