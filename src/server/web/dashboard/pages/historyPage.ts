import type { Context } from 'hono';
import { html } from 'hono/html';
import { isStashId, type SceneId, sceneId } from '../../../../core/ids.ts';
import type { JournalEntry } from '../../../../core/journalEntry.ts';
import { PAST_TIMES, pastTime } from '../../../../engine/words/pastTime.ts';
import type { Dashboard } from '../dashboard.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { writeCard } from '../parts/writeCard.ts';
import { UNDO_PATH } from './undoPage.ts';

const PATH = '/history';
const WRITES_A_PAGE = 50;

interface Filter {
  /** As typed, so that it can be shown again where it is wrong. */
  readonly typed: { readonly scene: string; readonly since: string };
  readonly scene: SceneId | null;
  readonly since: number | null;
  readonly before: number | null;
  readonly problems: { readonly scene: string | null; readonly since: string | null };
}

export function addHistoryPage({ app, parts: { operations, now }, show }: Dashboard): void {
  app.get(PATH, async (context) => {
    const filter = filterOf(context, now());
    const { scene, since, before, problems } = filter;
    const isAsked = problems.scene === null && problems.since === null;
    const entries = isAsked
      ? await operations.history({
          limit: WRITES_A_PAGE,
          ...(scene === null ? {} : { scene }),
          ...(since === null ? {} : { since }),
          ...(before === null ? {} : { before }),
        })
      : [];
    const body = html`<div class="card">${filterForm(filter)}${undoAllLink(filter, entries)}</div>
${isAsked ? historyList(entries, filter) : null}`;
    return show(context, { title: 'History', at: PATH, isLive: true, body }, isAsked ? 200 : 422);
  });
}

function filterOf(context: Context, now: number): Filter {
  const typed = {
    scene: context.req.query('scene')?.trim() ?? '',
    since: context.req.query('since')?.trim() ?? '',
  };
  const since = typed.since === '' ? null : pastTime(typed.since, now);
  const scene = isStashId(typed.scene) ? sceneId(typed.scene) : null;
  const before = Number(context.req.query('before'));
  return {
    typed,
    scene,
    since,
    before: Number.isSafeInteger(before) && before >= 1 ? before : null,
    problems: {
      scene:
        typed.scene !== '' && scene === null
          ? 'A scene id is a whole number from 1 on, as in the address of the scene in Stash.'
          : null,
      since: typed.since !== '' && since === null ? `No time that lies back. Allowed: ${PAST_TIMES}.` : null,
    },
  };
}

const filterForm = ({
  typed,
  problems,
}: Filter): Html => html`<form method="get" action="${PATH}" class="filters" data-kept>
  ${filterField('scene', { label: 'Scene', hint: 'its number in Stash', value: typed.scene, problem: problems.scene })}
  ${filterField('since', { label: 'Since', hint: '2h, 3d, today, 2026-01-31', value: typed.since, problem: problems.since })}
  <button>Show</button>
</form>`;

interface FilterField {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly problem: string | null;
}

const filterField = (name: string, { label, hint, value, problem }: FilterField): Html =>
  html`<label>${label} <input name="${name}" value="${value}" placeholder="${hint}" autocomplete="off"
    ${problem === null ? null : html`aria-invalid="true" aria-describedby="${name}-problem"`} />
  ${problem === null ? null : html`<span id="${name}-problem" class="problem" role="alert">${problem}</span>`}</label>`;

/** Only where it says which: all of a scene, or all since a time. */
function undoAllLink({ scene, since, typed }: Filter, entries: readonly JournalEntry[]): Html | null {
  if (entries.length === 0 || (scene === null) === (since === null)) return null;
  return scene === null
    ? html`<p><a class="button" href="${pageAddress(UNDO_PATH, { since: typed.since })}">Undo all since then</a></p>`
    : html`<p><a class="button" href="${pageAddress(UNDO_PATH, { scene })}">Undo all of scene ${scene}</a></p>`;
}

function historyList(entries: readonly JournalEntry[], filter: Filter): Html {
  if (entries.length === 0) return emptyWords(filter);
  const last = entries.length < WRITES_A_PAGE ? null : (entries.at(-1)?.id ?? null);
  return html`<ol class="plain stack">${entries.map((entry) => html`<li>${writeCard(entry)}</li>`)}</ol>
${last === null ? null : html`<p><a class="button" href="${pageAddress(PATH, { ...filter.typed, before: last })}">Earlier writes</a></p>`}`;
}

const emptyWords = ({ typed, before }: Filter): Html =>
  typed.scene === '' && typed.since === '' && before === null
    ? html`<p class="card">Nothing was written yet. What PlexSync writes to Plex is kept here with what was there before, so
    that it can be undone.</p>`
    : html`<p class="card">No write fits. <a href="${PATH}">Show all.</a></p>`;
