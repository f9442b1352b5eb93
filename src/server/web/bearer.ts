import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request proves that it knows the token. Takes the same time wherever the two differ. */
export function bears(authorization: string | undefined, token: string): boolean {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  return token !== '' && timingSafeEqual(digest(given), digest(token));
}

/** Of one length, as the comparison needs it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
