import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { fail, type Result, succeed } from '../core/result.ts';
import { type LockRefusal, takeLock } from '../store/sqlite/lock.ts';

export interface ForgetRequest {
  readonly dataDir: string;
  readonly inboxDir: string;
  /** The control socket, wherever it lies; null where it is no file. */
  readonly socket: string | null;
  readonly now: number;
  /** False: only look what would go. */
  readonly isMeant: boolean;
}

export interface Forgotten {
  readonly goes: readonly string[];
  /** Lies in our folders and is not known to us. */
  readonly stays: readonly string[];
}

/** Names that PlexSync gives, folder by folder. All else is somebody else's. */
const OURS = {
  data: /^(plexsync\.db(-wal|-shm|-journal)?|daemon\.lock(-journal)?|daemon\.json(\.new)?|control\.sock|plexsync(\.\d+)?\.log|stash-settings\.json(\.new)?)$/,
  backups: /^plexsync-v\d+-\d{8}T\d{9}Z\.db(\.unfinished(-journal)?)?$/,
  inbox:
    /^((v1-|r1-|\.(new|now|notice)-).*|overflow|alive|external|notice(\.new)?|outbox|starting|no-node|unreadable)$/,
} as const;
const LOCK = /^daemon\.lock/;

/**
 * Erases all that PlexSync stored on disk: what it knows and has queued, its lock, logs and inbox. Refused while
 * a daemon runs. What was written to Plex stays there.
 */
export async function forget(request: ForgetRequest): Promise<Result<Forgotten, string>> {
  const found = await look(request);
  if (!request.isMeant || found.goes.length === 0) return succeed(found);
  const hasData = (await namesIn(request.dataDir)) !== null;
  const lock = hasData ? takeLock({ ...request, role: 'command' }) : null;
  if (lock?.ok === false) return fail(refusalWords(lock.failure));
  try {
    // The lock's own file last: until then nobody else begins here.
    const isLock = (file: string): boolean => LOCK.test(path.basename(file));
    for (const file of found.goes.filter((each) => !isLock(each))) await remove(file);
    const lockFile = path.join(request.dataDir, 'daemon.lock');
    if (hasData) await removeOpen(lockFile);
    lock?.value.release();
    for (const file of [...found.goes.filter(isLock), lockFile]) await remove(file);
    for (const folder of foldersOf(request)) await removeIfEmpty(folder);
  } catch (error) {
    return fail(`Not everything was removed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    lock?.value.release();
  }
  return succeed(found);
}

async function look({ dataDir, inboxDir, socket }: ForgetRequest): Promise<Forgotten> {
  const folders = foldersOf({ dataDir, inboxDir });
  const places = [
    { folder: inboxDir, ours: OURS.inbox },
    { folder: backupsIn(dataDir), ours: OURS.backups },
    { folder: dataDir, ours: OURS.data },
  ];
  const goes: string[] = [];
  const stays: string[] = [];
  for (const { folder, ours } of places) {
    for (const name of (await namesIn(folder)) ?? []) {
      const file = path.join(folder, name);
      if (ours.test(name)) goes.push(file);
      else if (!folders.includes(file)) stays.push(file);
    }
  }
  if (socket !== null && !goes.includes(socket) && (await exists(socket))) goes.push(socket);
  return { goes, stays };
}

/** What is ours only when nothing is left in it, inner ones first. An inbox elsewhere was made by somebody else. */
function foldersOf({ dataDir, inboxDir }: Pick<ForgetRequest, 'dataDir' | 'inboxDir'>): readonly string[] {
  const inbox = path.dirname(inboxDir) === dataDir ? [inboxDir] : [];
  return [...inbox, backupsIn(dataDir), dataDir];
}

const backupsIn = (dataDir: string): string => path.join(dataDir, 'backups');

/** Null when there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

const remove = (file: string): Promise<void> => rm(file, { recursive: true, force: true });

/** Some systems remove no file that is open; it goes once it is closed. */
async function removeOpen(file: string): Promise<void> {
  try {
    await remove(file);
  } catch (error) {
    if (!isCode(error, 'EBUSY', 'EPERM', 'EACCES')) throw error;
  }
}

/** A folder that something else lies in stays, and so does one that a container has mounted. */
async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!isCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'EBUSY', 'EPERM', 'EACCES', 'ENOTDIR')) throw error;
  }
}

function refusalWords(refusal: LockRefusal): string {
  if (refusal.kind !== 'held') return refusal.message;
  const who = refusal.holder === null ? '' : ` (process ${refusal.holder.pid})`;
  return `PlexSync runs${who}: nothing was removed. Disable the plugin in Stash or stop the service, then try again.`;
}

const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
