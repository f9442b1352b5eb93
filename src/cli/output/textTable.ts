import { visibleText } from '../../core/visibleText.ts';
import { cutToWidth, displayWidth } from './displayWidth.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number;
  /** May be cut when the table is wider than the terminal. */
  readonly isCut?: true;
}

const GAP = '  ';
const NARROWEST = 12;

/**
 * Rows, under titles unless they speak for themselves. `width` is that of the terminal; null (a file, a pipe) cuts nothing. Numbers stand to
 * the right. What cannot be seen in a cell is shown as an escape.
 */
export function textTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | null,
  { titles = true }: { readonly titles?: boolean } = {},
): string {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const texts = cells.map((row) => row.map((cell) => visibleText(String(cell))));
  const lines = titles ? [columns.map(({ title }) => title), ...texts] : texts;
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => displayWidth(line[index] ?? ''))));
  const fitted = width === null ? widths : fit(widths, columns, width);
  const isNumber = columns.map(
    (_, index) => cells.length > 0 && cells.every((row) => typeof row[index] === 'number'),
  );
  return lines
    .map((line) =>
      line
        .map((text, index) => pad(text, fitted[index] ?? 0, isNumber[index] === true))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

/** Takes from the widest column that may be cut, until all fit or all are at their narrowest. */
function fit(widths: readonly number[], columns: readonly Column<never>[], width: number): readonly number[] {
  const fitted = [...widths];
  const gaps = GAP.length * (widths.length - 1);
  for (let excess = fitted.reduce((sum, each) => sum + each, gaps) - width; excess > 0; excess--) {
    const widest = Math.max(...fitted.filter((_, index) => columns[index]?.isCut === true));
    const index = fitted.findIndex((each, position) => each === widest && columns[position]?.isCut === true);
    if (index < 0 || widest <= NARROWEST) break;
    fitted[index] = widest - 1;
  }
  return fitted;
}

function pad(text: string, width: number, isNumber: boolean): string {
  const cut = cutToWidth(text, width);
  const space = ' '.repeat(width - displayWidth(cut));
  return isNumber ? space + cut : cut + space;
}
