import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';

const COOKIE = 'plexsync_notice';
/** Cookies hold 4 KB, and every character may become nine. */
const LONGEST = 400;

/** What came of the last thing that was done, for the page that follows. */
export interface Notice {
  readonly kind: 'done' | 'problem';
  readonly text: string;
}

const Schema = v.object({ kind: v.picklist(['done', 'problem']), text: v.string() });

export function setNotice(context: Context, { kind, text }: Notice): void {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  setCookie(context, COOKIE, JSON.stringify({ kind, text: shown }), {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: 60,
  });
}

/** Said once. Another service on this host can set it, too: it is shown as text, and nothing hangs on it. */
export function readNotice(context: Context): Notice | null {
  const stored = getCookie(context, COOKIE);
  if (stored === undefined) return null;
  deleteCookie(context, COOKIE, { path: '/' });
  try {
    const parsed = v.safeParse(Schema, JSON.parse(stored));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
