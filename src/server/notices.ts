import { join } from 'node:path';
import { adviceOf } from '../core/failure.ts';
import { type PlanTally, tallyWords } from '../core/planning/tally.ts';
import { visibleText } from '../core/visibleText.ts';
import { fileExists } from '../engine/fileExists.ts';
import type { Status } from '../engine/operations.ts';
import { replaceInboxFile } from '../engine/sharedInbox.ts';
import { TASKS } from './tasks.ts';

export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/**
 * What a user of Stash must know, as of now; no titles and no paths of scenes, since Stash's log is shown to
 * others. `isNotSetUp`: settings are missing because nobody has entered any yet.
 */
export function noticesOf(status: Status, isNotSetUp: boolean): readonly Notice[] {
  const { setup, stop, pauses, warnings, firstSync } = status;
  return [
    ...(setup === null ? [] : [isNotSetUp ? FIRST_STEPS : warning(setup.problems.join(' '))]),
    ...(stop === null ? [] : [warning(`stopped: ${stop.reason} ${stop.advice}`)]),
    ...pauses.map(({ failure }) => warning(`${failure.message} ${adviceOf(failure)}`)),
    ...warnings.map(warning),
    ...(firstSync === null || firstSync.report === null ? [] : [firstSyncFound(firstSync.report.tally)]),
  ];
}

const warning = (text: string): Notice => ({ level: 'warning', text: `PlexSync: ${text}` });

const firstSyncFound = (tally: PlanTally): Notice => ({
  level: 'info',
  text: `PlexSync has compared everything and written nothing yet. ${tallyWords(tally)}. The task “${TASKS['run-first-sync'].name}” writes it; \`plexsync first-sync\` shows more.`,
});

const FIRST_STEPS: Notice = {
  level: 'info',
  text: 'PlexSync is not set up yet: enter the Plex address and token in Settings > Plugins. Changes are kept until then.',
};

const LETTERS = { info: 'i', warning: 'w', error: 'e' } as const satisfies Record<Notice['level'], string>;

/**
 * Lines for Stash's log. A daemon has no stream that Stash reads, so it leaves them in `inbox/notice`, and the
 * next run of hook.sh says them and takes the file away.
 */
export class NoticeBoard {
  readonly #inboxDir: string;
  readonly #mode: number;
  #standing: ReadonlySet<string> = new Set();
  #unsaid: readonly Notice[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(inboxDir: string, options: { readonly mode: number }) {
    this.#inboxDir = inboxDir;
    this.#mode = options.mode;
  }

  /** Says once what stands now and did not stand the last time. */
  async update(notices: readonly Notice[]): Promise<void> {
    const fresh = notices.filter(({ text }) => !this.#standing.has(text));
    this.#standing = new Set(notices.map(({ text }) => text));
    await this.say(fresh);
  }

  /** What cannot be written now is said with the next notice. */
  async say(notices: readonly Notice[]): Promise<void> {
    this.#unsaid = [...this.#unsaid, ...notices].slice(-MOST_LINES);
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => undefined);
    await written;
  }

  async #write(): Promise<void> {
    // A file that waits to be said is left alone: hook.sh may have it in its hands.
    if (this.#unsaid.length === 0 || (await fileExists(this.#path))) return;
    const said = this.#unsaid;
    const lines = said.map(({ level, text }) => `${LETTERS[level]}${visibleText(text)}\n`);
    await replaceInboxFile(this.#path, {
      written: `${this.#path}.new`,
      text: lines.join(''),
      mode: this.#mode,
    });
    this.#unsaid = this.#unsaid.filter((notice) => !said.includes(notice));
  }

  get #path(): string {
    return join(this.#inboxDir, 'notice');
  }
}

const MOST_LINES = 20;
