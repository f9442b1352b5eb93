export interface LogLine {
  readonly level: 'trace' | 'debug' | 'info' | 'progress' | 'warning' | 'error';
  readonly text: string;
}

const LEVELS: Readonly<Record<string, LogLine['level']>> = {
  t: 'trace',
  d: 'debug',
  i: 'info',
  p: 'progress',
  w: 'warning',
  e: 'error',
};

/** A line of a plugin's stderr: `\x01` level `\x02` text, or an error as it stands (stash reference §2.3). */
export function readPluginLine(line: string): LogLine {
  const [, level, text] = /^\u0001([tdipwe])\u0002(.*)$/s.exec(line) ?? [];
  return { level: LEVELS[level ?? ''] ?? 'error', text: (text ?? line).trim() };
}
