import { createLogger, type Logger } from '../../src/log/logger.ts';

export interface CollectedLog {
  readonly logger: Logger;
  /** As printed, one JSON object a line. */
  readonly lines: readonly string[];
}

/** Everything that would be logged, kept for a test to look at. */
export function collectLog(secrets: readonly string[], hidesPaths = false): CollectedLog {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  return { lines, logger: createLogger({ level: 'trace', secrets, hidesPaths, isTerminal: false, write }) };
}
