import { html } from 'hono/html';
import type { Html } from './html.ts';
import { rowTable } from './rowTable.ts';
import { timeMark } from './timeMark.ts';

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly summary: string;
  /** What the values are, such as `a minute` or `s`. */
  readonly unit: string;
  /** Starts of the steps, epoch ms. */
  readonly at: readonly number[];
  /** Null: there is nothing to be said of that step. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** What browser/charts.ts reads: uPlot wants seconds. */
export interface ChartData {
  readonly unit: string;
  readonly at: readonly number[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** The picture is for eyes alone: all of it stands in the sentence, and in the table. */
export function chartFigure({ id, title, summary, unit, at, series }: Chart): Html {
  const data: ChartData = { unit, at: at.map((each) => each / 1000), series };
  const rows = at.flatMap((each, index) => {
    const values = series.map(({ values: of }) => of[index] ?? null);
    return values.some((value) => value !== null && value !== 0) ? [{ at: each, values }] : [];
  });
  return html`<figure class="chart card" id="${id}" data-series="${JSON.stringify(data)}">
  <figcaption><h3>${title}</h3><p>${summary}</p></figcaption>
  <ul class="legend plain row" aria-hidden="true">${series.map(
    ({ name }, index) => html`<li><span class="swatch series-${index + 1}"></span>${name}</li>`,
  )}</ul>
  <div class="plot" id="${id}-plot" data-kept aria-hidden="true"></div>
  ${
    rows.length === 0
      ? null
      : html`<details><summary>As a table</summary>${rowTable(
          rows.toReversed(),
          [
            { title: 'From', value: (row) => timeMark(row.at) },
            ...series.map(({ name }, index) => ({
              title: `${name} (${unit})`,
              value: (row: (typeof rows)[number]) => valueText(row.values[index] ?? null),
              isNumber: true as const,
            })),
          ],
          'Newest first; times in which nothing was done are left out.',
        )}</details>`
  }
</figure>`;
}

/** Three digits are what a glance takes in. */
const valueText = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(3)));
