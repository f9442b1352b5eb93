import { html } from 'hono/html';
import type { Failure } from '../../../../../core/failure.ts';
import type { FieldValue } from '../../../../../core/field.ts';
import type { Job } from '../../../../../core/job.ts';
import { EVIDENCE_WORDS } from '../../../../../core/matching/evidence.ts';
import type { Base, FieldDecision } from '../../../../../core/planning/plan.ts';
import { REASONS } from '../../../../../core/planning/plan.ts';
import { counted } from '../../../../../core/quantityInWords.ts';
import { visibleText } from '../../../../../core/visibleText.ts';
import { valueWords } from '../../../../../core/words/valueWords.ts';
import type { PlannedItem, PlannedScene } from '../../../../../engine/operations.ts';
import {
  imageWords,
  isInStep,
  isTold,
  LEFT_AS_IT_IS,
  NOTHING_TO_WRITE,
} from '../../../../../engine/words/planWords.ts';
import type { Html } from '../../parts/html.ts';
import { longText } from '../../parts/longText.ts';
import { problemNote } from '../../parts/problemNote.ts';
import { type RowColumn, rowTable } from '../../parts/rowTable.ts';

/** What a sync would write now, field by field, and why. */
export const planView = (
  plan: PlannedScene,
  job: Job | null,
): Html => html`<section class="card" aria-labelledby="plan">
  <h2 id="plan">Plan</h2>
  ${plan.leftOut === null ? null : html`<p>Left out: ${visibleText(plan.leftOut)}. Nothing is written.</p>`}
  ${plan.failure === null ? null : failureView(plan.failure, job)}
  ${plan.items.map((item) => itemPlan(item, plan.items.length > 1))}
</section>`;

/** @param isOneOfSeveral then it says which one it is */
export function itemPlan(item: PlannedItem, isOneOfSeveral: boolean): Html {
  const { decisions, images, warnings } = item;
  const [same, told] = [decisions.filter(isSame), decisions.filter((each) => !isSame(each))];
  const rows: readonly Row[] = [
    ...told.map((decision) => fieldRow(decision, item)),
    ...images.filter(isTold).map(imageRow),
  ];
  return html`${
    isOneOfSeveral
      ? html`<h3>Item ${item.item.ratingKey} ${visibleText(item.itemTitle)} (${EVIDENCE_WORDS[item.evidence]})</h3>`
      : null
  }
  ${isInStep(item) ? html`<p class="good">${NOTHING_TO_WRITE}</p>` : null}
  ${warnings.map((warning) => html`<p class="notice doubtful">${visibleText(warning)}</p>`)}
  ${rows.length === 0 ? null : rowTable(rows, COLUMNS, 'What is written, or left for a reason.')}
  ${
    same.length === 0
      ? null
      : html`<details><summary>${counted(same.length, 'field')} ${same.length === 1 ? 'is' : 'are'} the same on both sides</summary>${rowTable(
          same.map((decision) => fieldRow(decision, item)),
          COLUMNS,
          'As Stash has it, and as Plex shows it.',
        )}</details>`
  }`;
}

/** Not twice on one page. */
const failureView = (failure: Failure, job: Job | null): Html =>
  job?.failure?.message === failure.message
    ? html`<p>Nothing can be planned while that stands.</p>`
    : problemNote(failure);

const isSame = ({ edit, reason }: FieldDecision): boolean => edit === null && reason === 'same';

interface Row {
  readonly field: string;
  readonly ours: Html | string;
  readonly now: Html | string;
  readonly last: Html | string;
  readonly to: Html | string;
  readonly why: string;
}

const COLUMNS: readonly RowColumn<Row>[] = [
  { title: 'Field', value: ({ field }) => field },
  { title: 'Stash', value: ({ ours }) => ours },
  { title: 'Plex now', value: ({ now }) => now },
  { title: 'We last wrote', value: ({ last }) => last },
  { title: 'Would be', value: ({ to }) => to },
  { title: 'Why', value: ({ why }) => why },
];

function fieldRow(
  { field, from, to, wasLocked, edit, reason }: FieldDecision,
  { ours, bases }: PlannedItem,
): Row {
  return {
    field,
    ours: valueMark(ours[field] ?? ''),
    now: html`${valueMark(from)}${wasLocked ? html` <span class="badge">locked</span>` : null}`,
    last: baseMark(bases[field]),
    to: edit === null ? html`<span class="quiet">${LEFT_AS_IT_IS}</span>` : html`<ins>${valueMark(to)}</ins>`,
    why: REASONS[reason],
  };
}

const imageRow = (image: PlannedItem['images'][number]): Row => {
  const { from, to, why } = imageWords(image);
  return {
    field: image.kind,
    ours: 'the cover',
    now: html`<span class="mono quiet">${longText(visibleText(from))}</span>`,
    last: '',
    to: image.act === 'nothing' ? html`<span class="quiet">${to}</span>` : html`<ins>${to}</ins>`,
    why: visibleText(why),
  };
};

const valueMark = (value: FieldValue): Html => longText(visibleText(valueWords(value)));

/** Nothing where we never wrote. */
function baseMark(base: Base | undefined): Html | string {
  if (base === undefined || (base.value === null && base.intended === null)) return 'never';
  const sent = base.intended === null ? null : html`sent and not seen yet: ${valueMark(base.intended)}`;
  return base.value === null
    ? html`${sent}`
    : html`${valueMark(base.value)}${sent === null ? null : html`; ${sent}`}`;
}
