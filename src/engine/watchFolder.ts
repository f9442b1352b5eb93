import { type FSWatcher, watch } from 'node:fs';

/**
 * Tells of new files whose names begin so; null where the file system cannot tell. Not every mount does, so whoever
 * watches has to look from time to time as well.
 */
export function watchFolder(
  folder: string,
  prefix: string,
  { onChange, onFailure }: { readonly onChange: () => void; readonly onFailure?: (error: unknown) => void },
): FSWatcher | null {
  try {
    const watcher = watch(folder, (_event, name) => {
      if (name === null || name.startsWith(prefix)) onChange();
    });
    // It is of no use any more (Node's documentation of fs.FSWatcher).
    watcher.on('error', (error) => {
      watcher.close();
      onFailure?.(error);
    });
    return watcher;
  } catch (error) {
    onFailure?.(error);
    return null;
  }
}
