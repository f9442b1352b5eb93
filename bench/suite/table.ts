import { type Column, textTable } from '../../src/cli/output/textTable.ts';
import type { BenchmarkResult, Measure, MeasuredCase } from './benchmark.ts';
import type { Figure } from './figure.ts';

type Shown = Pick<BenchmarkResult, 'measures' | 'cases' | 'notes'>;

/** For a terminal. */
export function asText({ measures, cases, notes }: Shown): string {
  const columns: readonly Column<MeasuredCase>[] = [
    { title: '', value: ({ name }) => name },
    ...measures.map((measure) => ({ title: titleOf(measure), value: cellOf(measure) })),
    { title: 'n', value: timesMeasured },
  ];
  return [textTable(cases, columns, null), ...notes].join('\n');
}

export function asMarkdown({ measures, cases, notes }: Shown): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...measures.map(titleOf), 'n']),
    `|---|${'--:|'.repeat(measures.length + 1)}`,
    ...cases.map((each) =>
      line([each.name, ...measures.map((measure) => cellOf(measure)(each)), timesMeasured(each)]),
    ),
    ...notes.map((text) => `\n${text}`),
  ].join('\n');
}

const titleOf = ({ name, unit }: Measure): string => (unit === '' ? name : `${name}, ${unit}`);

const cellOf =
  ({ name }: Measure) =>
  ({ figures }: MeasuredCase): string => {
    const figure = figures[name];
    return figure === undefined || figure === null ? '–' : figureText(figure);
  };

const timesMeasured = ({ figures }: MeasuredCase): number =>
  Math.max(0, ...Object.values(figures).map((figure) => figure?.n ?? 0));

/** The median, and in brackets how far the samples lie apart (`Figure`). */
function figureText({ median, low, high }: Figure): string {
  const [shown, from, to] = [median, low, high].map(numberText);
  return from === to ? `${shown}` : `${shown} (${from}–${to})`;
}

/** Three digits that count, or all of a whole number. */
export function numberText(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-GB');
  return Number(value.toPrecision(3)).toLocaleString('en-GB', { maximumFractionDigits: 6 });
}
