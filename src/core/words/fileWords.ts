import { bytesInWords } from '../quantityInWords.ts';

/** `734 MB (734,003,200 bytes)`: what is compared is compared to the byte. */
export const sizeWords = (size: number | null): string =>
  size === null ? 'unknown' : `${bytesInWords(size)} (${size.toLocaleString('en')} bytes)`;

/** `30:00`, `1:02:03`, as players show it. */
export function lengthWords(durationMs: number | null): string {
  if (durationMs === null) return 'unknown';
  const seconds = Math.round(durationMs / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const digits = (value: number): string => String(value).padStart(2, '0');
  return hours > 0
    ? `${hours}:${digits(minutes)}:${digits(seconds % 60)}`
    : `${minutes}:${digits(seconds % 60)}`;
}
