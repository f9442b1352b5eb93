import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { backupFolder, backupPrefix, makePrivateFile, makePrivateFolder } from './storeFiles.ts';

const BACKUPS_KEPT = 3;
const UNFINISHED = '.unfinished';
const NAME = /^(.+)-v(\d+)-(\d{8}T\d{9}Z)\.db$/;

/**
 * Copies the database as it is into `backups/plexsync-v<schema version>-<UTC time>.db`, and removes all
 * but the newest three. A copy that was not finished never bears such a name.
 *
 * @returns the file of the backup.
 */
export function takeBackup(
  connection: Connection,
  { version, now }: { version: number; now: number },
): string {
  const { file } = connection;
  const folder = backupFolder(file);
  makePrivateFolder(folder);
  const time = new Date(now).toISOString().replace(/[-:.]/g, '');
  const backup = join(folder, `${backupPrefix(file)}-v${version}-${time}.db`);
  const unfinished = `${backup}${UNFINISHED}`;
  rmSync(unfinished, { force: true });
  makePrivateFile(unfinished);
  connection.prepare('VACUUM INTO :unfinished').run({ unfinished });
  flush(unfinished);
  renameSync(unfinished, backup);
  flush(folder);
  for (const old of backupsOf(file).slice(BACKUPS_KEPT)) rmSync(old.file);
  return backup;
}

export interface Backup {
  readonly file: string;
  /** Version of its schema. */
  readonly version: number;
}

/** Backups of this database, newest first. */
export function backupsOf(file: string): readonly Backup[] {
  const folder = backupFolder(file);
  return namesIn(folder)
    .flatMap((name) => {
      const found = NAME.exec(name);
      return found?.[1] === backupPrefix(file)
        ? [{ name, version: Number(found[2]), time: String(found[3]) }]
        : [];
    })
    .sort((one, other) => (one.time < other.time ? 1 : -1))
    .map(({ name, version }) => ({ file: join(folder, name), version }));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

/** VACUUM INTO leaves the copy to the operating system, and a power cut could take it. */
function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
