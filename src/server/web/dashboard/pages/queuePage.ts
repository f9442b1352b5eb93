import type { Context } from 'hono';
import { html } from 'hono/html';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass } from '../../../../core/failure.ts';
import { isStashId, sceneId } from '../../../../core/ids.ts';
import { JOB_STATES, type Job, type JobState, TRIGGER_SOURCES } from '../../../../core/job.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import { fail, type Result, succeed } from '../../../../core/result.ts';
import { sceneSubject } from '../../../../core/scene.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { FOUND_AGAIN, queueClearedWords } from '../../../../core/words/clearedWords.ts';
import { failureWords } from '../../../../core/words/failureWords.ts';
import { dueWords, lastFailureWords, priorityWords } from '../../../../core/words/jobWords.ts';
import type { Operations } from '../../../../engine/operations.ts';
import { queuedWords } from '../../../../engine/words/queuedWords.ts';
import { queueWords } from '../../../../engine/words/statusWords.ts';
import type { Dashboard } from '../dashboard.ts';
import { formOf } from '../formOf.ts';
import { confirmForm } from '../parts/confirmForm.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { type RowColumn, rowTable } from '../parts/rowTable.ts';
import { subjectMark } from '../parts/sceneLink.ts';
import { agoMark } from '../parts/timeMark.ts';
import { shownLimit } from '../shownLimit.ts';

const PATH = '/queue';
const LIMIT = { usual: 50, most: 1_000 };
/** Dead letters have a page of their own. */
const UNDONE: readonly JobState[] = ['running', 'pending', 'waiting'];

interface Filter {
  readonly state: JobState | null;
  readonly class: FailureClass | null;
  readonly limit: number;
}

export function addQueuePage({ app, parts: { operations, now }, show, act }: Dashboard): void {
  app.get(PATH, async (context) => {
    const filter = filterOf(context);
    const [jobs, status] = await Promise.all([
      operations.queue({
        states: filter.state === null ? UNDONE : [filter.state],
        limit: filter.limit,
        ...(filter.class === null ? {} : { class: filter.class }),
      }),
      operations.status(),
    ]);
    return show(context, {
      title: 'Queue',
      at: PATH,
      isLive: true,
      body: html`<section class="card">
  <p>${visibleText(queueWords(status, now()))}.</p>
  ${filterForm(filter)}
  ${jobs.length === 0 ? emptyWords(filter) : jobTable(jobs, filter, now())}
</section>
${status.queue.pending + status.queue.waiting === 0 ? null : html`<p><a class="button" href="${PATH}/clear">Clear the queue</a></p>`}`,
    });
  });
  app.get(`${PATH}/clear`, async (context) => {
    const { queue } = await operations.status();
    return show(context, {
      title: 'Clear the queue',
      at: PATH,
      isLive: false,
      body: html`<section class="card stack">
  <p>${counted(queue.pending + queue.waiting, 'job')} would be dropped: what is pending or waits for Plex. What runs is
    left, and so are dead letters. ${FOUND_AGAIN}</p>
  ${confirmForm({ action: `${PATH}/clear`, yes: 'Clear the queue', back: PATH })}
</section>`,
    });
  });
  app.post(`${PATH}/clear`, async (context) => {
    await formOf(context);
    return act(context, PATH, async () => {
      const { cleared } = await operations.clearQueue();
      return succeed(`${queueClearedWords(cleared)}${cleared === 0 ? '' : ` ${FOUND_AGAIN}`}`);
    });
  });
  app.post(`${PATH}/look`, async (context) => {
    const form = await formOf(context);
    const filter = readFilter((name) => form.get(name));
    return act(context, addressOf(filter), () => lookNow(form.get('scene') ?? '', operations));
  });
}

/** A dead letter is tried again from the start; what is put off is only due now. */
async function lookNow(id: string, operations: Operations): Promise<Result<string, string>> {
  if (!isStashId(id)) return fail('That is no scene.');
  const scene = sceneId(id);
  const retried = await operations.retry({ kind: 'subjects', subjects: [sceneSubject(scene)] });
  if (!retried.ok) return fail(failureWords(retried.failure));
  if (retried.value.retried === 0) {
    const queued = await operations.sync({ kind: 'scenes', scenes: [scene] });
    if (!queued.ok) return fail(failureWords(queued.failure));
  }
  return succeed(queuedWords(`Scene ${id} is due`, await operations.status()));
}

const filterOf = (context: Context): Filter => readFilter((name) => context.req.query(name));

function readFilter(read: (name: string) => string | null | undefined): Filter {
  return {
    state: JOB_STATES.find((state) => state === read('state')) ?? null,
    class: FAILURE_CLASSES.find((kind) => kind === read('class')) ?? null,
    limit: shownLimit(read('limit') ?? undefined, LIMIT),
  };
}

const addressOf = ({ state, class: kind, limit }: Filter): string =>
  pageAddress(PATH, { state, class: kind, limit: limit === LIMIT.usual ? null : limit });

const filterForm = (
  filter: Filter,
): Html => html`<form method="get" action="${PATH}" class="filters" data-kept>
  <label>State <select name="state">
    <option value="">not done</option>
    ${JOB_STATES.map((state) => option(state, state, filter.state))}
  </select></label>
  <label>Last failure <select name="class">
    <option value="">any or none</option>
    ${FAILURE_CLASSES.map((kind) => option(kind, FAILURE_POLICIES[kind].title, filter.class))}
  </select></label>
  <button>Show</button>
</form>`;

const option = (value: string, words: string, chosen: string | null): Html =>
  html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${words}</option>`;

const emptyWords = ({ state, class: kind }: Filter): Html =>
  state === null && kind === null
    ? html`<p>Nothing is queued: all that was asked for is done. An edit in Stash shows up here at once;
    <a href="/">the overview</a> compares everything.</p>`
    : html`<p>No job fits. <a href="${PATH}">Show all that is not done.</a></p>`;

function jobTable(jobs: readonly Job[], filter: Filter, now: number): Html {
  const columns: RowColumn<Job>[] = [
    { title: 'Job', value: ({ subject }) => subjectMark(subject), isShort: true },
    { title: 'State', value: stateMark, isShort: true },
    { title: 'Since', value: ({ stateSince }) => agoMark(stateSince, now), isShort: true },
    { title: 'Due', value: (job) => dueWords(job, now), isShort: true },
    { title: 'Priority', value: priorityWords, isShort: true },
    { title: 'Because', value: ({ source }) => TRIGGER_SOURCES[source].words },
    { title: 'Tried', value: ({ attempt }) => attempt, isNumber: true },
    { title: 'Last failure', value: (job) => visibleText(lastFailureWords(job)) },
    { title: '', value: (job) => lookForm(job, filter) },
  ];
  const more = jobs.length < filter.limit ? null : moreLink(filter);
  return html`${rowTable(jobs, columns, 'First what goes first: what came by ones before what came in bulk.')}${more}`;
}

const STATE_BADGES = { pending: '', running: 'good', waiting: 'doubtful', dead: 'bad' } as const;

const stateMark = ({ state }: Job): Html => html`<span class="badge ${STATE_BADGES[state]}">${state}</span>`;

const lookForm = ({ subject, state }: Job, filter: Filter): Html | null =>
  subject.kind !== 'scene' || state === 'running'
    ? null
    : html`<form method="post" action="${PATH}/look">
  <input type="hidden" name="scene" value="${subject.id}" />
  <input type="hidden" name="state" value="${filter.state ?? ''}" />
  <input type="hidden" name="class" value="${filter.class ?? ''}" />
  <input type="hidden" name="limit" value="${filter.limit}" />
  <button class="small">${state === 'dead' ? 'Retry' : 'Look now'}<span class="sr"> at scene ${subject.id}</span></button>
</form>`;

function moreLink(filter: Filter): Html {
  const { limit } = filter;
  return limit >= LIMIT.most
    ? html`<p class="quiet">The first ${counted(limit, 'job')}. A filter shows others.</p>`
    : html`<p>The first ${counted(limit, 'job')}. <a href="${addressOf({ ...filter, limit: Math.min(LIMIT.most, limit * 4) })}">Show more</a></p>`;
}
