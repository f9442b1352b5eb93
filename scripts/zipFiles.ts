import { type Zippable, zipSync } from 'fflate';

export interface PackedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Unix permissions: Stash extracts with them (stash reference §1.6). */
  readonly mode: number;
}

/** A zip whose bytes depend on the files alone: sorted, one time for all, and no say of the machine. */
export function zipFiles(files: readonly PackedFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const entries = sorted.map(({ path, bytes, mode }): [string, Zippable[string]] => [
    path,
    [bytes, { mtime: zipTime(), os: UNIX, attrs: ((REGULAR_FILE | mode) << 16) >>> 0 }],
  ]);
  return zipSync(Object.fromEntries(entries), { level: 9 });
}

const UNIX = 3;
const REGULAR_FILE = 0o100000;

/** A zip holds local time, from 1980 on. Its fields are given, so they are the same in every time zone. */
const zipTime = (): Date => new Date(1980, 0, 1, 12);
