import type { IncomingHttpHeaders } from 'node:http';

/** When an answer was sent by the clock of whoever sent it (epoch ms, to the second); null when it does not say. */
export function sentAt({ date }: IncomingHttpHeaders): number | null {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : at;
}
