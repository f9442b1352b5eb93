/** Why a database cannot be used, in words for the person who has to mend it. */
export interface StoreProblem {
  readonly kind: StoreProblemKind;
  /** What was tried, on which file, and what to do about it. */
  readonly message: string;
}

export type StoreProblemKind =
  | 'full'
  | 'not-writable'
  | 'corrupt'
  | 'busy'
  /** Written by a newer PlexSync. */
  | 'newer'
  /** A database, but not PlexSync's. */
  | 'foreign'
  | 'disk-error';

/**
 * What a method of the store rejects with when the disk or the file fails under it. The transaction is
 * rolled back: nothing of it was saved, all before it was.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem, cause: unknown) {
    super(problem.message, { cause });
    this.problem = problem;
  }
}
