import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../core/result.ts';
import {
  inboxFileMode,
  makeInboxFolder,
  refuseLinkedFolder,
  replaceInboxFile,
} from '../engine/sharedInbox.ts';

/** What hook.sh leaves of a task or an operation in the inbox; the rest of the name is the request's id. */
export const REQUEST_PREFIX = 'r1-';

/** Whoever asked has long given up waiting. */
const ANSWER_KEPT_MS = 60_000;

/** `inbox/outbox`: the answers to requests of the plugin, which hook.sh prints and removes. */
export class Outbox {
  readonly #folder: string;
  readonly #isExternal: boolean;

  /** `isExternal`: the inbox is shared with a Stash of another user (Inbox.prepare). */
  constructor(inboxDir: string, isExternal: boolean) {
    this.#folder = join(inboxDir, 'outbox');
    this.#isExternal = isExternal;
  }

  async prepare(): Promise<void> {
    await makeInboxFolder(this.#folder, this.#isExternal);
  }

  /** In Stash's own form, which it reads from hook.sh (stash reference §2.2); renamed into place. */
  async write(requestFile: string, outcome: Result<unknown, string>): Promise<void> {
    const id = requestFile.slice(REQUEST_PREFIX.length);
    const answer = outcome.ok ? { output: outcome.value ?? null } : { error: outcome.failure };
    await refuseLinkedFolder(this.#folder);
    await replaceInboxFile(join(this.#folder, `${id}.json`), {
      written: join(this.#folder, `.${id}.new`),
      text: JSON.stringify(answer),
      mode: inboxFileMode(this.#isExternal),
    });
  }

  /** Answers that nobody fetched. `now`: epoch ms. */
  async tidy(now: number): Promise<void> {
    await refuseLinkedFolder(this.#folder);
    for (const name of await readdir(this.#folder)) {
      if (!/\.(?:json|new)$/.test(name)) continue;
      const file = join(this.#folder, name);
      const { mtimeMs } = await lstat(file).catch(() => ({ mtimeMs: now }));
      if (now - mtimeMs > ANSWER_KEPT_MS) await rm(file, { force: true });
    }
  }
}
