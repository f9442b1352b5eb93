import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../core/result.ts';
import { NoticeBoard } from './notices.ts';
import { Outbox, REQUEST_PREFIX } from './outbox.ts';

/** For a daemon that cannot start: says so to all who wait for an answer, and in Stash's log. */
export async function refuseRequests(inboxDir: string, reason: string): Promise<void> {
  const outbox = new Outbox(inboxDir, false);
  await outbox.prepare();
  const names = await readdir(inboxDir);
  for (const name of names.filter((each) => each.startsWith(REQUEST_PREFIX))) {
    await outbox.write(name, fail(reason));
    await rm(join(inboxDir, name), { force: true });
  }
  const board = new NoticeBoard(inboxDir, { mode: 0o600 });
  await board.say([{ level: 'error', text: `PlexSync cannot start: ${reason}` }]);
}
