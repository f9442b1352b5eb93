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

/** `1 job`, `3 jobs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12 MB`: powers of a thousand, as disks are sold. */
export function bytesInWords(bytes: number): string {
  const exponent = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${Math.round(bytes / 1000 ** exponent)} ${['bytes', 'kB', 'MB', 'GB', 'TB'][exponent]}`;
}
