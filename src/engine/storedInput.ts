import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** hook.sh keeps no more of stdin; a larger file is not hook.sh's. */
const MAX_BYTES = 64 * 1024;

/** The beginning of what Stash wrote to hook.sh, be it an event or a request. */
export interface StoredInput {
  readonly bytes: Uint8Array;
  /** Epoch ms. */
  readonly storedAt: number;
}

/** What is no file of hook.sh's, a pipe for example, must not make the reading wait, nor lead anywhere else. */
const AS_IT_LIES = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

export async function readStoredInput(file: string): Promise<StoredInput> {
  const handle = await open(file, AS_IT_LIES);
  try {
    const facts = await handle.stat();
    if (!facts.isFile() && !facts.isDirectory()) {
      throw Object.assign(new Error(`${file} is no file`), { code: 'no file' });
    }
    // No more than it is: hundreds are held at once.
    const length = Math.min(facts.size, MAX_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return { bytes: buffer.subarray(0, bytesRead), storedAt: facts.mtimeMs };
  } finally {
    await handle.close();
  }
}
