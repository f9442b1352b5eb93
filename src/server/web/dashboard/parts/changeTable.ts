import { html } from 'hono/html';
import type { Change } from '../../../../core/journalEntry.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { changeWords } from '../../../../core/words/changeWords.ts';
import type { Html } from './html.ts';

/** Fields, what changes of each, and a word on it. */
export const changeTable = (
  caption: string,
  rows: readonly { readonly change: Change; readonly isShown: boolean; readonly word: string }[],
): Html => html`<table class="changes" role="table">
  <caption class="sr">${caption}</caption>
  <tbody role="rowgroup">${rows.map(
    ({ change, isShown, word }) => html`<tr role="row">
    <th scope="row" role="rowheader">${change.field}</th>
    <td role="cell">${isShown ? visibleText(changeWords(change)) : null}</td>
    <td role="cell" class="quiet">${visibleText(word)}</td>
  </tr>`,
  )}</tbody>
</table>`;
