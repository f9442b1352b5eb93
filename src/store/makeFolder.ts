import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that it lies in, level by level. Node's own recursive `mkdir` never comes back from a
 * file system that answers "no such file" to the making of a folder in one that is there, as /proc does.
 *
 * @returns the outermost folder that was made; undefined when there was none to make.
 */
export function makeFolder(folder: string, mode: number): string | undefined {
  try {
    mkdirSync(folder, mode);
    return folder;
  } catch (error) {
    if (isFolder(folder)) return undefined;
    const parent = dirname(folder);
    if (!isMissing(error) || parent === folder || exists(parent)) throw error;
    const outermost = makeFolder(parent, mode);
    return makeFolder(folder, mode) === undefined ? outermost : (outermost ?? folder);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A link that leads nowhere is there, too. */
const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
