import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, type Result, succeed } from '../../core/result.ts';
import type { Store } from '../port.ts';
import type { StoreProblem } from '../storeError.ts';
import { backupsOf } from './backups.ts';
import { Connection } from './connection.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { corruptProblem, problemOf } from './sqliteProblem.ts';
import { SqliteStore } from './sqliteStore.ts';
import { sqliteWarnings } from './sqliteVersion.ts';
import { databaseFile, IN_MEMORY, makePrivateFile, makePrivateFolder } from './storeFiles.ts';

/** Where the database is: `plexsync.db` in the data folder, or a file of one's own (`:memory:` for tests). */
export type StorePlace = { readonly dataDir: string } | { readonly file: string };

export interface OpenedStore {
  readonly store: Store;
  /** What the user should know, although the store works. */
  readonly warnings: readonly string[];
}

/** What a write-ahead log may grow to between two checkpoints stays allocated up to this size. */
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/**
 * Opens the database, makes it if there is none, and brings its schema up to date. One that is damaged,
 * newer or another program's is refused and left as it is: nothing is ever recreated unasked.
 */
export function openStore(options: StorePlace & { readonly now: number }): Result<OpenedStore, StoreProblem> {
  const file = 'file' in options ? options.file : databaseFile(options.dataDir);
  try {
    if (file !== IN_MEMORY) {
      makePrivateFolder(dirname(file));
      makePrivateFile(file);
      if (isCutToNothing(file))
        return fail(corruptProblem(file, 'it is empty, but its log or its backups are not'));
    }
    return openDatabase(file, options.now);
  } catch (cause) {
    const problem = problemOf(cause, file);
    if (problem === null) throw cause;
    return fail(problem);
  }
}

function openDatabase(file: string, now: number): Result<OpenedStore, StoreProblem> {
  const connection = new Connection(file);
  try {
    const refusal = inspect(connection);
    if (refusal !== null) {
      connection.close();
      return fail(refusal);
    }
    connection.execute(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA journal_size_limit = ${WAL_BYTES_KEPT};`);
    migrate(connection, MIGRATIONS, now);
    connection.execute('PRAGMA foreign_keys = ON');
    return succeed({ store: new SqliteStore(connection), warnings: sqliteWarnings(connection) });
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

/** Looks before anything is written. */
function inspect(connection: Connection): StoreProblem | null {
  const { file } = connection;
  const check = connection.prepare<{ readonly quick_check: string }>('PRAGMA quick_check(1)').get();
  if (check?.quick_check !== 'ok') return corruptProblem(file, check?.quick_check ?? 'it cannot be checked');
  const version = schemaVersion(connection);
  const known = MIGRATIONS.length;
  if (version === null) {
    return {
      kind: 'foreign',
      message: `${file} is a database of another program. Set data_dir to another folder.`,
    };
  }
  return version > known ? { kind: 'newer', message: newerMessage({ file, version, known }) } : null;
}

function newerMessage({ file, version, known }: { file: string; version: number; known: number }): string {
  const backup = backupsOf(file).find((each) => each.version <= known);
  const found = `The database ${file} was written by a newer PlexSync (schema ${version}; this one knows ${known}). It was left as it is. Install the newer PlexSync again`;
  return backup === undefined
    ? `${found}.`
    : `${found}, or move the database to another folder and copy the newest backup that fits to its place: ${backup.file}`;
}

/** SQLite would take a file of no bytes for a new database, and drop the log that lies beside it. */
function isCutToNothing(file: string): boolean {
  if (statSync(file).size > 0) return false;
  const log = `${file}-wal`;
  return (existsSync(log) && statSync(log).size > 0) || backupsOf(file).length > 0;
}
