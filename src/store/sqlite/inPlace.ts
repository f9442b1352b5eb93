import { existsSync } from 'node:fs';
import { type LockHolder, readHolder } from './lock.ts';
import { databaseFile } from './storeFiles.ts';

/** Whether the folder is still the one that its holder took: it may be moved away or replaced under a process. */
export function isInPlace(dataDir: string, holder: LockHolder): boolean {
  const named = readHolder(dataDir);
  return named?.pid === holder.pid && named.since === holder.since && existsSync(databaseFile(dataDir));
}
