import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Failure } from '../../../../core/failure.ts';
import { isStashId, sceneId } from '../../../../core/ids.ts';
import { writeName } from '../../../../core/journalEntry.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import { fail, type Result, succeed } from '../../../../core/result.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { failureWords } from '../../../../core/words/failureWords.ts';
import type { PlannedUndo, UndoPlan, UndoSelection } from '../../../../engine/undoOperations.ts';
import { PAST_TIMES, pastTime } from '../../../../engine/words/pastTime.ts';
import {
  heldAfterUndoWords,
  NOTHING_TO_UNDO,
  plannedUndoWords,
  scenesNotShown,
  UNDO_OUTCOMES,
  undoNoteWords,
  undoneWords,
  undoPlanWords,
} from '../../../../engine/words/undoWords.ts';
import type { UndoReport } from '../../../../store/undos.ts';
import type { Dashboard } from '../dashboard.ts';
import { formOf } from '../formOf.ts';
import { setNotice } from '../notice.ts';
import { changeTable } from '../parts/changeTable.ts';
import { confirmForm } from '../parts/confirmForm.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { problemNote } from '../parts/problemNote.ts';

/** `?write=w12`, `?scene=42` or `?since=2h`, and `&force=yes` for what was changed in Plex since, too. */
export const UNDO_PATH = '/history/undo';
const REPORT_PATH = `${UNDO_PATH}/report`;
const SHOWN_SCENES = 20;
const NOTES = 50;

/** What is to be undone, and how the address says it. */
interface Asked {
  readonly selection: UndoSelection;
  readonly fields: Readonly<Record<string, string>>;
  readonly back: string;
}

/** First what it would do, then a person's word, then what came of it. */
export function addUndoPage({ app, parts: { operations, now }, show }: Dashboard): void {
  const page = (context: Context, body: Html, code: 200 | 422 = 200): Promise<Response> =>
    show(context, { title: 'Undo', at: '/history', isLive: false, body }, code);
  app.get(UNDO_PATH, async (context) => {
    const asked = readAsked((name) => context.req.query(name), now());
    if (!asked.ok)
      return page(context, html`<p class="notice problem" role="alert">${asked.failure}</p>`, 422);
    const isForced = context.req.query('force') === 'yes';
    const plan = await operations.planUndo({
      selection: asked.value.selection,
      isForced,
      limit: SHOWN_SCENES,
    });
    return page(
      context,
      plan.ok ? planView(plan.value, asked.value, isForced) : failed(plan.failure, asked.value),
    );
  });
  app.post(UNDO_PATH, async (context) => {
    const form = await formOf(context);
    const asked = readAsked((name) => form.get(name), now());
    if (!asked.ok)
      return page(context, html`<p class="notice problem" role="alert">${asked.failure}</p>`, 422);
    const { selection, fields } = asked.value;
    const isForced = form.get('force') === 'yes';
    const undone = await operations.undo({ selection, isForced });
    if (!undone.ok) {
      setNotice(context, { kind: 'problem', text: failureWords(undone.failure) });
      return context.redirect(pageAddress(UNDO_PATH, fields), 303);
    }
    const { askedAt: since, writes, scenes } = undone.value;
    return context.redirect(pageAddress(REPORT_PATH, { since, writes, scenes }), 303);
  });
  app.get(REPORT_PATH, async (context) => {
    const numberOf = (name: string): number => Math.max(0, Math.floor(Number(context.req.query(name)) || 0));
    const [writes, scenes] = [numberOf('writes'), numberOf('scenes')];
    const report = await operations.undoReport({ since: numberOf('since'), limit: NOTES });
    return show(context, {
      title: 'Undo',
      at: '/history',
      isLive: true,
      body: reportView({ writes, scenes }, report),
    });
  });
}

function readAsked(read: (name: string) => string | null | undefined, now: number): Result<Asked, string> {
  const [write, scene, since] = ['write', 'scene', 'since'].map((name) => read(name)?.trim() ?? '');
  const [, id] = /^w([1-9]\d{0,14})$/.exec(write ?? '') ?? [];
  if (id !== undefined) {
    const name = writeName(Number(id));
    return succeed({
      selection: { kind: 'writes', writes: [Number(id)] },
      fields: { write: name },
      back: '/history',
    });
  }
  if (scene !== undefined && isStashId(scene)) {
    return succeed({
      selection: { kind: 'scene', scene: sceneId(scene) },
      fields: { scene },
      back: pageAddress('/history', { scene }),
    });
  }
  const time = since === undefined || since === '' ? null : pastTime(since, now);
  if (time === null) {
    return fail(`Say what to undo: a write such as w42, a scene, or a time that lies back (${PAST_TIMES}).`);
  }
  // Fixed now: what is confirmed is what was shown, however long that takes.
  const at = new Date(time).toISOString();
  return succeed({
    selection: { kind: 'since', since: time },
    fields: { since: at },
    back: pageAddress('/history', { since: at }),
  });
}

const failed = (failure: Failure, { back }: Asked): Html =>
  html`${problemNote(failure)}<p><a href="${back}">Back to the history</a></p>`;

function planView(plan: UndoPlan, { fields, back }: Asked, isForced: boolean): Html {
  if (plan.writes === 0) {
    return html`<section class="card"><p>${NOTHING_TO_UNDO}</p><a href="${back}">Back to the history</a></section>`;
  }
  const more = scenesNotShown(plan);
  const stays = plan.shown.some((each) => each.fields.some(({ outcome }) => outcome === 'left'));
  return html`<p>${undoPlanWords(plan)}</p>
<ol class="plain stack">${plan.shown.map((each) => html`<li class="card">${plannedUndo(each)}</li>`)}</ol>
${more > 0 ? html`<p>… and ${counted(more, 'more scene')}.</p>` : null}
${
  stays && !isForced
    ? html`<p><a href="${pageAddress(UNDO_PATH, { ...fields, force: 'yes' })}">Undo what was changed in Plex since, too</a></p>`
    : null
}
<p>${heldAfterUndoWords(plan.scenes)}: else the next look would write the same again.</p>
${confirmForm({
  action: UNDO_PATH,
  fields: { ...fields, ...(isForced ? { force: 'yes' } : {}) },
  yes: 'Undo this',
  back,
})}`;
}

function plannedUndo(planned: PlannedUndo): Html {
  const words = visibleText(plannedUndoWords(planned));
  if (planned.failure !== null) return html`<p class="problem">${words}</p>`;
  return html`<h2>${words}</h2>
${changeTable(
  words,
  planned.fields.map(({ change, outcome }) => ({
    change,
    isShown: outcome === 'back',
    word: UNDO_OUTCOMES[outcome],
  })),
)}`;
}

const reportView = (
  asked: { readonly writes: number; readonly scenes: number },
  report: UndoReport,
): Html => html`<section class="card stack">
  ${
    report.open === 0
      ? html`<p class="good">${undoneWords(asked, report)}</p>`
      : html`<p>${counted(report.open, 'write')} of ${asked.writes} still to be undone; it goes on by itself, and
      <a href="/queue">the queue</a> says what it waits for.</p>
      <progress max="${asked.writes}" value="${report.done}" aria-label="Writes undone"></progress>`
  }
  ${
    report.notes.length === 0
      ? null
      : html`<ul>${report.notes.map((note) => html`<li>${visibleText(undoNoteWords(note))}</li>`)}</ul>`
  }
  ${report.left > report.notes.length ? html`<p>… and ${report.left - report.notes.length} more.</p>` : null}
  <p>${heldAfterUndoWords(asked.scenes)}: on the page of a scene, or with <code>plexsync release</code>.</p>
  <p><a href="/history">Back to the history</a></p>
</section>`;
