import { chmod } from 'node:fs/promises';
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

/** Of a file in the inbox that hook.sh is to read. */
export const inboxFileMode = (isExternal: boolean): number => (isExternal ? 0o640 : 0o600);
