import type { Readable } from 'node:stream';

const NEWLINE = 0x0a;
/** Stash reads no further once a line is longer, and closes the pipe: the plugin's next write fails. */
const LONGEST_LINE = 65_535;

/** The lines of a plugin's stderr, to the end or to one that is too long (stash reference §2.3). */
export async function readLogLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let rest: Buffer = Buffer.alloc(0);
  const take = (line: Buffer): void => onLine(line.toString().replace(/\r$/, ''));
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE)) {
      if (end > LONGEST_LINE) break;
      take(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST_LINE) {
      rest = Buffer.alloc(0);
      stream.destroy();
    }
  });
  stream.once('end', () => {
    if (rest.length > 0) take(rest);
  });
  stream.once('close', resolve);
  await promise;
}
