import { html } from 'hono/html';
import { visibleText } from '../../../../core/visibleText.ts';
import type { Status } from '../../../../engine/operations.ts';
import { reconcileWords } from '../../../../engine/words/reconcileWords.ts';
import type { Html } from '../parts/html.ts';

export const RECONCILE_PATH = '/reconcile';

/** What the card can ask for, as its buttons name it. */
export const RECONCILE_ACTS = {
  start: 'Compare everything now',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
} as const;
export type ReconcileAct = keyof typeof RECONCILE_ACTS;

export const reconcileCard = (
  status: Status,
  now: number,
): Html => html`<section class="card stack" aria-labelledby="reconcile">
  <h2 id="reconcile">Comparison of everything</h2>
  <p>${visibleText(reconcileWords(status.reconcile, now))}</p>
  ${progressBar(status.reconcile)}
  <form method="post" action="${RECONCILE_PATH}" class="row">${actsOf(status.reconcile).map(
    (act) =>
      html`<button name="act" value="${act}" ${act === 'cancel' ? html`class="danger"` : null}>${RECONCILE_ACTS[act]}</button>`,
  )}</form>
</section>`;

function progressBar({ running }: Status['reconcile']): Html | null {
  if (running === null || running.startedAt === null || running.total === null) return null;
  const { total, counts } = running;
  return html`<progress max="${Math.max(1, total)}" value="${Math.min(total, counts.scenes)}" aria-label="Scenes compared"></progress>`;
}

function actsOf({ running, rest }: Status['reconcile']): readonly ReconcileAct[] {
  const pause: ReconcileAct = rest?.kind === 'paused' ? 'resume' : 'pause';
  return running === null
    ? ['start', ...(pause === 'resume' ? (['resume'] as const) : [])]
    : [pause, 'cancel'];
}
