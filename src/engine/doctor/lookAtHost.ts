import { readdir, readFile, realpath, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemOf } from '../../core/doctor/fileSystem.ts';
import type { FolderFacts, NodeFacts } from '../../core/doctor/hostFindings.ts';
import { warningsAbout } from '../../store/sqlite/sqliteVersion.ts';
import { databaseFile } from '../../store/sqlite/storeFiles.ts';

export interface HostFacts {
  readonly node: NodeFacts;
  readonly folder: FolderFacts;
}

export type HostLook = (dataDir: string) => Promise<HostFacts>;

/** Of the machine that this process runs on. A folder that is not there is not made. */
export const lookAtHost: HostLook = async (dataDir) => ({
  node: nodeFacts(),
  folder: await folderFacts(dataDir),
});

function nodeFacts(): NodeFacts {
  const { sqlite = '' } = process.versions;
  return { version: process.version, sqlite, sqliteWarning: warningsAbout(sqlite)[0] ?? null };
}

async function folderFacts(path: string): Promise<FolderFacts> {
  return {
    path,
    refusal: await refusalOf(path),
    freeBytes: await orNull(async () => {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    }),
    databaseBytes: (await sizeOf(databaseFile(path))) + (await sizeOf(`${databaseFile(path)}-wal`)),
    fileSystem: await orNull(async () =>
      fileSystemOf(await realpath(path), await readFile('/proc/self/mountinfo', 'utf8')),
    ),
    openFiles: (await orNull(() => openFiles(path))) ?? [],
  };
}

const sizeOf = async (file: string): Promise<number> =>
  (await orNull(async () => (await stat(file)).size)) ?? 0;

/** By writing: rights, a file system that is read-only, a quota and a full disk all show. */
async function refusalOf(folder: string): Promise<string | null> {
  const file = join(folder, `.doctor-${process.pid}`);
  try {
    await writeFile(file, 'x', { mode: 0o600 });
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    await orNull(() => rm(file, { force: true }));
  }
}

const HOLDS_SECRETS_OR_TITLES = /^(plexsync\.db(-wal)?|stash-settings\.json|plexsync(\.\d+)?\.log)$/;
const FOR_OTHERS = 0o077;

/** Nobody else gets at what lies in a folder that is closed to others. Windows has no such modes. */
async function openFiles(folder: string): Promise<readonly string[]> {
  if (process.platform === 'win32' || ((await stat(folder)).mode & FOR_OTHERS) === 0) return [];
  const open: string[] = [];
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (HOLDS_SECRETS_OR_TITLES.test(name) && ((await stat(file)).mode & FOR_OTHERS) !== 0) open.push(file);
  }
  return open;
}

async function orNull<Value>(look: () => Promise<Value>): Promise<Value | null> {
  try {
    return await look();
  } catch {
    return null;
  }
}
