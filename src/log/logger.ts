import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { visibleText } from '../core/visibleText.ts';
import { cleanFields, type LogFields } from './cleanFields.ts';
import { redactionOf } from './redaction.ts';

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** The message says it in words; what a program would search for goes into the fields. */
export interface Log {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

export interface Logger extends Readonly<Record<LogLevel, Log>> {
  /** A logger whose every line carries these fields, such as `job` and `scene`. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Values that must never be written, such as the Plex token. */
  readonly secrets: readonly string[];
  /** Whether paths become short hashes: the setting `obfuscate_paths`. */
  readonly hidesPaths: boolean;
  /** Lines for people instead of one JSON object a line. */
  readonly isTerminal: boolean;
  /** Takes a whole line with its line end. */
  readonly write: (line: string) => void;
  /** Takes each line as JSON, besides, however it is written. */
  readonly tee?: (line: string) => void;
}

/** Nothing a server, a title or a path says can put a secret, a second line or a terminal escape into the log. */
export function createLogger(options: LoggerOptions): Logger {
  const redact = redactionOf(options);
  const written = options.isTerminal ? forPeople(options.write) : options.write;
  const { tee } = options;
  const write =
    tee === undefined
      ? written
      : (line: string): void => {
          written(line);
          tee(line);
        };
  const sink = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return loggerOn(sink, {
    message: (text) => visibleText(redact.text(text)),
    fields: (fields) => cleanFields(keepOwnNames(fields), redact),
  });
}

type PinoLogger = Pick<pino.Logger, LogLevel | 'isLevelEnabled'> & {
  child(fields: LogFields): PinoLogger;
};

interface Cleaning {
  readonly message: (text: string) => string;
  readonly fields: (fields: LogFields) => LogFields;
}

function loggerOn(sink: PinoLogger, clean: Cleaning): Logger {
  const logAt = (level: LogLevel): Log => {
    return (...[first, message = '']: [string, never?] | [LogFields, string]) => {
      if (!sink.isLevelEnabled(level)) return;
      if (typeof first === 'string') sink[level](clean.message(first));
      else sink[level](clean.fields(first), clean.message(message));
    };
  };
  return {
    trace: logAt('trace'),
    debug: logAt('debug'),
    info: logAt('info'),
    warn: logAt('warn'),
    error: logAt('error'),
    child: (fields) => loggerOn(sink.child(clean.fields(fields)), clean),
  };
}

/** Names that the line itself uses: a field must not look like its level or its time. */
const LINE_NAMES: ReadonlySet<string> = new Set(['level', 'time', 'msg']);

const keepOwnNames = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [LINE_NAMES.has(name) ? `${name}_` : name, value]),
  );

/** pino-pretty as a function in this process: a worker thread would lose the last lines of a crash. */
function forPeople(write: (line: string) => void): (line: string) => void {
  const pretty = prettyFactory({
    colorize: false,
    singleLine: true,
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l',
  });
  return (line) => write(pretty(line));
}
