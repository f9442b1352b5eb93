import type { Command, CommanderError } from 'commander';
import type { Failure } from '../core/failure.ts';
import { adviceOf } from '../core/failure.ts';
import type { Answers } from '../core/firstRun/withAnswers.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { flagName } from '../core/settings/layers.ts';
import { type Resolutions, settingsDespite, settingsOf } from '../core/settings/resolve.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey, type Settings } from '../core/settings/table.ts';
import type { Operations } from '../engine/operations.ts';
import { type Redact, redactor } from '../log/redact.ts';
import type { CliContext, EngineRequest, OpenOperations, ServiceRequest } from './context.ts';
import { type ErrorReport, errorReport } from './errorReport.ts';
import { CommandFailure, EXIT_CODES, type ExitReason, exitReasonOf } from './exitCode.ts';
import { loadSettings, type SettingsSources, settingsPath } from './loadSettings.ts';
import { type AnswerEnding, type AnswerPage, PagedAnswer } from './output/pagedAnswer.ts';
import { type Paint, paintWith } from './output/paint.ts';
import { wrapLines } from './output/wrapLines.ts';
import { settingsFromFlags } from './settingFlags.ts';
import { showProgress } from './showProgress.ts';

/** What a command has to say, for programs and for people. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** When it is not simply done. */
  readonly exit?: ExitReason;
}

export interface Session {
  readonly operations: Operations;
  /** Works off what is due, when no daemon does. */
  drain(): Promise<void>;
  readonly hasDaemon: boolean;
}

interface OpenSession extends Session {
  close(): Promise<void>;
}

/** Why nobody answers. */
interface NoSession {
  readonly reason: ExitReason;
  readonly message: string;
}

/** For a data folder that is in use although no daemon answers. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 100;

const nothing = (): Promise<void> => Promise.resolve();

/** Flags that find the daemon or concern this process; all others would not reach a running daemon. */
const OWN_FLAGS: ReadonlySet<SettingKey> = new Set(['data_dir', 'log_level']);

/** Without these no page can be shown. */
const NEEDED_TO_ASK: readonly SettingKey[] = [
  'data_dir',
  'inbox_dir',
  'http_port',
  'http_bind',
  'http_hosts',
  'http_password',
  'http_token',
  'log_level',
];

/** One run of the program: global options, settings, output. Commands are given it. */
export class Run {
  readonly context: CliContext;
  readonly #program: Command;
  #secrets: readonly string[] = [];
  /** Once the settings were read: see {@link LoadedSettings.openSecrets}. */
  openSecrets: string | null = null;
  exit: ExitReason = 'done';
  /** What this process writes is a log, where the stack of a bug is wanted. */
  isService = false;

  constructor(program: Command, context: CliContext) {
    this.#program = program;
    this.context = context;
  }

  get #options(): { config?: string; json?: true; debug?: true } {
    return this.#program.opts();
  }

  /** How what is shown to people looks. */
  get output(): { readonly width: number | null; readonly paint: Paint } {
    const { width, hasColours } = this.context;
    return { width, paint: paintWith(hasColours) };
  }

  /** Prints one answer: a JSON document, or text. */
  answer({ json, text, exit = 'done' }: Answer): void {
    const isForPrograms = this.#options.json === true;
    const shown = isForPrograms ? JSON.stringify(json, null, 2) : wrapLines(text, this.context.width);
    this.context.out(`${shown}\n`);
    this.exit = exit;
  }

  /**
   * A long answer, printed page by page so that none of it is held: one JSON document with the pages' members under
   * `name`, or their texts with an empty line in between. What fails on the way ends it, and is told at its end.
   */
  async answerInPages(
    name: string,
    pages: AsyncIterable<AnswerPage>,
    ending: () => AnswerEnding,
  ): Promise<void> {
    const printed = new PagedAnswer(name, { isJson: this.#options.json === true, out: this.context.out });
    try {
      for await (const page of pages) printed.page(page);
    } catch (error) {
      if (!printed.hasBegun) throw error;
      const { reason, message, advice } = this.#tell(error);
      const end = ending();
      printed.end({ ...end, json: { ...end.json, error: { reason, message, advice } } });
      return;
    }
    printed.end(ending());
    this.exit = 'done';
  }

  /** Where the settings file is, or would be. */
  get settingsFile(): string {
    return settingsPath({ cwd: this.context.cwd, configFile: this.#options.config ?? null });
  }

  /** Whether what is printed is one JSON document. */
  get isForPrograms(): boolean {
    return this.#options.json === true;
  }

  /** From now on no message shows it. */
  hide(secret: string): void {
    this.#secrets = [...this.#secrets, secret];
  }

  /** Takes out of a text the secrets of the settings that were read. */
  get redact(): Redact {
    return redactor(this.#secrets);
  }

  async settings(file: { readonly isToBeMade?: true } = {}): Promise<Resolutions> {
    const loaded = await this.#load(file);
    if (!loaded.ok) throw new CommandFailure('usage', loaded.failure);
    for (const warning of loaded.value.warnings) this.context.err(`Warning: ${warning}\n`);
    this.openSecrets = loaded.value.openSecrets;
    this.#secrets = SETTING_KEYS.filter((key) => SETTINGS[key].kind === 'secret')
      .map((key) => loaded.value.resolutions[key])
      .flatMap((resolution) => (resolution.ok ? [String(resolution.value)] : []));
    return loaded.value.resolutions;
  }

  #load(file: Pick<SettingsSources, 'isToBeMade' | 'answers'>): ReturnType<typeof loadSettings> {
    return loadSettings({
      configFile: this.#options.config ?? null,
      ...file,
      environment: this.context.environment,
      flags: settingsFromFlags(this.#program),
      cwd: this.context.cwd,
    });
  }

  /** Settings that are right as a whole, and a log that keeps their secrets. */
  engineRequest(resolutions: Resolutions, level?: Settings['log_level']): EngineRequest {
    const resolved = settingsOf(resolutions);
    if (!resolved.ok) throw new CommandFailure('usage', resolved.failure.join('\n'));
    return this.#requestWith(resolved.value, level);
  }

  /**
   * What a service is to run with. Where it has a port, pages can be asked to put wrong settings right, so that it
   * runs without doing anything; elsewhere they are refused.
   */
  async serviceRequest(): Promise<ServiceRequest> {
    const resolutions = await this.settings();
    const { settings, problems, isNotSetUp } = settingsDespite(resolutions);
    const canAsk = NEEDED_TO_ASK.every((key) => resolutions[key].ok) && settings.http_port > 0;
    if (problems.length > 0 && !canAsk) throw new CommandFailure('usage', problems.join('\n'));
    return { ...this.#requestWith(settings), problems, isNotSetUp };
  }

  /** As they would be with these answers in the file. */
  async settingsWith(answers: Answers): Promise<Result<Resolutions, string>> {
    const loaded = await this.#load({ isToBeMade: true, answers });
    return loaded.ok ? succeed(loaded.value.resolutions) : loaded;
  }

  #requestWith(settings: Settings, level: Settings['log_level'] = settings.log_level): EngineRequest {
    const log = {
      level: this.#options.debug === true ? 'debug' : level,
      secrets: this.#secrets,
      hidesPaths: settings.obfuscate_paths,
      isTerminal: this.context.isLogOnTerminal,
      write: (line: string) => {
        // What stands there would stay in the midst of the log.
        this.context.bottomLine?.('');
        this.context.err(line);
      },
    };
    return { settings, log, version: this.context.version };
  }

  /** Runs a command on the daemon's operations, or on our own when no daemon runs. */
  async withOperations(command: (session: Session) => Promise<Answer>): Promise<void> {
    await this.withSession(async (session) => this.answer(await command(session)));
  }

  /** The same for a command that answers by itself. */
  async withSession(command: (session: Session) => Promise<void>): Promise<void> {
    const opened = await this.open(await this.settings());
    if (!opened.ok) throw new CommandFailure(opened.failure.reason, opened.failure.message);
    const { close, ...session } = opened.value;
    try {
      await command(session);
    } finally {
      await close();
    }
  }

  /**
   * Whoever holds the data folder may be a daemon that does not listen yet, or a command that is soon done.
   * `isDespiteProblems`: with defaults in place of settings that are missing or wrong, which nothing is done with.
   */
  async open(
    resolutions: Resolutions,
    options: { readonly isDespiteProblems?: boolean } = {},
  ): Promise<Result<OpenSession, NoSession>> {
    const { now, sleep, openOperations, connectDaemon } = this.context;
    const dataDir = this.dataDir(resolutions);
    const until = now() + PATIENCE_MS;
    for (;;) {
      const daemon = await connectDaemon(dataDir);
      if (!daemon.ok) return fail({ reason: 'unreachable', message: daemon.failure });
      if (daemon.value !== null) {
        this.#refuseFlagsFor(resolutions);
        return succeed({ operations: daemon.value, drain: nothing, close: nothing, hasDaemon: true });
      }
      const opened = await openOperations(
        this.#quietRequest(resolutions, options.isDespiteProblems === true),
      );
      if (opened.ok) return succeed(this.#ownSession(opened.value));
      const { isHeld, message } = opened.failure;
      if (!isHeld || now() >= until) return fail({ reason: 'failed', message });
      await sleep(LOOK_MS);
    }
  }

  /** Long work shows how far it is: to people, not to programs. */
  #ownSession({ operations, drain, close }: OpenOperations): OpenSession {
    const context = { ...this.context, ...(this.#options.json === true ? { bottomLine: null } : {}) };
    return { operations, close, hasDaemon: false, drain: () => showProgress(drain(), operations, context) };
  }

  #quietRequest(resolutions: Resolutions, isDespiteProblems: boolean): EngineRequest {
    if (!isDespiteProblems) return this.engineRequest(resolutions, 'warn');
    const { settings, problems } = settingsDespite(resolutions);
    return { ...this.#requestWith(settings, 'error'), problems };
  }

  /** Without it nothing can be found. */
  dataDir({ data_dir: dataDir }: Resolutions): string {
    if (!dataDir.ok) throw new CommandFailure('usage', dataDir.problem);
    return String(dataDir.value);
  }

  #refuseFlagsFor(resolutions: Resolutions): void {
    const given = SETTING_KEYS.filter(
      (key) => resolutions[key].origin.kind === 'flag' && !OWN_FLAGS.has(key),
    );
    if (given.length === 0) return;
    throw new CommandFailure(
      'usage',
      `A daemon runs with settings of its own; ${given.map(flagName).join(', ')} would not reach it.`,
      'Leave the flag out, or stop the daemon first.',
    );
  }

  /** For people commander has said it already: the help, or what is wrong with the command line. */
  endUsage({ exitCode, code, message }: CommanderError, args: readonly string[]): number {
    if (exitCode === 0) return EXIT_CODES.done.code;
    // What is wrong may stand before the flag, and is then met first.
    const isForPrograms = this.#options.json === true || args.includes('--json');
    const words = code === 'commander.help' ? 'Say which command; --help lists them.' : message;
    if (isForPrograms) this.#print({ reason: 'usage', message: words.replace(/^error: /, ''), advice: null });
    return EXIT_CODES.usage.code;
  }

  /** Says what went wrong. */
  report(error: unknown): void {
    const { reason, message, advice } = this.#tell(error);
    if (this.#options.json === true) this.#print({ reason, message, advice });
  }

  /** To people. The stack is for --debug, and for the log that a service writes. */
  #tell(error: unknown): ErrorReport {
    const report = errorReport(error, this.redact);
    this.exit = report.reason;
    const isStackShown = this.#options.debug === true || this.isService;
    const parts = [report.message, report.advice, isStackShown ? report.stack : null];
    const shown = parts.filter((part) => part !== null).join('\n');
    this.context.err(`${wrapLines(shown, this.context.width)}\n`);
    return report;
  }

  /** One JSON document, as an answer is. */
  #print(error: Omit<ErrorReport, 'stack'>): void {
    this.context.out(`${JSON.stringify({ error }, null, 2)}\n`);
  }
}

/** The value; a failure that is part of the job ends the command. */
export function valueOf<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw failureOf(result.failure);
}

const failureOf = (failure: Failure): CommandFailure =>
  new CommandFailure(exitReasonOf(failure), failure.message, adviceOf(failure));
