import { lstat } from 'node:fs/promises';

/**
 * Whether a folder is this user's and closed to all others. In a shared temp directory anybody may have made
 * the folder before us, to answer in the daemon's place.
 */
export async function isPrivateFolder(folder: string): Promise<boolean> {
  const facts = await lstat(folder);
  return facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0;
}
