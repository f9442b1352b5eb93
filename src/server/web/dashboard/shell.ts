import { html, raw } from 'hono/html';
import { failureWords } from '../../../core/words/failureWords.ts';
import { ago } from '../../../core/words/timeInWords.ts';
import type { Status } from '../../../engine/operations.ts';
import { assetPath, type DashboardAssets } from './assets.ts';
import type { Page } from './dashboard.ts';
import { livePath } from './live.ts';
import type { Notice } from './notice.ts';
import type { Html } from './parts/html.ts';

/** The menu. */
const NAV = {
  '/': 'Overview',
  '/queue': 'Queue',
  '/dead': 'Dead letters',
  '/scenes': 'Scenes',
  '/history': 'History',
  '/gaps': 'Gaps',
  '/settings': 'Settings',
  '/log': 'Log',
} as const;
export type NavPath = keyof typeof NAV;

interface Surroundings {
  readonly status: Status;
  readonly now: number;
  readonly notice: Notice | null;
  readonly canSignOut: boolean;
  readonly assets: DashboardAssets;
}

export function pageDocument(page: Page, { status, now, notice, canSignOut, assets }: Surroundings): Html {
  const body = html`<a class="skip" href="#main">Skip to the content</a>
<header class="top">
  <a class="brand" href="/">PlexSync</a>
  <nav aria-label="Pages"><ul>${Object.entries(NAV).map(([path, name]) => navEntry(path, name, { page, status }))}</ul></nav>
  ${canSignOut ? html`<form method="post" action="/sign-out"><button class="link">Sign out</button></form>` : null}
</header>
<main id="main" tabindex="-1" ${page.isLive === false ? null : html`data-live="${livePath(page.isLive)}"`}>
  <h1>${page.title}</h1>
  ${notice === null ? null : html`<p class="notice ${notice.kind}" role="${notice.kind === 'problem' ? 'alert' : 'status'}">${notice.text}</p>`}
  ${hindrances(status, now)}
  ${page.body}
</main>
<footer class="quiet">PlexSync ${status.version}</footer>`;
  return documentWith(page.title, body, assets);
}

/** Without menu and state, for whoever has not signed in. */
export const bareDocument = (title: string, body: Html, assets: DashboardAssets): Html =>
  documentWith(title, body, assets);

const documentWith = (
  title: string,
  body: Html,
  assets: DashboardAssets,
): Html => html`${raw('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="robots" content="noindex" />
<title>${title} · PlexSync</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}" />
<link rel="stylesheet" href="${assetPath('style.css', assets.style)}" />
<script type="module" src="${assetPath('script.js', assets.script)}"></script>
</head>
<body>
${body}
</body>
</html>
`;

/** Two arrows that meet. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f2937"/><path d="M6 12h14l-4-4m10 12H12l4 4" fill="none" stroke="#f5b301" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>';

function navEntry(
  path: string,
  name: string,
  { page, status }: { readonly page: Page; readonly status: Status },
): Html {
  const dead = path === '/dead' && status.queue.dead > 0 ? status.queue.dead : null;
  return html`<li><a href="${path}" ${page.at === path ? html`aria-current="page"` : null}>${name}${
    dead === null ? null : html` <span class="badge bad">${dead}</span>`
  }</a></li>`;
}

/** What keeps all work from being done, on every page: nobody should look for it. */
function hindrances({ setup, stop, pauses }: Status, now: number): readonly Html[] {
  return [
    ...(setup?.problems ?? []).map((problem) => hindrance('Not set up', problem, '/setup')),
    ...(stop === null
      ? []
      : [hindrance('Stopped', `${ago(stop.since, now)}: ${stop.reason} ${stop.advice}`, '/#stop')]),
    ...pauses.map(({ failure, since }) =>
      hindrance(
        'Paused',
        `${ago(since, now)}: ${failureWords(failure)}`,
        failure.class === 'auth' ? '/settings' : null,
      ),
    ),
  ];
}

const hindrance = (name: string, words: string, to: string | null): Html =>
  html`<p class="notice problem"><strong>${name}.</strong> ${words} ${
    to === null ? null : html`<a href="${to}">Go there</a>`
  }</p>`;
