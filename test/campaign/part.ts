import type { Random } from './random.ts';

export const LENGTHS = ['short', 'long'] as const;
/** Short: with the other parts in 90 s, in CI. Long: by hand. */
export type Length = (typeof LENGTHS)[number];

/** One way of breaking PlexSync: docs/reliability.md says which promises it tries. */
export interface CampaignPart {
  readonly name: string;
  /** What it does, for `--help` and the report. */
  readonly words: string;
  run(options: PartOptions): Promise<PartReport>;
}

export interface PartOptions {
  readonly seed: number;
  /** Of the seed and the part's name, so that a part does the same alone as among the others. */
  readonly random: Random;
  readonly length: Length;
  /** How long to go on where that is a matter of taste, instead of what `length` means. */
  readonly minutes?: number;
  /** A line for whoever watches. */
  tell(words: string): void;
}

export interface PartReport {
  readonly figures: Readonly<Record<string, number>>;
  /** Figures over time, for machines: lists of the same length. */
  readonly series?: Readonly<Record<string, readonly number[]>>;
  /** A sentence each, with the step that shows it; the runner adds the seed. */
  readonly broken: readonly string[];
  /** What could not be tried here, and why. */
  readonly skipped?: readonly string[];
}
