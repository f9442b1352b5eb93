import { chmod, lstat, rename, rm, writeFile } from 'node:fs/promises';
import { makeFolder } from '../store/makeFolder.ts';

/** What is made in it belongs to its group, whoever makes it. */
const SHARED_FOLDER = 0o2770;

/**
 * The inbox or a folder in it, unless it is there. A daemon elsewhere (`isExternal`) may be of another user than
 * Stash: folders of its making are open to their group.
 */
export async function makeInboxFolder(folder: string, isExternal: boolean): Promise<void> {
  const made = makeFolder(folder, 0o700);
  if (isExternal && made !== undefined) await chmod(folder, SHARED_FOLDER);
}

/**
 * Whoever shares the inbox may have put a link where a folder of ours is to be: it would lead us to write and to tidy
 * up somewhere else.
 */
export async function refuseLinkedFolder(folder: string): Promise<void> {
  if ((await lstat(folder)).isDirectory()) return;
  throw Object.assign(new Error(`${folder} is no folder`), { code: 'ENOTDIR' });
}

/** Written beside and renamed into place. What may lie there, a link to another file perhaps, is not written through. */
export async function replaceInboxFile(
  file: string,
  { written, text, mode }: { readonly written: string; readonly text: string; readonly mode: number },
): Promise<void> {
  await rm(written, { force: true });
  await writeFile(written, text, { mode, flag: 'wx' });
  await rename(written, file);
}

/** Of a file in the inbox that hook.sh is to read. */
export const inboxFileMode = (isExternal: boolean): number => (isExternal ? 0o640 : 0o600);
