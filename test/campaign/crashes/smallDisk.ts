import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A disk of a few megabytes, in memory, which only root may put up. */
export interface SmallDisk {
  readonly folder: string;
  /** Until not a byte more fits. */
  fill(): void;
  free(): void;
  /** Nothing may be written; nothing on it may be open for writing. */
  setReadOnly(isReadOnly: boolean): void;
  remove(): void;
}

/** Null where this process may not mount. */
export function mountSmallDisk(folder: string): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  if (!runs('mount', '-t', 'tmpfs', '-o', 'size=6m,mode=0700', 'tmpfs', folder)) return null;
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'a');
      for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2))
        writeUntilFull(file, Buffer.alloc(size));
      closeSync(file);
    },
    free: () => rmSync(filler, { force: true }),
    setReadOnly: (isReadOnly) => {
      execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]);
    },
    remove: () => void runs('umount', '-l', folder),
  };
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    while (writeSync(file, bytes) === bytes.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

function runs(program: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
