import type { PluginEnd } from './pluginProcess.ts';

export interface PluginOutput {
  /** Not null is an error, even when it says nothing. */
  readonly error: string | null;
  readonly output: unknown;
}

/** What a plugin answered: an object with `error` and `output`, or its stdout as it stands (stash reference §2.2). */
export function readPluginOutput(end: PluginEnd): PluginOutput {
  const { error, output } = readStdout(end.stdout);
  return { error: error ?? problemOf(end), output };
}

function readStdout(stdout: string): PluginOutput {
  const value = parse(stdout);
  if (value === undefined || (value !== null && (typeof value !== 'object' || Array.isArray(value))))
    return { error: null, output: stdout };
  const fields = Object.entries(value ?? {});
  // Go takes a key in whatever case.
  const field = (name: string): unknown =>
    fields.findLast(([key]) => key.toLowerCase() === name)?.[1] ?? null;
  const error = field('error');
  if (error !== null && typeof error !== 'string') return { error: '', output: stdout };
  return { error, output: field('output') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const SIGNAL_WORDS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGPIPE: 'broken pipe',
};

function problemOf({ exitCode, endedBy }: PluginEnd): string | null {
  if (endedBy !== null) return `signal: ${SIGNAL_WORDS[endedBy] ?? endedBy}`;
  return exitCode === null || exitCode === 0 ? null : `exit status ${exitCode}`;
}
