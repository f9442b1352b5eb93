import { html } from 'hono/html';
import { SPAN_NAMES, SPANS, type Span } from '../../../../core/activity/activity.ts';
import { failingReason } from '../../../../core/breaker.ts';
import type { Peer } from '../../../../core/failure.ts';
import { SKIP_REASON_NAMES, SKIP_REASONS } from '../../../../core/images/cover.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { Status } from '../../../../engine/operations.ts';
import {
  daemonWords,
  libraryWords,
  peerWords,
  supportWords,
  writingWords,
} from '../../../../engine/words/statusWords.ts';
import type { Dashboard } from '../dashboard.ts';
import { type Chart, chartFigure } from '../parts/chart.ts';
import { factList } from '../parts/factList.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { agoMark } from '../parts/timeMark.ts';
import { activityCharts, readSpan } from './activityCharts.ts';
import { addDecisions, decisionCards } from './overviewDecisions.ts';
import { reconcileCard } from './reconcileCard.ts';

export function addOverviewPage(dashboard: Dashboard): void {
  const { app, parts, show } = dashboard;
  app.get('/', async (context) => {
    const span = readSpan(context.req.query('span'));
    const [status, now] = [await parts.operations.status(), parts.now()];
    return show(context, {
      title: 'Overview',
      at: '/',
      isLive: true,
      body: html`${figures(status, now)}
${status.warnings.map((words) => html`<p class="notice doubtful"><strong>Warning.</strong> ${visibleText(words)}</p>`)}
${decisionCards(status, now)}
<div class="pair">${serverCard(status, now)}${reconcileCard(status, now)}</div>
${chartSection(activityCharts(parts.activity(), span, now), span)}
<div class="pair">${libraryCard(status, now)}${pathMapCard(status)}</div>
${placeCard(status, now)}`,
    });
  });
  addDecisions(dashboard);
}

interface Figure {
  readonly name: string;
  readonly count: number;
  /** Shows what it counts. */
  readonly to: string;
  readonly note: Html | string;
  readonly look?: 'bad';
}

/** How it goes at a glance. */
function figures({ inStep, queue }: Status, now: number): Html {
  const { oldestPendingAt } = queue;
  const all: readonly Figure[] = [
    { name: 'In sync', count: inStep, to: '/scenes', note: 'shown as in Stash' },
    {
      name: 'Pending',
      count: queue.pending + queue.running,
      to: '/queue',
      note: oldestPendingAt === null ? 'to be looked at' : html`oldest ${agoMark(oldestPendingAt, now)}`,
    },
    { name: 'Waiting', count: queue.waiting, to: '/queue?state=waiting', note: 'for a file in Plex' },
    {
      name: 'Dead letters',
      count: queue.dead,
      to: '/dead',
      note: 'need a person',
      ...(queue.dead > 0 ? { look: 'bad' } : {}),
    },
  ];
  return html`<ul class="grid plain figures">${all.map(
    ({
      name,
      count,
      to,
      note,
      look = '',
    }) => html`<li class="card"><a href="${to}"><span class="quiet">${name}</span>
    <span class="figure ${look}">${count.toLocaleString('en')}</span></a>
    <span class="quiet">${note}</span></li>`,
  )}</ul>`;
}

const serverCard = (
  status: Status,
  now: number,
): Html => html`<section class="card" aria-labelledby="servers">
  <h2 id="servers">Servers</h2>
  ${factList([
    ['Plex', peerMark('plex', status, now)],
    ['Stash', peerMark('stash', status, now)],
    ['Writing', writingWords(status)],
    [
      'Last look',
      status.lastPollAt === null ? 'none yet' : html`${agoMark(status.lastPollAt, now)}, at both servers`,
    ],
  ])}
</section>`;

function peerMark(peer: Peer, status: Status, now: number): Html {
  const breaker = status.breakers[peer];
  const [look, name] =
    breaker.state === 'open'
      ? ['bad', 'away']
      : failingReason(breaker) !== null || status.pauses.some(({ failure }) => failure.peer === peer)
        ? ['doubtful', 'trouble']
        : status.hasAnswered[peer]
          ? ['good', 'ok']
          : ['', 'not asked'];
  const words = visibleText(peerWords(peer, status, now));
  return html`<span class="badge ${look}">${name}</span> ${words === name ? null : words}`;
}

const chartSection = (charts: readonly Chart[], span: Span): Html => html`<section aria-labelledby="activity">
  <div class="row heading">
    <h2 id="activity">Activity</h2>
    <nav aria-label="Time shown"><ul class="plain row">${SPAN_NAMES.map(
      (each) =>
        html`<li><a class="button small" href="${pageAddress('/', { span: each === 'hour' ? null : each })}"
          ${each === span ? html`aria-current="true"` : null}>${SPANS[each].words}</a></li>`,
    )}</ul></nav>
  </div>
  <div class="charts">${charts.map(chartFigure)}</div>
</section>`;

const libraryCard = (
  { index }: Status,
  now: number,
): Html => html`<section class="card" aria-labelledby="libraries">
  <h2 id="libraries">Libraries</h2>
  ${
    index.length === 0
      ? html`<p>No library was read yet: Plex has none of films in scope, or was not asked.
        <a href="/settings">The settings</a> choose libraries.</p>`
      : html`<ul class="plain">${index.map((section) => html`<li>${visibleText(libraryWords(section, now))}</li>`)}</ul>`
  }
</section>`;

const pathMapCard = ({ pathMaps }: Status): Html => html`<section class="card" aria-labelledby="path-maps">
  <h2 id="path-maps">Path maps</h2>
  ${
    pathMaps.length === 0
      ? html`<p class="quiet">None: Stash and Plex name files alike, or no pair of them was seen yet.</p>`
      : html`<ul class="plain">${pathMaps.map(
          ({ from, to, support }) =>
            html`<li><code>${visibleText(from)}</code> → <code>${visibleText(to)}</code><span class="quiet">${supportWords(support)}</span></li>`,
        )}</ul>`
  }
</section>`;

/** A scene without a cover is nothing to be told of. */
const TOLD_SKIPS = SKIP_REASON_NAMES.filter((reason) => reason !== 'no-cover');

const placeCard = (status: Status, now: number): Html => html`<section class="card" aria-labelledby="daemon">
  <h2 id="daemon">This PlexSync</h2>
  ${factList([
    ['Daemon', daemonWords(status, now)],
    ['Links', counted(status.links, 'scene file')],
    ...(status.held === 0
      ? []
      : [['Held', html`<a href="/holds">${counted(status.held, 'scene')}</a>`] as const]),
    ...(status.openUndos === 0
      ? []
      : [['Undo', `${counted(status.openUndos, 'write')} still to be undone`] as const]),
    ...TOLD_SKIPS.flatMap((reason) => {
      const images = status.imagesSkipped[reason] ?? 0;
      return images === 0
        ? []
        : [['Not sent', `${counted(images, 'image')}: ${SKIP_REASONS[reason]}`] as const];
    }),
    ['Data', html`<code>${visibleText(status.dataDir)}</code>`],
    ['Inbox', html`<code>${visibleText(status.inboxDir)}</code>`],
  ])}
</section>`;
