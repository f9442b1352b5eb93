/** Something that holds whatever happens, and what tries to break it. */
export interface ReliabilityPromise {
  /** A sentence that a user can hold PlexSync to. */
  readonly words: string;
  /** How it is kept, and where its limits are. */
  readonly how: string;
  /** Test files that try to break it; they are run by `npm test`. */
  readonly tests: readonly string[];
  /** Parts of the campaign that try to. */
  readonly parts: readonly string[];
  /** Patches in test/mutations that break it by one line, and that these tests or parts have to notice. */
  readonly mutations: readonly string[];
}
