import { closeSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../makeFolder.ts';

/** The name that SQLite knows a database in memory by: gone when it is closed, for tests. */
export const IN_MEMORY = ':memory:';

export const databaseFile = (dataDir: string): string => join(dataDir, 'plexsync.db');
export const lockFile = (dataDir: string): string => join(dataDir, 'daemon.lock');
export const holderFile = (dataDir: string): string => join(dataDir, 'daemon.json');
export const backupFolder = (file: string): string => join(dirname(file), 'backups');
export const backupPrefix = (file: string): string => basename(file, '.db');

/** Only its owner may enter: paths and titles of a private collection lie in it. */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder, 0o700);
}

/**
 * Makes the file, empty and readable for its owner only, unless it is there. SQLite gives its side files
 * the same mode. An existing file is not even opened: closing it again would drop every lock that this
 * process holds on it (POSIX advisory locks; https://www.sqlite.org/howtocorrupt.html §2.2).
 *
 * @returns whether it was made.
 */
export function makePrivateFile(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}
