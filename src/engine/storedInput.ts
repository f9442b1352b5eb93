import { open } from 'node:fs/promises';

/** hook.sh keeps no more of stdin; a larger file is not hook.sh's. */
const MAX_BYTES = 64 * 1024;

/** The beginning of what Stash wrote to hook.sh, be it an event or a request. */
export interface StoredInput {
  readonly bytes: Uint8Array;
  /** Epoch ms. */
  readonly storedAt: number;
}

export async function readStoredInput(file: string): Promise<StoredInput> {
  const handle = await open(file, 'r');
  try {
    const { mtimeMs, size } = await handle.stat();
    // No more than it is: hundreds are held at once.
    const length = Math.min(size, MAX_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return { bytes: buffer.subarray(0, bytesRead), storedAt: mtimeMs };
  } finally {
    await handle.close();
  }
}
