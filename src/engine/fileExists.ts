import { access } from 'node:fs/promises';

/** Whether something lies there that we can get at. */
export async function fileExists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
