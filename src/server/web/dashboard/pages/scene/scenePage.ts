import type { Context } from 'hono';
import { html } from 'hono/html';
import { adviceOf } from '../../../../../core/failure.ts';
import { isStashId, type SceneId, sceneId } from '../../../../../core/ids.ts';
import { type Job, TRIGGER_SOURCES } from '../../../../../core/job.ts';
import { visibleText } from '../../../../../core/visibleText.ts';
import { deadSinceWords } from '../../../../../core/words/deadWords.ts';
import { lengthWords, sizeWords } from '../../../../../core/words/fileWords.ts';
import { heldByWords } from '../../../../../core/words/holdWords.ts';
import { dueWords, lastFailureWords } from '../../../../../core/words/jobWords.ts';
import { ago } from '../../../../../core/words/timeInWords.ts';
import { knownPlexServer } from '../../../../../engine/plexServer.ts';
import type { SceneView } from '../../../../../engine/sceneView.ts';
import type { Dashboard } from '../../dashboard.ts';
import { stashScenePage } from '../../outsideLinks.ts';
import { factList } from '../../parts/factList.ts';
import type { Html } from '../../parts/html.ts';
import { outsideLink } from '../../parts/outsideLink.ts';
import { pageAddress } from '../../parts/pageAddress.ts';
import { postButton } from '../../parts/postButton.ts';
import { problemNote } from '../../parts/problemNote.ts';
import { sceneStates } from '../../parts/sceneStates.ts';
import { withCode } from '../../parts/withCode.ts';
import { writeCard } from '../../parts/writeCard.ts';
import { coverPath } from '../../pictures.ts';
import { UNDO_PATH } from '../undoPage.ts';
import { linkView } from './linkView.ts';
import { planView } from './planView.ts';
import { SCENES_PATH } from './searchPage.ts';

/** One scene: both sides, the plan between them, and all that can be done about it. */
export function addScenePage({ app, parts, show }: Dashboard): void {
  const { operations, meta, stashUrl, now } = parts;
  app.get(`${SCENES_PATH}/:id{[0-9]+}`, async (context) => {
    const text = context.req.param('id');
    if (!isStashId(text)) return context.notFound();
    const id = sceneId(text);
    const [view, plan, status, machine] = await Promise.all([
      operations.scene({ scene: id }),
      operations.plan([id]),
      operations.status(),
      knownPlexServer(meta),
    ]);
    if (!view.ok)
      return show(context, {
        title: `Scene ${id}`,
        at: SCENES_PATH,
        isLive: false,
        body: problemNote(view.failure),
      });
    const { job, title } = view.value;
    const [planned] = plan.ok ? plan.value : [];
    const to = `${SCENES_PATH}/${id}`;
    return show(context, {
      title: title === '' ? `Scene ${id}` : visibleText(title),
      at: SCENES_PATH,
      // Both servers are asked for it: that is worth it while something is to come.
      isLive: job !== null && job.state !== 'dead',
      body: html`${topView(view.value, { context, stashUrl, now: now() })}
${job === null ? null : jobView(job, now())}
${linkView(view.value, { to, pathMaps: status.pathMaps, machine, now: now() })}
${planned === undefined ? null : planView(planned, job)}
${plan.ok ? null : problemNote(plan.failure)}
${writesView(view.value)}`,
    });
  });
}

interface TopContext {
  readonly context: Context;
  readonly stashUrl: string;
  readonly now: number;
}

function topView(view: SceneView, { context, stashUrl, now }: TopContext): Html {
  const { sceneId: id, files, links, job, hold, leftOut } = view;
  const standing = {
    links: links.length,
    job: job === null ? null : { state: job.state, class: job.failure?.class ?? null },
    hold,
    leftOut,
  };
  return html`<section class="card scene-top" aria-labelledby="in-stash">
  <img class="cover" src="${coverPath(id)}" alt="The cover in Stash" />
  <div class="stack">
    <header class="row"><h2 id="in-stash">Scene ${id}</h2>${sceneStates(standing)}
      <span class="end">${outsideLink(stashScenePage(id, stashUrl, context.req.header('host')), 'Open in Stash')}</span></header>
    ${files.length === 0 ? html`<p>It has no file.</p>` : factList(files.flatMap(fileFacts))}
    ${hold === null ? null : html`<p class="notice doubtful">Held ${ago(hold.at, now)} ${visibleText(heldByWords(hold))}: nothing is written until you release it.</p>`}
    ${leftOut === null ? null : html`<p>Left out: ${visibleText(leftOut)}.</p>`}
    <div class="row">
      ${postButton({ action: `${SCENES_PATH}/${id}/sync`, words: 'Sync now', kind: 'primary' })}
      ${hold === null ? holdForm(id) : postButton({ action: `${SCENES_PATH}/${id}/release`, words: 'Release' })}
    </div>
  </div>
</section>`;
}

const fileFacts = ({ path, size, durationMs, isInZip }: SceneView['files'][number]) =>
  [
    [
      'File',
      html`<span class="mono">${visibleText(path)}</span>${isInZip ? ' (inside a zip: Plex cannot have it)' : null}`,
    ],
    ['Size, length', `${sizeWords(size)}, ${lengthWords(durationMs)}`],
  ] as const;

const holdForm = (id: SceneId): Html =>
  html`<form method="post" action="${SCENES_PATH}/${id}/hold" class="row" data-kept>
  <label class="sr" for="reason">Why it is held</label>
  <input id="reason" name="reason" placeholder="Why, if you like" maxlength="500" autocomplete="off" class="short" />
  <button class="small">Hold</button>
</form>`;

function jobView(job: Job, now: number): Html {
  const { state, failure, source } = job;
  const isDead = state === 'dead';
  const due = dueWords(job, now);
  const tone = isDead ? 'problem' : failure === null ? 'quiet' : 'doubtful';
  return html`<section class="card" aria-labelledby="job">
  <header class="row"><h2 id="job">${isDead ? 'Dead letter' : 'In the queue'}</h2>
    <span class="quiet">${isDead ? deadSinceWords(job, now) : `${state}${due === '' ? '' : `, due ${due}`}; ${TRIGGER_SOURCES[source].words}`}</span>
    ${isDead && failure !== null ? html`<a class="end" href="${pageAddress('/dead', { class: failure.class })}">All of this kind</a>` : null}
  </header>
  ${failure === null ? null : html`<p class="${tone}">${visibleText(lastFailureWords(job))}</p><p>${withCode(adviceOf(failure))}</p>`}
</section>`;
}

function writesView({ sceneId: id, writes }: SceneView): Html {
  const all = pageAddress('/history', { scene: id });
  return html`<section aria-labelledby="writes">
  <header class="row"><h2 id="writes">History</h2>
    ${writes.length === 0 ? null : html`<span class="row end"><a href="${all}">All of it</a><a class="button small" href="${pageAddress(UNDO_PATH, { scene: id })}">Undo all</a></span>`}
  </header>
  ${
    writes.length === 0
      ? html`<p class="card">Nothing was written to Plex for this scene yet.</p>`
      : html`<ol class="plain stack">${writes.map((entry) => html`<li>${writeCard(entry)}</li>`)}</ol>`
  }
</section>`;
}
