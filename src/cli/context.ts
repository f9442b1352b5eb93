import type { Finding } from '../core/doctor/finding.ts';
import type { Answers } from '../core/firstRun/withAnswers.ts';
import type { Result } from '../core/result.ts';
import type { Resolutions } from '../core/settings/resolve.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Forgotten } from '../engine/forget.ts';
import type { OpenRefusal } from '../engine/openEngine.ts';
import type { Operations } from '../engine/operations.ts';
import type { LoggerOptions } from '../log/logger.ts';

/** What commands need of the world. main.ts brings the real one, tests bring theirs. */
export interface CliContext {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Where the daemon's settings are, in a sentence, when no command can read them: in Stash. */
  readonly settingsElsewhere?: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Columns of the terminal; null when the output goes to a file or a pipe. */
  readonly width: number | null;
  /** Puts a question that is answered with yes or no; null where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
  readonly hasColours: boolean;
  /** Whether people read the log. */
  readonly isLogOnTerminal: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The daemon of a data directory; null when none runs. Fails when one runs that cannot be used. */
  readonly connectDaemon: (dataDir: string) => Promise<Result<Operations | null, string>>;
  /** Takes the data directory and answers in this process. */
  readonly openOperations: (request: EngineRequest) => Promise<Result<OpenOperations, OpenRefusal>>;
  /** Rewrites the one line at the bottom of a terminal, empty: takes it away; null when nobody looks at one. */
  readonly bottomLine: ((text: string) => void) | null;
  /** What to do with an error that nothing caught; then the process ends. */
  readonly onUncaught: (report: (error: unknown) => void) => void;
  /** What the doctor can tell when nothing can be opened, and `why` it cannot. */
  readonly examineClosed: (request: {
    readonly dataDir: string;
    readonly why: string;
    readonly hidesPaths: boolean;
  }) => Promise<readonly Finding[]>;
  /** Erases what is stored, or only looks. */
  readonly forget: (request: {
    readonly dataDir: string;
    readonly inboxDir: string;
    readonly isMeant: boolean;
  }) => Promise<Result<Forgotten, string>>;
  /** Runs the daemon to its end. */
  readonly runService: (source: ServiceSource) => Promise<Result<void, string>>;
}

export interface EngineRequest {
  readonly settings: Settings;
  readonly log: LoggerOptions;
  readonly version: string;
  /** What is missing or wrong among the settings, for whoever goes on all the same. */
  readonly problems?: readonly string[];
}

export interface ServiceRequest extends EngineRequest {
  /** Nothing is wrong but that required settings were never given. */
  readonly isNotSetUp: boolean;
}

/** What a service asks of the command line: settings may change while it runs. */
export interface ServiceSource {
  readonly settingsFile: string;
  serviceRequest(): Promise<ServiceRequest>;
  settingsWith(answers: Answers): Promise<Result<Resolutions, string>>;
}

export interface OpenOperations {
  readonly operations: Operations;
  /** Works off what is due. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
