import path from 'node:path/posix';
import { readId } from '../find/relatedIds.ts';
import type { Library } from '../model/library.ts';

export interface MoveRequest {
  readonly ids: readonly string[];
  readonly destination_folder?: string | null;
  readonly destination_basename?: string | null;
}

/** Touches the files and not the scenes: no hook, no new `updated_at` (stash reference §2.6). */
export function moveFiles(
  request: MoveRequest,
  parts: { library: Library; libraryPaths: readonly string[] },
): void {
  const { library, libraryPaths } = parts;
  const { ids, destination_folder: folder, destination_basename: basename } = request;
  if (!folder) throw new Error('must specify destination folder or path');
  if (!libraryPaths.some((root) => folder === root || folder.startsWith(`${root}/`))) {
    throw new Error(`folder path ${folder} must be within a stash library path`);
  }
  if (basename && ids.length !== 1) throw new Error('must specify one file when providing destination path');
  const files = ids.map(readId).map((id) => {
    const file = library.files.get(id);
    if (file === undefined)
      throw new Error(`finding file ${id}: getting file by id ${id}: sql: no rows in result set`);
    return file;
  });
  for (const file of files) {
    const moved = path.join(folder, basename || path.basename(file.path));
    library.files.update(file, { path: moved, updatedAt: library.printNow() });
  }
}
