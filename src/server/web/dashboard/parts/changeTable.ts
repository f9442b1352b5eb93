import { html } from 'hono/html';
import type { Change } from '../../../../core/journalEntry.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { changeWords } from '../../../../core/words/changeWords.ts';
import type { Html } from './html.ts';

/** Fields, what changes of each, and a word on it. */
export const changeTable = (
  caption: string,
  rows: readonly { readonly change: Change; readonly isShown: boolean; readonly word: string }[],
): Html => html`<table class="changes">
  <caption class="sr">${caption}</caption>
  <tbody>${rows.map(
    ({ change, isShown, word }) => html`<tr>
    <th scope="row">${change.field}</th>
    <td>${isShown ? visibleText(changeWords(change)) : null}</td>
    <td class="quiet">${visibleText(word)}</td>
  </tr>`,
  )}</tbody>
</table>`;
