import { html } from 'hono/html';
import type { Status } from '../../../../engine/operations.ts';
import { reconcileWords } from '../../../../engine/words/reconcileWords.ts';
import {
  daemonWords,
  libraryWords,
  peerWords,
  queueWords,
  writingWords,
} from '../../../../engine/words/statusWords.ts';
import type { Dashboard } from '../dashboard.ts';
import { factList } from '../parts/factList.ts';
import type { Html } from '../parts/html.ts';

export function addOverviewPage({ app, parts, show }: Dashboard): void {
  app.get('/', async (context) =>
    show(context, {
      title: 'Overview',
      at: '/',
      isLive: true,
      body: overview(await parts.operations.status(), parts.now()),
    }),
  );
}

const overview = (status: Status, now: number): Html => html`<section class="card" aria-labelledby="state">
  <h2 id="state">State</h2>
  ${factList([
    ['Daemon', daemonWords(status, now)],
    ['Writing', writingWords(status)],
    ['Plex', peerWords('plex', status, now)],
    ['Stash', peerWords('stash', status, now)],
    ['Queue', queueWords(status, now)],
    ...status.index.map((section) => ['Library', libraryWords(section, now)] as const),
    ['Reconcile', reconcileWords(status.reconcile, now)],
  ])}
</section>`;
