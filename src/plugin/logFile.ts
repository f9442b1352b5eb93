import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

export interface LogFile {
  readonly path: string;
  write(line: string): void;
  /** For a process that is about to fall: written before this returns. */
  writeLastWords(text: string): void;
  /** All that was written is in the file. */
  close(): Promise<void>;
}

/** After an error a stream takes nothing any more: a new one is tried. */
const AGAIN_MS = 60_000;

const fileName = (index: unknown): string =>
  typeof index === 'number' ? `plexsync.${index}.log` : 'plexsync.log';

/**
 * `plexsync.log` in the data folder, for its owner only; at 2 MB it becomes `plexsync.1.log`, and so on: the
 * last three are kept. A disk that is full costs lines, not the daemon, until there is room again.
 */
export function openLogFile(dataDir: string): LogFile {
  let brokenAt: number | null = null;
  const open = (): RotatingFileStream => {
    brokenAt = null;
    const opened = createStream(fileName, { path: dataDir, size: '2M', rotate: 3, mode: 0o600 });
    return opened.on('error', () => {
      brokenAt = Date.now();
    });
  };
  let stream = open();
  const path = join(dataDir, fileName(null));
  return {
    path,
    write: (line) => {
      if (brokenAt !== null && Date.now() - brokenAt >= AGAIN_MS) stream = open();
      if (brokenAt === null) stream.write(line);
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
        if (brokenAt !== null) return resolve();
        stream.once('error', () => resolve());
        stream.end(() => resolve());
      }),
  };
}
