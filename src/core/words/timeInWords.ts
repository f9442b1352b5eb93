import { durationInWords } from '../quantityInWords.ts';

/** `3 hours ago`; a time that lies ahead (clocks differ) is `just now`. */
export function ago(at: number, now: number): string {
  return now - at < 1_000 ? 'just now' : `${durationInWords(now - at)} ago`;
}

/** `in 20 seconds`, or `now` when it is due. */
export function dueIn(at: number, now: number): string {
  return at - now < 1_000 ? 'now' : `in ${durationInWords(at - now)}`;
}
