import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { arriving, type Told } from '../core/intake.ts';
import { noStream } from '../core/priority.ts';
import { subjectName, wholeLibrary } from '../core/scene.ts';
import type { Logger } from '../log/logger.ts';
import { decodeHookEvent, type HookEvent } from '../stash/hookEvent.ts';
import { makeFolder } from '../store/makeFolder.ts';
import type { Meta, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { makeInboxFolder, refuseLinkedFolder, replaceInboxFile } from './sharedInbox.ts';
import { readStoredInput, type StoredInput } from './storedInput.ts';

/** Version of the files that hook.sh writes and this daemon reads. */
const EVENT_PREFIX = 'v1-';
const FILES_PER_ROUND = 500;
const UNREADABLE_KEPT = 20;
/** A temporary file this old belongs to a hook that was killed between writing and renaming. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
/** hook.sh takes the daemon for alive as long as this file's time lies in the future. */
const ALIVE_FOR_MS = 6_000;

const HOOK_SEEN_KEY = 'hook-seen';
const NOTED_EACH_MS = 60_000;

/** When an event of a hook was last taken in (epoch ms), to the minute; null: never. */
export async function hookSeenAt(meta: Meta): Promise<number | null> {
  const text = await meta.get(HOOK_SEEN_KEY);
  return text === null ? null : Number(text);
}

export interface InboxParts {
  readonly directory: string;
  readonly queue: Store['queue'];
  readonly meta: Meta;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly reach: ReachStep;
  /** Told the newest event of each round: how to reach Stash stands in it. */
  readonly onNewest?: (event: StoredInput) => void;
}

export interface IntakeCounts {
  /** Files taken in. */
  readonly events: number;
  /** Files that nobody can read: the caller looks at Stash at once instead. */
  readonly unreadable: number;
  readonly isMoreWaiting: boolean;
}

/** The folder that hook.sh fills: events go to the queue first, then their files go away. */
export class Inbox {
  readonly #parts: InboxParts;
  readonly #reported = new Set<string>();
  /** Taken in, or read in vain, and could not be put away: not taken in once more. */
  readonly #leftBehind = new Set<string>();
  #stream = noStream;
  #notedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /**
   * `external` tells hook.sh that a daemon elsewhere reads the inbox, so that it never starts one. Such a daemon
   * may be of another user: a folder of its making is open to its group, and what is made in it is of that group.
   */
  async prepare(options: { readonly isExternal: boolean }): Promise<void> {
    const { directory } = this.#parts;
    await makeInboxFolder(directory, options.isExternal);
    if (!options.isExternal) return;
    const marker = { written: this.#path('.new-external'), text: '', mode: 0o600 };
    await replaceInboxFile(this.#path('external'), marker);
  }

  async showAlive(): Promise<void> {
    const file = this.#path('alive');
    const until = new Date(this.#parts.clock.now() + ALIVE_FOR_MS);
    const handle = await openOwn(file);
    try {
      await handle.utimes(until, until);
    } finally {
      await handle.close();
    }
  }

  /** An end in order is no reason for hook.sh to hold the next start back, as it does after one that failed. */
  async showGone(): Promise<void> {
    await rm(this.#path('alive'), { force: true });
    await rm(this.#path('starting'), { recursive: true, force: true });
  }

  /** One round: at most 500 files. With `isEnabled` false the events are dropped, as the setting says. */
  async takeIn(options: { readonly isEnabled: boolean }): Promise<IntakeCounts> {
    const names = await readdir(this.#parts.directory);
    for (const name of this.#leftBehind) if (!names.includes(name)) this.#leftBehind.delete(name);
    const isNew = (name: string): boolean => !this.#leftBehind.has(name);
    const events = names.filter((name) => name.startsWith(EVENT_PREFIX) && isNew(name)).sort();
    const round = events.slice(0, FILES_PER_ROUND);
    const read = await Promise.all(round.map((name) => this.#read(name)));
    if (round.length > 0) CRASH_STEP: this.#parts.reach('events-read');
    this.#tellNewest(read.flatMap(({ stored }) => (stored === null ? [] : [stored])));

    const told = read.flatMap((each) => (each.told === null ? [] : [each.told]));
    const hasOverflow = names.includes('overflow');
    if (hasOverflow && isNew('overflow')) told.push(OVERFLOWN);
    if (options.isEnabled) await this.#enqueue(told);
    if (round.length > 0) CRASH_STEP: this.#parts.reach('events-queued');

    await Promise.all(
      read.map(({ name, told }) =>
        this.#putAway(name, () => (told === null ? this.#setAside(name) : unlinkQuietly(this.#path(name)))),
      ),
    );
    if (hasOverflow) await this.#putAway('overflow', () => rm(this.#path('overflow'), { force: true }));
    if (round.length > 0) await this.#noteHook();
    await this.#tidy(names);
    return {
      events: round.length,
      unreadable: read.filter((each) => each.told === null).length,
      isMoreWaiting: events.length > round.length,
    };
  }

  /** That the hook works; once a minute is often enough for people, and costs a bulk edit nothing. */
  async #noteHook(): Promise<void> {
    const { meta, clock } = this.#parts;
    if (clock.now() - this.#notedAt < NOTED_EACH_MS) return;
    this.#notedAt = clock.now();
    await meta.set(HOOK_SEEN_KEY, String(this.#notedAt));
  }

  async #read(name: string): Promise<ReadFile> {
    const { event, stored } = await readEvent(this.#path(name));
    if (event.kind === 'triggers') return { name, stored, told: event };
    this.#parts.logger.warn(
      { file: name, why: event.why },
      'unreadable hook event set aside; looking at Stash instead',
    );
    return { name, stored, told: null };
  }

  /** Names tell no order, and a session in an old event may have ended. */
  #tellNewest(stored: readonly StoredInput[]): void {
    const newest = stored.reduce<StoredInput | null>(
      (best, each) => (best === null || each.storedAt > best.storedAt ? each : best),
      null,
    );
    if (newest !== null) this.#parts.onNewest?.(newest);
  }

  async #enqueue(told: readonly Told[]): Promise<void> {
    const { queue, clock, logger } = this.#parts;
    const now = clock.now();
    const { groups, stream } = arriving(told, { stream: this.#stream, now });
    this.#stream = stream;
    for (const { triggers, dueAt, burst } of groups) {
      const counts = await queue.enqueue(triggers, { now, dueAt, burst });
      const first = subjectName(triggers[0]?.subject ?? wholeLibrary);
      logger.debug({ ...counts, first }, 'hook events queued');
    }
  }

  /** A file that cannot be removed (another user's, perhaps) must not hold up the others. */
  async #putAway(name: string, away: () => Promise<void>): Promise<void> {
    try {
      await away();
      this.#leftBehind.delete(name);
    } catch (error) {
      if (this.#leftBehind.has(name)) return;
      this.#leftBehind.add(name);
      this.#parts.logger.warn({ file: name, error }, 'inbox file cannot be put away: left where it is');
    }
  }

  async #setAside(name: string): Promise<void> {
    const folder = this.#path('unreadable');
    makeFolder(folder, 0o700);
    await refuseLinkedFolder(folder);
    await renameQuietly(this.#path(name), path.join(folder, name));
    const kept = (await readdir(folder)).filter((each) => each.startsWith(EVENT_PREFIX)).sort();
    const old = kept.slice(0, -UNREADABLE_KEPT);
    await Promise.all(old.map((each) => rm(path.join(folder, each), { recursive: true, force: true })));
  }

  /** Files of another version are kept for the daemon that can read them; abandoned temporary ones go. */
  async #tidy(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (/^v\d+-/.test(name) && !name.startsWith(EVENT_PREFIX) && !this.#reported.has(name)) {
        this.#reported.add(name);
        this.#parts.logger.warn({ file: name }, 'inbox file of another version of hook.sh: kept, not read');
      }
      if (
        name.startsWith('.') &&
        (await isOlderThan(this.#path(name), this.#parts.clock.now() - ABANDONED_AFTER_MS))
      ) {
        await this.#putAway(name, () => unlinkQuietly(this.#path(name)));
      }
    }
  }

  #path(name: string): string {
    return path.join(this.#parts.directory, name);
  }
}

interface ReadFile {
  readonly name: string;
  /** Null when not even its bytes could be read. */
  readonly stored: StoredInput | null;
  /** Null: nobody can read it. */
  readonly told: Told | null;
}

const OVERFLOWN: Told = { subjects: [wholeLibrary], batch: 1, isOfScan: false };

/** What cannot even be read, such as a folder, must not keep the files beside it waiting. */
async function readEvent(file: string): Promise<{ event: HookEvent; stored: StoredInput | null }> {
  try {
    const stored = await readStoredInput(file);
    return { event: decodeHookEvent(stored.bytes), stored };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return {
      event: { kind: 'unreadable', why: whyNot(String(error.code)) },
      stored: null,
    };
  }
}

/** Made unless it is there. A link in its place is put out of the way, and not followed. */
async function openOwn(file: string): Promise<FileHandle> {
  const flags = constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW;
  try {
    return await open(file, flags, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ELOOP')) throw error;
    await unlinkQuietly(file);
    return open(file, flags, 0o600);
  }
}

const whyNot = (code: string): string =>
  code === 'EACCES'
    ? 'it belongs to another user (EACCES): the inbox needs a group that Stash and PlexSync share, see docs/install.md'
    : `it cannot be read (${code})`;

async function isOlderThan(file: string, time: number): Promise<boolean> {
  try {
    const facts = await stat(file);
    return facts.isFile() && facts.mtimeMs < time;
  } catch (error) {
    return rethrowUnlessMissing(error);
  }
}

async function renameQuietly(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    rethrowUnlessMissing(error);
  }
}

/** Already gone is as good as removed. */
async function unlinkQuietly(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    rethrowUnlessMissing(error);
  }
}

function rethrowUnlessMissing(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
  throw error;
}
