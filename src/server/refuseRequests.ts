import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../core/result.ts';
import { NoticeBoard } from './notices.ts';
import { Outbox, REQUEST_PREFIX } from './outbox.ts';

/** For a daemon that cannot start: says so to all who wait for an answer, and in Stash's log. */
export async function refuseRequests(inboxDir: string, reason: string): Promise<void> {
  // Before the answers, so that the runs of hook.sh that wait for them say it.
  const board = new NoticeBoard(inboxDir, { mode: 0o600 });
  await board.say([{ level: 'error', text: `PlexSync cannot start: ${reason}` }]);
  const outbox = new Outbox(inboxDir, false);
  await outbox.prepare();
  const names = await readdir(inboxDir);
  for (const name of names.filter((each) => each.startsWith(REQUEST_PREFIX))) {
    await outbox.write(name, fail(reason));
    await rm(join(inboxDir, name), { force: true });
  }
}
