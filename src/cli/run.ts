import type { Command, CommanderError } from 'commander';
import type { Failure } from '../core/failure.ts';
import { adviceOf } from '../core/failure.ts';
import type { Result } from '../core/result.ts';
import { flagName } from '../core/settings/layers.ts';
import { type Resolutions, settingsOf } from '../core/settings/resolve.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey, type Settings } from '../core/settings/table.ts';
import type { Operations } from '../engine/operations.ts';
import { redactor } from '../log/redact.ts';
import type { CliContext, EngineRequest } from './context.ts';
import { type ErrorReport, errorReport } from './errorReport.ts';
import { CommandFailure, EXIT_CODES, type ExitReason, exitReasonOf } from './exitCode.ts';
import { loadSettings } from './loadSettings.ts';
import { settingsFromFlags } from './settingFlags.ts';

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

/** For a data folder that is in use although no daemon answers. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 100;

const nothing = (): Promise<void> => Promise.resolve();

/** Flags that find the daemon or concern this process; all others would not reach a running daemon. */
const OWN_FLAGS: ReadonlySet<SettingKey> = new Set(['data_dir', 'log_level']);

/** One run of the program: global options, settings, output. Commands are given it. */
export class Run {
  readonly context: CliContext;
  readonly #program: Command;
  #secrets: readonly string[] = [];
  exit: ExitReason = 'done';

  constructor(program: Command, context: CliContext) {
    this.#program = program;
    this.context = context;
  }

  get #options(): { config?: string; json?: true; debug?: true } {
    return this.#program.opts();
  }

  /** Whether what is printed is one JSON document. */
  get isForPrograms(): boolean {
    return this.#options.json === true;
  }

  /** Prints one answer: a JSON document, or text. */
  answer({ json, text, exit = 'done' }: Answer): void {
    const shown = this.#options.json === true ? JSON.stringify(json, null, 2) : text;
    this.context.out(`${shown}\n`);
    this.exit = exit;
  }

  async settings(): Promise<Resolutions> {
    const loaded = await loadSettings({
      configFile: this.#options.config ?? null,
      environment: this.context.environment,
      flags: settingsFromFlags(this.#program),
      cwd: this.context.cwd,
    });
    if (!loaded.ok) throw new CommandFailure('usage', loaded.failure);
    for (const warning of loaded.value.warnings) this.context.err(`Warning: ${warning}\n`);
    this.#secrets = SETTING_KEYS.filter((key) => SETTINGS[key].kind === 'secret')
      .map((key) => loaded.value.resolutions[key])
      .flatMap((resolution) => (resolution.ok ? [String(resolution.value)] : []));
    return loaded.value.resolutions;
  }

  /** Settings that are right as a whole, and a log that keeps their secrets. */
  engineRequest(resolutions: Resolutions, level?: Settings['log_level']): EngineRequest {
    const resolved = settingsOf(resolutions);
    if (!resolved.ok) throw new CommandFailure('usage', resolved.failure.join('\n'));
    const settings = resolved.value;
    const log = {
      level: this.#options.debug === true ? 'debug' : (level ?? settings.log_level),
      secrets: this.#secrets,
      isTerminal: this.context.isLogOnTerminal,
      write: this.context.err,
    };
    return { settings, log, version: this.context.version };
  }

  /** Runs a command on the daemon's operations, or on our own when no daemon runs. */
  async withOperations(command: (session: Session) => Promise<Answer>): Promise<void> {
    const { close, ...session } = await this.#begin(await this.settings());
    try {
      this.answer(await command(session));
    } finally {
      await close();
    }
  }

  /** Whoever holds the data folder may be a daemon that does not listen yet, or a command that is soon done. */
  async #begin(resolutions: Resolutions): Promise<Session & { close(): Promise<void> }> {
    const { now, sleep, openOperations } = this.context;
    const until = now() + PATIENCE_MS;
    for (;;) {
      const daemon = await this.#findDaemon(resolutions);
      if (daemon !== null) {
        this.#refuseFlagsFor(resolutions);
        return { operations: daemon, drain: nothing, close: nothing, hasDaemon: true };
      }
      const opened = await openOperations(this.engineRequest(resolutions, 'warn'));
      if (opened.ok) return { ...opened.value, hasDaemon: false };
      if (!opened.failure.isHeld || now() >= until)
        throw new CommandFailure('failed', opened.failure.message);
      await sleep(LOOK_MS);
    }
  }

  async #findDaemon({ data_dir: dataDir }: Resolutions): Promise<Operations | null> {
    if (!dataDir.ok) throw new CommandFailure('usage', dataDir.problem);
    const daemon = await this.context.connectDaemon(String(dataDir.value));
    if (!daemon.ok) throw new CommandFailure('unreachable', daemon.failure);
    return daemon.value;
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

  /** Says what went wrong. A stack trace is for --debug. */
  report(error: unknown): void {
    const { reason, message, advice, stack } = errorReport(error, redactor(this.#secrets));
    this.exit = reason;
    if (this.#options.json === true) this.#print({ reason, message, advice });
    const isStackShown = this.#options.debug === true;
    const parts = [message, advice, isStackShown ? stack : null].filter((part) => part !== null);
    this.context.err(`${parts.join('\n')}\n`);
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
