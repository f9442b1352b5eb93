/** One row of docs/bad-input.md: what comes in, and what PlexSync makes of it. */
export interface BadInputCase {
  /** In words. */
  readonly input: string;
  readonly expected: Observed;
  /** Lets it happen, looks, and cleans up. */
  readonly observe: () => Promise<Observed>;
}

/** All of it the same in every run: no ports, paths or times. */
export interface Observed {
  /** What became of scenes, jobs, breakers or files. */
  readonly state: string;
  /** What people get to read, word for word; several are joined by ` · `. */
  readonly message: string;
  /** What was asked of Plex and Stash. */
  readonly requests: string;
  /** What becomes of it once the input is as it should be. */
  readonly afterwards: string;
}

export interface BadInputArea {
  readonly title: string;
  readonly cases: readonly BadInputCase[];
}

export const NONE = '–';
export const joined = (parts: readonly string[]): string => [...new Set(parts)].join(' · ') || NONE;
