import { createHash, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../../core/settings/table.ts';
import { hostOf, isLoopback, isPrivateHost } from './hostNames.ts';

/** The settings that decide who comes in over HTTP. */
export type AccessSettings = Pick<Settings, 'http_bind' | 'http_hosts' | 'http_password' | 'http_token'>;

/** How people get at the dashboard: at once, by signing in, or not at all until a password is set. */
export type Admission = 'open' | 'sign-in' | 'closed';

/** Where only this machine can reach it, whoever is on it may: as with the command line. */
export function admissionOf({
  http_bind: bind,
  http_password: password,
  http_token: token,
}: AccessSettings): Admission {
  if (password !== '' || token !== '') return 'sign-in';
  return isLoopback(bind) ? 'open' : 'closed';
}

/** Whether a page of a stranger cannot have made a browser send this: see {@link isPrivateHost}. */
export const isKnownHost = (header: string | undefined, { http_hosts: hosts }: AccessSettings): boolean =>
  isPrivateHost(header) || hosts.some((host) => hostOf(host) === hostOf(header ?? ''));

/** Whether what was typed is the password or the token. */
export const opens = (
  given: string,
  { http_password: password, http_token: token }: AccessSettings,
): boolean =>
  // Both are compared whatever comes of the first, so that the time tells nothing of it.
  [password, token].map((secret) => isSecret(given, secret)).includes(true);

/** Whether a request proves that it knows the token. */
export function bears(authorization: string | undefined, token: string): boolean {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  return isSecret(given, token);
}

/** Takes the same time wherever the two differ. A secret that is not set is nobody's. */
function isSecret(given: string, secret: string): boolean {
  const isEqual = timingSafeEqual(digest(given), digest(secret));
  return isEqual && secret !== '';
}

/** Of one length, as the comparison needs it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
