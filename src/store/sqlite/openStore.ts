import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, type Result, succeed } from '../../core/result.ts';
import type { Store } from '../port.ts';
import type { StoreProblem } from '../storeError.ts';
import { backupsOf } from './backups.ts';
import { openConnection } from './openConnection.ts';
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

/**
 * Opens the database, makes it if there is none, and brings its schema up to date. One that is damaged,
 * newer or another program's is refused and left as it is: nothing is ever recreated unasked.
 */
export function openStore(options: StorePlace & { readonly now: number }): Result<OpenedStore, StoreProblem> {
  const file = 'file' in options ? options.file : databaseFile(options.dataDir);
  try {
    const isNew = file === IN_MEMORY || makeFile(file);
    if (!isNew && isCutToNothing(file)) {
      return fail(corruptProblem(file, 'it is empty, but its log or its backups are not'));
    }
    const opened = openConnection(file, options.now);
    if (!opened.ok) return opened;
    return succeed({ store: new SqliteStore(opened.value), warnings: sqliteWarnings(opened.value) });
  } catch (cause) {
    const problem = problemOf(cause, file);
    if (problem === null) throw cause;
    return fail(problem);
  }
}

/** @returns whether it was not there. */
function makeFile(file: string): boolean {
  makePrivateFolder(dirname(file));
  return makePrivateFile(file);
}

/** SQLite would take a file of no bytes for a new database, and drop the log that lies beside it. */
function isCutToNothing(file: string): boolean {
  if (statSync(file).size > 0) return false;
  const log = `${file}-wal`;
  return (existsSync(log) && statSync(log).size > 0) || backupsOf(file).length > 0;
}
