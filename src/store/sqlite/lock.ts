import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { fail, type Result, succeed } from '../../core/result.ts';
import { StoreError, type StoreProblem } from '../storeError.ts';
import { Connection } from './connection.ts';
import { problemOf } from './sqliteProblem.ts';
import { holderFile, lockFile, makePrivateFile, makePrivateFolder } from './storeFiles.ts';

/** Held by the one process that may use a data folder. */
export interface DataLock {
  /** As the folder names it. */
  readonly holder: LockHolder;
  /** May be called more than once, as ways to end meet. */
  release(): void;
}

export type LockRefusal =
  | { readonly kind: 'held'; readonly holder: LockHolder | null; readonly message: string }
  | StoreProblem;

export type LockHolder = Readonly<Omit<v.InferOutput<typeof HolderSchema>, 'schema'>>;

/** A daemon keeps it; a command that runs without one gives it back when it has answered. */
export type LockRole = 'daemon' | 'command';

const HolderSchema = v.object({
  schema: v.literal(2),
  pid: v.number(),
  since: v.number(),
  role: v.picklist(['daemon', 'command'] satisfies LockRole[]),
});

/**
 * Takes `daemon.lock`, or says at once who has it. The lock is an open exclusive transaction on a SQLite
 * file: the operating system drops it with the process, however that ends, and it works on every platform
 * that SQLite knows. Who holds it stands beside it in `daemon.json`, which is worth reading only after a refusal.
 */
export function takeLock(request: {
  readonly dataDir: string;
  readonly now: number;
  readonly role: LockRole;
}): Result<DataLock, LockRefusal> {
  const { dataDir, now, role } = request;
  try {
    makePrivateFolder(dataDir);
    makePrivateFile(lockFile(dataDir));
    const connection = lockedConnection(lockFile(dataDir));
    if (connection === null) return fail(heldRefusal(dataDir));
    const holder: LockHolder = { pid: process.pid, since: now, role };
    writeHolder(dataDir, holder);
    return succeed(heldLock(connection, dataDir, holder));
  } catch (cause) {
    const problem = problemOf(cause, lockFile(dataDir));
    if (problem === null) throw cause;
    return fail(problem);
  }
}

function heldLock(connection: Connection, dataDir: string, holder: LockHolder): DataLock {
  let isHeld = true;
  return {
    holder,
    release() {
      if (!isHeld) return;
      isHeld = false;
      // While the lock is still held, so that it can't be the next holder's file; but the folder may be another
      // by now, removed and made anew under the same name.
      const named = readHolder(dataDir);
      if (named?.pid === holder.pid && named.since === holder.since)
        rmSync(holderFile(dataDir), { force: true });
      connection.close();
    },
  };
}

/** Null when another process, or this one, holds the lock. */
function lockedConnection(file: string): Connection | null {
  const connection = new Connection(file, { busyTimeoutMs: 0 });
  try {
    connection.execute('BEGIN EXCLUSIVE');
    return connection;
  } catch (cause) {
    connection.close();
    if (cause instanceof StoreError && cause.problem.kind === 'busy') return null;
    throw cause;
  }
}

function heldRefusal(dataDir: string): LockRefusal {
  const holder = readHolder(dataDir);
  const who =
    holder === null ? '' : ` (process ${holder.pid}, since ${new Date(holder.since).toISOString()})`;
  return {
    kind: 'held',
    holder,
    message: `Another PlexSync is using the data folder ${dataDir}${who}. Stop it, or set data_dir to another folder.`,
  };
}

/** Renamed into place, so that nobody reads half of it. */
function writeHolder(dataDir: string, holder: LockHolder): void {
  const file = holderFile(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify({ schema: 2, ...holder }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Null when the holder has not written it yet, or has just gone. */
export function readHolder(dataDir: string): LockHolder | null {
  try {
    const { pid, since, role } = v.parse(HolderSchema, JSON.parse(readFileSync(holderFile(dataDir), 'utf8')));
    return { pid, since, role };
  } catch {
    return null;
  }
}
