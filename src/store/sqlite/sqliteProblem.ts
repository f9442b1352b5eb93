import { StoreError, type StoreProblem, type StoreProblemKind } from '../storeError.ts';
import { backupsOf } from './backups.ts';

type DiskProblemKind = Exclude<StoreProblemKind, 'newer' | 'foreign'>;

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that a person can do something about. */
const KIND_OF_CODE: ReadonlyMap<number, DiskProblemKind> = new Map([
  [3, 'not-writable'], // SQLITE_PERM
  [5, 'busy'], // SQLITE_BUSY
  [8, 'not-writable'], // SQLITE_READONLY
  [10, 'disk-error'], // SQLITE_IOERR
  [11, 'corrupt'], // SQLITE_CORRUPT
  [13, 'full'], // SQLITE_FULL
  [14, 'not-writable'], // SQLITE_CANTOPEN
  [26, 'corrupt'], // SQLITE_NOTADB
]);

const KIND_OF_ERRNO: ReadonlyMap<string, DiskProblemKind> = new Map([
  ['EACCES', 'not-writable'],
  ['EPERM', 'not-writable'],
  ['EROFS', 'not-writable'],
  ['EEXIST', 'not-writable'],
  ['ENOTDIR', 'not-writable'],
  ['ENOENT', 'not-writable'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EIO', 'disk-error'],
]);

/** The problem behind an error of SQLite or of the file system; null for everything else, which is a bug. */
export function problemOf(cause: unknown, file: string): StoreProblem | null {
  if (cause instanceof StoreError) return cause.problem;
  if (!(cause instanceof Error)) return null;
  const kind = kindOf(cause);
  return kind === null ? null : { kind, message: describe(kind, file, cause.message) };
}

export const corruptProblem = (file: string, detail: string): StoreProblem => ({
  kind: 'corrupt',
  message: describe('corrupt', file, detail),
});

/** What to throw instead of `cause`. */
export function translated(cause: unknown, file: string): unknown {
  const problem = problemOf(cause, file);
  return problem === null ? cause : new StoreError(problem, cause);
}

function kindOf(cause: Error): DiskProblemKind | null {
  if ('errcode' in cause && typeof cause.errcode === 'number') {
    // The low byte is the primary code; the rest tells its variants apart.
    return KIND_OF_CODE.get(cause.errcode & 0xff) ?? null;
  }
  return 'code' in cause && typeof cause.code === 'string' ? (KIND_OF_ERRNO.get(cause.code) ?? null) : null;
}

function describe(kind: DiskProblemKind, file: string, detail: string): string {
  switch (kind) {
    case 'full':
      return `The disk that holds ${file} is full, so nothing more can be saved. Free some space on it.`;
    case 'not-writable':
      return `PlexSync cannot write to ${file} (${detail}). Make the folder and the files in it writable for the user that PlexSync runs as, or set data_dir to another folder.`;
    case 'busy':
      return `Another program keeps ${file} locked (${detail}). End it, then try again.`;
    case 'disk-error':
      return `Reading or writing ${file} failed (${detail}). Check the disk that holds it.`;
    case 'corrupt':
      return `The database ${file} is damaged (${detail}). It was left as it is. ${wayOut(file)}`;
  }
}

function wayOut(file: string): string {
  const [newest] = backupsOf(file);
  const moveAway = 'Stop PlexSync and move the file, with its -wal and -shm files, to another folder';
  const startAnew =
    'to start anew: all scenes are compared again, but which values in Plex came from PlexSync is forgotten';
  return newest === undefined
    ? `There is no backup. ${moveAway} ${startAnew}.`
    : `${moveAway}, then copy the newest backup to its place: ${newest.file} - or leave the place empty ${startAnew}.`;
}
