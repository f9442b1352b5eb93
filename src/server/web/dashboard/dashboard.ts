import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { Activity } from '../../../core/activity/activity.ts';
import type { Result } from '../../../core/result.ts';
import type { Operations, Status } from '../../../engine/operations.ts';
import type { Pictures } from '../../../engine/pictures.ts';
import type { Logger } from '../../../log/logger.ts';
import type { RecentLines } from '../../../log/recentLines.ts';
import type { SettingsPlace } from '../../../setup/settingsPlace.ts';
import type { Store } from '../../../store/port.ts';
import { type AccessSettings, admissionOf, bears } from '../access.ts';
import { addAssets, type DashboardAssets } from './assets.ts';
import { addLive } from './live.ts';
import { readNotice, setNotice } from './notice.ts';
import { addPages } from './pages.ts';
import type { Html } from './parts/html.ts';
import { addPictures } from './pictures.ts';
import { type NavPath, pageDocument } from './shell.ts';
import { LoginLimit } from './signIn/loginLimit.ts';
import { createSessions } from './signIn/sessions.ts';
import { addSignInPage, SIGN_IN_PATH } from './signIn/signInPage.ts';

/** Path maps and lists of tags are the longest that people send. */
const FORM_BYTES_AT_MOST = 256 * 1024;

/** What the pages are made of, and act on. */
export interface DashboardParts {
  readonly operations: Operations;
  readonly pictures: Pictures;
  /** As seen from PlexSync; empty: not set. */
  readonly stashUrl: string;
  readonly meta: Pick<Store['meta'], 'get' | 'set'>;
  readonly access: AccessSettings;
  readonly assets: DashboardAssets;
  /** Once the daemon behind the pages ends. */
  readonly ended: AbortSignal;
  readonly settingsPlace: SettingsPlace;
  readonly now: () => number;
  readonly logger: Logger;
  readonly recentLog: RecentLines;
  readonly activity: () => Activity;
  /** Who sent a request, as the socket knows it. */
  readonly addressOf: (context: Context) => string;
}

export interface Page {
  readonly title: string;
  /** Which entry of the menu it belongs to. */
  readonly at: NavPath | null;
  readonly body: Html;
  /** Asked for again whenever something changes, or only the log does: not where people type. */
  readonly isLive: boolean | 'log';
}

/** What each page is added to, as commands are to a program. */
export interface Dashboard {
  readonly app: Hono;
  readonly parts: DashboardParts;
  show(context: Context, page: Page, code?: 200 | 404 | 422): Promise<Response>;
  /** Does something, and goes on to a page that says what came of it. */
  act(context: Context, to: string, perform: () => Promise<Result<string, string>>): Promise<Response>;
}

/** The pages for people. All that they show and do are the operations that the commands have. */
export function dashboardApp(parts: DashboardParts): Hono {
  const app = new Hono();
  const dashboard: Dashboard = {
    app,
    parts,
    show: async (context, page, code = 200) => {
      const status = await parts.operations.status();
      return context.html(await documentOf(context, page, { status, parts }), code);
    },
    act: async (context, to, perform) => {
      const outcome = await perform();
      setNotice(
        context,
        outcome.ok ? { kind: 'done', text: outcome.value } : { kind: 'problem', text: outcome.failure },
      );
      return context.redirect(to, 303);
    },
  };
  protect(dashboard);
  addAssets(dashboard);
  addLive(dashboard);
  addPictures(dashboard);
  addPages(dashboard);
  return app;
}

const documentOf = (
  context: Context,
  page: Page,
  { status, parts }: { readonly status: Status; readonly parts: DashboardParts },
): Html =>
  pageDocument(page, {
    status,
    now: parts.now(),
    notice: readNotice(context),
    canSignOut: admissionOf(parts.access) === 'sign-in',
    assets: parts.assets,
  });

/** Nobody comes by here without being let in; and no page of another site can post to ours, or show it in a frame. */
function protect(dashboard: Dashboard): void {
  const { app, parts } = dashboard;
  const sessions = createSessions(parts.meta, parts.access, parts.now);
  app.use(
    secureHeaders({
      // Nothing from elsewhere, and no script or style that stands in a page: titles come from strangers.
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
      // It would hold for every other service on this host.
      strictTransportSecurity: false,
    }),
  );
  app.use(csrf());
  app.use(bodyLimit({ maxSize: FORM_BYTES_AT_MOST }));
  app.use(async (context, next) => {
    switch (admissionOf(parts.access)) {
      case 'closed':
        return context.text(
          'Set http_password: beyond this machine the dashboard is shown to those who know it.\n',
          403,
        );
      case 'sign-in': {
        const isLetIn =
          isForAnyone(context.req.path) ||
          bears(context.req.header('authorization'), parts.access.http_token) ||
          (await sessions.isOpen(context));
        if (isLetIn) return next();
        const { pathname, search } = new URL(context.req.url);
        return context.req.method === 'GET' && context.req.header('accept')?.includes('text/html') === true
          ? context.redirect(`${SIGN_IN_PATH}?to=${encodeURIComponent(pathname + search)}`, 303)
          : context.text('Sign in first.\n', 401);
      }
      case 'open':
        return next();
    }
  });
  addSignInPage(dashboard, { sessions, limit: new LoginLimit() });
}

/** What the page to sign in at is made of. */
const isForAnyone = (path: string): boolean => path === SIGN_IN_PATH || path.startsWith('/assets/');
