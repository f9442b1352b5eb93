import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../core/result.ts';
import { NoticeBoard } from './notices.ts';
import { Outbox, REQUEST_PREFIX } from './outbox.ts';

/**
 * For a daemon that cannot start: says so to all who wait for an answer, and in Stash's log. What of it cannot be
 * done, on a disk that is full perhaps, is left out.
 */
export async function refuseRequests(inboxDir: string, reason: string): Promise<void> {
  // Before the answers, so that the runs of hook.sh that wait for them say it.
  const board = new NoticeBoard(inboxDir, { mode: 0o600 });
  await orNot(board.say([{ level: 'error', text: `PlexSync cannot start: ${reason}` }]));
  const outbox = new Outbox(inboxDir, false);
  await orNot(outbox.prepare());
  const refuse = async (name: string): Promise<void> => {
    await outbox.write(name, fail(reason));
    await unlink(join(inboxDir, name));
  };
  for (const name of await readdir(inboxDir)) {
    if (name.startsWith(REQUEST_PREFIX)) await orNot(refuse(name));
  }
}

/** Nobody is left to tell. */
const orNot = (done: Promise<void>): Promise<void> => done.catch(() => undefined);
