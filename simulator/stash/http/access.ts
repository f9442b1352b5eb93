import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { Switches } from '../switches.ts';
import { NO_SESSION, type Session, type Sessions } from './sessions.ts';

/** Whether a request is let in (stash reference §2.8). */
export type Access =
  | { readonly kind: 'open'; readonly session: Session; readonly auth: 'key' | 'cookie' | 'none' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'exposed' };

interface AccessParts {
  readonly switches: Switches;
  readonly sessions: Sessions;
}

const USER = 'stash';

export class AccessCheck {
  readonly #parts: AccessParts;
  /** The tripwire: one request from outside, and nothing is served any more until Stash is set up anew. */
  #isExposed = false;

  constructor(parts: AccessParts) {
    this.#parts = parts;
  }

  judge(request: IncomingMessage): Access {
    const { switches, sessions } = this.#parts;
    const hasPassword = switches.password !== '';
    if (!hasPassword && this.#isExposed) return { kind: 'exposed' };

    const cookie = sessionCookie(request);
    const session = (cookie === null ? null : sessions.read(cookie)) ?? NO_SESSION;
    const key = sentKey(request);
    // A key that is sent must match, even where nobody needs one.
    if (key !== null && key !== switches.apiKey) return { kind: 'refused' };

    if (!hasPassword && isFromOutside(request)) {
      this.#isExposed = true;
      return { kind: 'exposed' };
    }
    const auth = key !== null ? 'key' : session === NO_SESSION ? 'none' : 'cookie';
    const user = key === null ? session.user : USER;
    if (hasPassword && user === null) return { kind: 'sign-in' };
    return { kind: 'open', session: { ...session, user }, auth };
  }

  /** The session of this user with this password; null when they are wrong. */
  signIn(form: URLSearchParams): Session | null {
    const isRight = form.get('username') === USER && form.get('password') === this.#parts.switches.password;
    return isRight ? this.signedIn() : null;
  }

  /** The session of whoever may do things here: of the user, where one has to sign in. */
  signedIn(): Session {
    return this.#parts.switches.password === '' ? NO_SESSION : { user: USER, visited: [] };
  }
}

function sessionCookie(request: IncomingMessage): string | null {
  const cookies = (request.headers.cookie ?? '').split(/;\s*/);
  const found = cookies.find((cookie) => cookie.startsWith('session='));
  return found === undefined ? null : found.slice('session='.length);
}

function sentKey(request: IncomingMessage): string | null {
  const header = request.headers['apikey'];
  if (typeof header === 'string' && header !== '') return header;
  return new URL(request.url ?? '/', 'http://stash').searchParams.get('apikey') || null;
}

/** The simulator listens on loopback, so only the proxy's word can be from outside. */
function isFromOutside(request: IncomingMessage): boolean {
  const forwarded = request.headers['x-forwarded-for'];
  if (forwarded === undefined) return false;
  const chain = String(forwarded).split(', ');
  return chain.some((address) => !LOCAL.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'));
}

const LOCAL = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  LOCAL.addSubnet(network, prefix, 'ipv4');
}
LOCAL.addSubnet('fc00::', 7, 'ipv6');
LOCAL.addSubnet('fe80::', 10, 'ipv6');
LOCAL.addAddress('::1', 'ipv6');
