import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Store } from '../../../../store/port.ts';
import type { AccessSettings } from '../../access.ts';

const COOKIE = 'plexsync_session';
const KEY_NAME = 'dashboard-session-key';
/** From the last sign-in on. */
const LIFE_MS = 30 * 24 * 60 * 60 * 1000;

export interface Sessions {
  begin(context: Context): Promise<void>;
  isOpen(context: Context): Promise<boolean>;
  end(context: Context): void;
}

/**
 * A session is a signed cookie that says until when it is good: nothing is stored, and it outlives a restart. The key
 * hangs on the passwords, so that a new one signs everybody out.
 */
export function createSessions(
  meta: Pick<Store['meta'], 'get' | 'set'>,
  { http_password: password, http_token: token }: AccessSettings,
  now: () => number,
): Sessions {
  const key = async (): Promise<string> =>
    createHmac('sha256', await storedKey(meta))
      .update(JSON.stringify([password, token]))
      .digest('hex');
  return {
    begin: async (context) => {
      await setSignedCookie(context, COOKIE, String(now() + LIFE_MS), await key(), {
        path: '/',
        httpOnly: true,
        // Lax: a link from a notification opens the page; what changes anything is posted from our own pages.
        sameSite: 'Lax',
        secure: isBehindTls(context),
        maxAge: LIFE_MS / 1000,
      });
    },
    isOpen: async (context) => {
      const until = await getSignedCookie(context, await key(), COOKIE);
      return typeof until === 'string' && Number(until) > now();
    },
    end: (context) => void deleteCookie(context, COOKIE, { path: '/' }),
  };
}

/** A proxy that speaks TLS to the browser says so. Whoever lies about it only keeps a cookie from himself. */
const isBehindTls = (context: Context): boolean => context.req.header('x-forwarded-proto') === 'https';

async function storedKey(meta: Pick<Store['meta'], 'get' | 'set'>): Promise<string> {
  const stored = await meta.get(KEY_NAME);
  if (stored !== null) return stored;
  const made = randomBytes(32).toString('hex');
  await meta.set(KEY_NAME, made);
  return made;
}
