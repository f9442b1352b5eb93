/** A server that asks for more is asked again all the same: a wrong date must not stop us for years. */
const LONGEST_MS = 60 * 60 * 1000;

/** Retry-After in both of its forms, seconds or a date (RFC 9110 §10.2.3), as a duration; null when neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  // Date.parse() would take bare numbers and half dates, each in its own way.
  const isDate = /^[A-Za-z]{3,9}, .+ GMT$/.test(text);
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : isDate ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(delayMs) ? null : Math.min(Math.max(delayMs, 0), LONGEST_MS);
}
