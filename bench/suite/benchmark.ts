import { type Figure, figureOf } from './figure.ts';

/** What the command line says; null: the benchmark decides. */
export interface BenchOptions {
  /** To see that it works: the smallest sizes and the fewest rounds. Its seconds say nothing. */
  readonly isQuick: boolean;
  /** How often what is short is measured. */
  readonly rounds: number | null;
  /** Added by the Plex simulator to each of its answers. */
  readonly plexLatencyMs: number | null;
  /** Sizes of the library. */
  readonly scenes: readonly number[] | null;
}

/** A column of the table. */
export interface Measure {
  readonly name: string;
  /** Empty for what is only counted. */
  readonly unit: 'ms' | 's' | 'MiB' | 'kB' | '/s' | '';
}

/** A row of it. */
export interface MeasuredCase {
  readonly name: string;
  /** By the names of measures; null: not measured in this case. */
  readonly figures: Readonly<Record<string, Figure | null>>;
  /** What the simulators counted, by kind; not in the table. */
  readonly counts: Readonly<Record<string, number>>;
}

export type Finding =
  | { readonly kind: 'case'; readonly case: MeasuredCase }
  /** A sentence beside the table: how it grows, or why something was not measured. */
  | { readonly kind: 'note'; readonly text: string };

export interface Benchmark {
  /** On the command line, and of its file in figures/. */
  readonly name: string;
  readonly words: string;
  readonly measures: readonly Measure[];
  /** Each finding as soon as it is there: some take minutes. */
  run(options: BenchOptions): AsyncGenerator<Finding>;
}

export interface Environment {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  readonly node: string;
  /** Ends with a + when something is not committed. */
  readonly commit: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

export interface BenchmarkResult {
  readonly schema: 2;
  readonly benchmark: string;
  readonly environment: Environment;
  readonly options: BenchOptions;
  readonly seconds: number;
  readonly measures: readonly Measure[];
  readonly cases: readonly MeasuredCase[];
  readonly notes: readonly string[];
}

export const note = (text: string): Finding => ({ kind: 'note', text });

/** A row of samples, of which those that were measured once have one, or of what was made of samples. */
export function caseOf(
  name: string,
  measured: Readonly<Record<string, readonly number[] | Figure>>,
  counts: MeasuredCase['counts'] = {},
): Finding {
  const figures = Object.fromEntries(
    Object.entries(measured).map(([measure, each]) => [measure, 'n' in each ? each : figureOf(each)]),
  );
  return { kind: 'case', case: { name, figures, counts } };
}
