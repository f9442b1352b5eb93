import { html } from 'hono/html';
import type { Html } from './html.ts';

export interface RowColumn<Row> {
  readonly title: string;
  readonly value: (row: Row) => Html | string | number | null;
  /** Stands to the right, as digits do that are compared. */
  readonly isNumber?: true;
  /** Is not broken over lines while there is room beside it. */
  readonly isShort?: true;
}

/**
 * Rows under titles; on a phone each row becomes a block of its own with the titles beside its values. The roles say
 * what the elements are already: browsers forget it where a style lays them out otherwise.
 */
export const rowTable = <Row>(
  rows: readonly Row[],
  columns: readonly RowColumn<Row>[],
  caption: Html | string,
): Html => html`<table class="rows" role="table">
  <caption>${caption}</caption>
  <thead role="rowgroup"><tr role="row">${columns.map(
    ({ title, isNumber }) =>
      html`<th scope="col" role="columnheader" class="${isNumber === true ? 'number' : ''}">${
        title === '' ? html`<span class="sr">To do</span>` : title
      }</th>`,
  )}</tr></thead>
  <tbody role="rowgroup">${rows.map(
    (row) =>
      html`<tr role="row">${columns.map(
        ({ title, value, ...column }) =>
          html`<td role="cell" data-title="${title}" class="${lookOf(column)}">${value(row)}</td>`,
      )}</tr>`,
  )}</tbody>
</table>`;

const lookOf = ({ isNumber, isShort }: Pick<RowColumn<never>, 'isNumber' | 'isShort'>): string =>
  isNumber === true ? 'number' : isShort === true ? 'short' : '';
