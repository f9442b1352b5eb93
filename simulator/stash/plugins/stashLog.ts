export type LogLevel = 'trace' | 'debug' | 'info' | 'progress' | 'warning' | 'error';

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

const LEVELS: Readonly<Record<string, LogLevel>> = {
  t: 'trace',
  d: 'debug',
  i: 'info',
  p: 'progress',
  w: 'warning',
  e: 'error',
};

/**
 * A line of a plugin's stderr: `\x01` level `\x02` text, or a line at the plugin's own level (stash reference
 * §2.3). Null when it is not to be shown.
 */
export function readPluginLine(line: string, errLog: LogLevel | 'none' = 'error'): LogLine | null {
  const [, level, text] = /^\u0001([tdipwe])\u0002(.+)$/s.exec(line) ?? [];
  if (level !== undefined && text !== undefined)
    return { level: LEVELS[level] ?? 'error', text: text.trim() };
  return line === '' || errLog === 'none' ? null : { level: errLog, text: line };
}
