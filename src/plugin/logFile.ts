import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';

export interface LogFile {
  readonly path: string;
  write(line: string): void;
  /** For a process that is about to fall: written before this returns. */
  writeLastWords(text: string): void;
  /** All that was written is in the file. */
  close(): Promise<void>;
}

const fileName = (index: unknown): string =>
  typeof index === 'number' ? `plexsync.${index}.log` : 'plexsync.log';

/**
 * `plexsync.log` in the data folder, for its owner only; at 2 MB it becomes `plexsync.1.log`, and so on: the
 * last three are kept. A disk that is full costs lines, not the daemon.
 */
export function openLogFile(dataDir: string): LogFile {
  const stream = createStream(fileName, { path: dataDir, size: '2M', rotate: 3, mode: 0o600 });
  let isBroken = false;
  stream.on('error', () => {
    isBroken = true;
  });
  const path = join(dataDir, fileName(null));
  return {
    path,
    write: (line) => {
      if (!isBroken) stream.write(line);
    },
    writeLastWords: (text) => {
      try {
        appendFileSync(path, text, { mode: 0o600 });
      } catch {
        // Nobody is left to tell.
      }
    },
    close: () =>
      new Promise((resolve) => {
        if (isBroken) return resolve();
        stream.once('error', () => resolve());
        stream.end(() => resolve());
      }),
  };
}
