import type { FSWatcher } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { adviceOf, isFailure } from '../core/failure.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Operations } from '../engine/operations.ts';
import { inboxFileMode } from '../engine/sharedInbox.ts';
import { readStoredInput, type StoredInput } from '../engine/storedInput.ts';
import { watchFolder } from '../engine/watchFolder.ts';
import type { Logger } from '../log/logger.ts';
import type { SetupSteps } from '../setup/setupSteps.ts';
import { CONTROL_OPERATIONS } from './controlOperations.ts';
import { type Notice, NoticeBoard, noticesOf } from './notices.ts';
import { Outbox, REQUEST_PREFIX } from './outbox.ts';
import { decodePluginRequest, type PluginRequest } from './pluginRequest.ts';
import { runTask, type TaskOutput } from './runTask.ts';
import { SETUP_OPERATIONS } from './setupOperations.ts';
import { TASKS } from './tasks.ts';
import { thrownWords } from './thrownWords.ts';
import { WAKE, wakened } from './wake.ts';

/** Also without a notice from the file system: not every mount sends them. */
const LOOK_MS = 500;
/** How often what users must know is looked at. */
const TELL_MS = 10_000;
/** Nobody waits for an operation that was asked so long ago; a task is done all the same. */
const OPERATION_VALID_MS = 15_000;

export interface RelayOptions {
  readonly inboxDir: string;
  readonly operations: Operations;
  /** For Stash's settings page. */
  readonly setup: SetupSteps;
  readonly logger: Logger;
  /** Whether the inbox is shared with a Stash of another user (Inbox.prepare). */
  readonly isExternal: boolean;
  /** What was told already; a new one when absent. */
  readonly notices?: NoticeBoard;
  /** Settings are missing because nobody has entered any yet. */
  readonly isNotSetUp?: boolean;
  /** Asked before each request; false leaves it for the daemon that comes next. */
  readonly mayAnswer?: (request: StoredInput) => Promise<boolean>;
}

const ASKED_TOO_LONG_AGO = 'asked too long ago: nothing was done';

export interface Relay {
  /** Finishes the requests under way. */
  close(): Promise<void>;
}

/**
 * Answers tasks and operations of the plugin in Stash through files in the inbox: so they work wherever Stash and
 * this daemon see one folder, with no Node and no network between them. One that takes long, or cannot be read or
 * answered, keeps no other waiting.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const relay = new FileRelay(options);
  await relay.open();
  return relay;
}

class FileRelay implements Relay {
  readonly #options: RelayOptions;
  readonly #outbox: Outbox;
  readonly #notices: NoticeBoard;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();
  readonly #underWay = new Map<string, Promise<void>>();
  /** What came of requests whose answer could not be written yet: none is done twice for that. */
  readonly #unwritten = new Map<string, Result<unknown, string>>();
  readonly #reported = new Set<string>();
  #isRoundDue = false;
  #isClosed = false;
  #toldAt = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.inboxDir, options.isExternal);
    const mode = inboxFileMode(options.isExternal);
    this.#notices = options.notices ?? new NoticeBoard(options.inboxDir, { mode });
  }

  async open(): Promise<void> {
    await this.#outbox.prepare();
    this.#watcher = watchFolder(this.#options.inboxDir, REQUEST_PREFIX, { onChange: () => this.#look() });
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watcher?.close();
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#round;
    await Promise.all(this.#underWay.values());
  }

  /** What the user of Stash must know goes to Stash's log; where it cannot, answers are given all the same. */
  async #tell(): Promise<void> {
    const { operations, isNotSetUp = false } = this.#options;
    this.#toldAt = Date.now();
    await this.#orLog(
      operations.status().then((status) => this.#notices.update(noticesOf(status, isNotSetUp))),
    );
  }

  async #orLog(telling: Promise<void>): Promise<void> {
    try {
      await telling;
    } catch (error) {
      this.#options.logger.debug({ error }, 'could not tell the users of Stash how it goes');
    }
  }

  /** One round at a time; news during a round make one more. */
  #look(): void {
    if (this.#isRoundDue || this.#isClosed) return;
    this.#isRoundDue = true;
    this.#round = this.#round.then(async () => {
      this.#isRoundDue = false;
      try {
        if (!this.#isClosed) await this.#answerAll();
      } catch (error) {
        this.#options.logger.debug({ error }, 'could not look for requests of the plugin');
      }
    });
  }

  async #answerAll(): Promise<void> {
    const names = (await readdir(this.#options.inboxDir)).filter((name) => name.startsWith(REQUEST_PREFIX));
    this.#forgetAllBut(new Set(names));
    for (const name of names.filter((each) => !this.#underWay.has(each)).sort()) {
      if (this.#isClosed) return;
      const answering = this.#answerOrReport(name).finally(() => this.#underWay.delete(name));
      this.#underWay.set(name, answering);
    }
    if (Date.now() - this.#toldAt > TELL_MS) await this.#tell();
    await this.#outbox.tidy(Date.now());
  }

  #forgetAllBut(names: ReadonlySet<string>): void {
    for (const name of this.#unwritten.keys()) if (!names.has(name)) this.#unwritten.delete(name);
    for (const name of this.#reported) if (!names.has(name)) this.#reported.delete(name);
  }

  /** It stays where it is, and is tried again: another user's rights or a full disk may be put in order. */
  async #answerOrReport(name: string): Promise<void> {
    try {
      await this.#answer(name);
    } catch (error) {
      if (this.#reported.has(name)) return;
      this.#reported.add(name);
      const { logger } = this.#options;
      logger.warn({ file: name, error }, 'a request of the plugin cannot be read or answered: trying again');
    }
  }

  async #answer(name: string): Promise<void> {
    const { inboxDir, logger, mayAnswer } = this.#options;
    const file = join(inboxDir, name);
    const stored = await readOrNull(file);
    // Withdrawn, because its time was up.
    if (stored === null) return;
    let outcome = this.#unwritten.get(name);
    if (outcome === undefined) {
      if (mayAnswer !== undefined && !(await mayAnswer(stored))) return;
      outcome = await this.#perform(name, stored);
      this.#unwritten.set(name, outcome);
      logger.debug({ request: name, ok: outcome.ok }, 'plugin request answered');
    }
    // Before the answer, so that the run of hook.sh that waits for it says it.
    await this.#tell();
    await this.#outbox.write(name, outcome);
    // Only now: after a crash in between it is done once more, which changes nothing.
    await rm(file, { force: true });
    this.#unwritten.delete(name);
  }

  async #perform(name: string, stored: StoredInput): Promise<Result<unknown, string>> {
    const request = decodePluginRequest(stored.bytes);
    if (!request.ok) return request;
    try {
      return await this.#run(request.value, stored);
    } catch (error) {
      return fail(thrownWords(error, this.#options.logger, { request: name }));
    }
  }

  async #run(request: PluginRequest, stored: StoredInput): Promise<Result<unknown, string>> {
    const { operations } = this.#options;
    const isLate = Date.now() - stored.storedAt > OPERATION_VALID_MS;
    if (request.kind === 'task') {
      // What came in since then was not meant to be dropped.
      if (isLate && TASKS[request.task].dropsWork) return fail(ASKED_TOO_LONG_AGO);
      const output = await runTask(request.task, operations);
      await this.#orLog(this.#notices.say(noticesAbout(output)));
      return output;
    }
    if (isLate) return fail(ASKED_TOO_LONG_AGO);
    if (request.operation === WAKE) return succeed(wakened(await operations.status(), this.#options));
    const outcome = await this.#operate(request.operation, request.input);
    return outcome.ok ? unwrapped(outcome.value) : outcome;
  }

  async #operate(name: string, input: unknown): Promise<Result<unknown, string>> {
    const { operations, setup } = this.#options;
    if (Object.hasOwn(CONTROL_OPERATIONS, name)) {
      return CONTROL_OPERATIONS[name as keyof Operations](operations, input);
    }
    if (Object.hasOwn(SETUP_OPERATIONS, name)) {
      return SETUP_OPERATIONS[name as keyof SetupSteps](setup, input);
    }
    return fail(`there is no operation ${JSON.stringify(name)}`);
  }
}

/** What a task has to say in Stash's log. */
function noticesAbout(output: Result<TaskOutput, string>): readonly Notice[] {
  if (!output.ok) return [{ level: 'warning', text: `PlexSync: ${output.failure}` }];
  const { message, lines = [] } = output.value;
  return [{ level: 'info', text: message }, ...lines.map((text): Notice => ({ level: 'warning', text }))];
}

/** Some operations fail as part of their job, and say so in their value. */
function unwrapped(value: unknown): Result<unknown, string> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return succeed(value);
  if ('failure' in value && value.ok === false) return fail(failureText(value.failure));
  return 'value' in value ? succeed(value.value) : succeed(value);
}

function failureText(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return String(failure);
  if (isFailure(failure)) return `${failure.message} ${adviceOf(failure)}`;
  return 'message' in failure ? String(failure.message) : JSON.stringify(failure);
}

async function readOrNull(file: string): Promise<StoredInput | null> {
  try {
    return await readStoredInput(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
