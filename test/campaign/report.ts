import type { Length } from './part.ts';

export interface RanPart {
  readonly name: string;
  readonly seconds: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
  readonly skipped: readonly string[];
  readonly series?: Readonly<Record<string, readonly number[]>>;
}

export interface CampaignReport {
  readonly seed: number;
  readonly length: Length;
  readonly parts: readonly RanPart[];
}

/** Figures in rows; below them what broke, and how to see it again. */
export function reportTable({ seed, length, parts }: CampaignReport): string {
  const rows = parts.flatMap(({ name, seconds, figures }) => [
    [name, 'seconds', String(seconds)],
    ...Object.entries(figures).map(([figure, value]) => [name, figure, String(value)]),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  const table = rows.map(([part = '', figure = '', value = '']) =>
    `${part.padEnd(widths[0] ?? 0)}  ${figure.padEnd(widths[1] ?? 0)}  ${value.padStart(widths[2] ?? 0)}`.trimEnd(),
  );
  const skipped = parts.flatMap(({ name, skipped }) => skipped.map((words) => `${name} left out: ${words}`));
  const broken = parts.flatMap(({ name, broken }) =>
    broken.map(
      (words) =>
        `${name} BROKE: ${words}\n  npm run campaign -- --part ${name} --length ${length} --seed ${seed}`,
    ),
  );
  const verdict = broken.length === 0 ? `\nNothing broke (seed ${seed}).` : '';
  return ['', ...table, '', ...skipped, ...broken, verdict].join('\n').trimEnd();
}
