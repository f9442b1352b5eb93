import { html } from 'hono/html';
import { durationInWords } from '../../../../core/quantityInWords.ts';
import { opens } from '../../access.ts';
import type { DashboardAssets } from '../assets.ts';
import type { Dashboard } from '../dashboard.ts';
import { formOf } from '../formOf.ts';
import type { Html } from '../parts/html.ts';
import { bareDocument } from '../shell.ts';
import type { LoginLimit } from './loginLimit.ts';
import type { Sessions } from './sessions.ts';

export const SIGN_IN_PATH = '/sign-in';

export interface SignInParts {
  readonly sessions: Sessions;
  readonly limit: LoginLimit;
}

/** The only page that whoever has no session is shown. */
export function addSignInPage({ app, parts }: Dashboard, { sessions, limit }: SignInParts): void {
  app.get(SIGN_IN_PATH, (context) =>
    context.html(signInDocument({ to: wayBack(context.req.query('to')), problem: null }, parts.assets)),
  );
  app.post(SIGN_IN_PATH, async (context) => {
    const now = parts.now();
    const address = parts.addressOf(context);
    const form = await formOf(context);
    const to = wayBack(form.get('to'));
    const waitMs = limit.waitMs(address, now);
    if (waitMs > 0) {
      context.header('retry-after', String(Math.ceil(waitMs / 1000)));
      const problem = `Too many wrong passwords: try again in ${durationInWords(waitMs + 999)}.`;
      return context.html(signInDocument({ to, problem }, parts.assets), 429);
    }
    if (!opens(form.get('password') ?? '', parts.access)) {
      limit.noteWrong(address, now);
      parts.logger.warn({ address }, 'a sign-in at the dashboard was refused: wrong password');
      return context.html(signInDocument({ to, problem: 'That is not the password.' }, parts.assets), 401);
    }
    limit.noteRight(address);
    await sessions.begin(context);
    return context.redirect(to, 303);
  });
  app.post('/sign-out', (context) => {
    sessions.end(context);
    return context.redirect(SIGN_IN_PATH, 303);
  });
}

/** Within these pages: a link that somebody else made cannot lead elsewhere after the sign-in. */
export function wayBack(to: unknown): string {
  if (typeof to !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(to)) return '/';
  return to.startsWith(SIGN_IN_PATH) ? '/' : to;
}

const signInDocument = (
  { to, problem }: { readonly to: string; readonly problem: string | null },
  assets: DashboardAssets,
): Html =>
  bareDocument(
    'Sign in',
    html`<main class="narrow">
  <h1>PlexSync</h1>
  <form method="post" action="${SIGN_IN_PATH}" class="card stack">
    <input type="hidden" name="to" value="${to}" />
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required autofocus
      aria-describedby="password-note" ${problem === null ? '' : html`aria-invalid="true"`} />
    <p id="password-note" ${problem === null ? '' : html`role="alert"`} class="${problem === null ? 'quiet' : 'problem'}">
      ${problem ?? html`<code>http_password</code> or <code>http_token</code> of PlexSync’s settings.`}
    </p>
    <button class="primary">Sign in</button>
  </form>
</main>`,
    assets,
  );
