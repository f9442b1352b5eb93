import { goJson } from '../goJson.ts';
import type { RequestLog } from '../http/requestLog.ts';
import type { Session, Sessions } from '../http/sessions.ts';
import { type PluginEnd, runPlugin } from './pluginProcess.ts';
import { readPluginLine } from './stashLog.ts';

export interface Plugin {
  readonly id: string;
  /** `{pluginDir}` is replaced, but not in the program's own place. */
  readonly exec: readonly [string, ...string[]];
  readonly pluginDir: string;
  /** All but `Movie.*` when absent: those say the same as `Group.*`. */
  readonly triggers?: readonly string[];
}

export interface HookEvent {
  readonly id: number;
  readonly type: string;
  readonly input: unknown;
  readonly inputFields?: readonly string[];
}

export interface Caller {
  readonly session: Session;
  readonly signal: AbortSignal;
}

interface PluginHooksParts {
  readonly plugins: readonly Plugin[];
  /** Stash's configuration folder; plugins start in it. */
  readonly configDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly sessions: Sessions;
  readonly log: RequestLog;
  port(): number;
}

/** A hook that leads to itself is cut off here, as long as it uses the cookie it was given. */
const MOST_NESTED = 10;

/** Runs every plugin that listens, one after the other; the mutation waits (stash reference §2.5). */
export class PluginHooks {
  readonly #parts: PluginHooksParts;

  constructor(parts: PluginHooksParts) {
    this.#parts = parts;
  }

  async fire(event: HookEvent, caller: Caller): Promise<void> {
    for (const plugin of this.#parts.plugins) {
      if (!listens(plugin, event.type)) continue;
      const visit = `${plugin.id} ${event.type}`;
      const visits = caller.session.visited.filter((each) => each === visit).length;
      if (visits >= MOST_NESTED) continue;
      if (caller.signal.aborted) return;
      const session = { ...caller.session, visited: [...caller.session.visited, visit] };
      try {
        await this.#run(plugin, { event, caller: { ...caller, session } });
      } catch (error) {
        // The rest of the chain is not run: one broken plugin silences those after it.
        this.#parts.log.addLine({ level: 'error', text: `error executing post hooks: ${String(error)}` });
        return;
      }
    }
  }

  async #run(plugin: Plugin, { event, caller }: { event: HookEvent; caller: Caller }): Promise<void> {
    const { log, configDir, env } = this.#parts;
    const startedAt = performance.now();
    const end = await runPlugin({
      command: commandOf(plugin),
      stdin: this.#document(plugin, { event, session: caller.session }),
      cwd: configDir,
      env,
      signal: caller.signal,
      onLogLine: (line) => log.addLine(readPluginLine(line)),
    });
    log.addHook({
      plugin: plugin.id,
      type: event.type,
      id: event.id,
      ms: performance.now() - startedAt,
      ...end,
    });
    const problem = problemOf(end);
    if (problem !== null)
      log.addLine({ level: 'error', text: `${event.type} [${plugin.id}]: returned error: ${problem}` });
  }

  /** What a plugin reads on stdin (stash reference §2.1), to the byte as recorded. */
  #document(plugin: Plugin, { event, session }: { event: HookEvent; session: Session }): string {
    const { sessions, configDir } = this.#parts;
    const { id, type, input, inputFields } = event;
    return goJson({
      server_connection: {
        Scheme: 'http',
        Host: '127.0.0.1',
        Port: this.#parts.port(),
        SessionCookie: { Name: 'session', Value: sessions.print(session), ...COOKIE_REST },
        Dir: configDir,
        PluginDir: plugin.pluginDir,
      },
      args: { hookContext: { id, type, input, ...(inputFields && { inputFields }) } },
    });
  }
}

const COOKIE_REST = {
  Quoted: false,
  Path: '',
  Domain: '',
  Expires: '0001-01-01T00:00:00Z',
  RawExpires: '',
  MaxAge: 0,
  Secure: false,
  HttpOnly: false,
  SameSite: 0,
  Partitioned: false,
  Raw: '',
  Unparsed: null,
};

function listens({ triggers }: Plugin, type: string): boolean {
  return triggers === undefined ? !type.startsWith('Movie.') : triggers.includes(type);
}

function commandOf({ exec, pluginDir }: Plugin): readonly [string, ...string[]] {
  const [program, ...args] = exec;
  return [program, ...args.map((arg) => arg.replaceAll('{pluginDir}', pluginDir))];
}

/** The `error` a plugin answered, or its exit code (stash reference §2.2). */
function problemOf({ exitCode, wasKilled, stdout }: PluginEnd): string | null {
  const { error } = readOutput(stdout);
  if (typeof error === 'string') return error;
  if (wasKilled) return 'operation cancelled';
  return exitCode === 0 ? null : `exit status ${exitCode}`;
}

function readOutput(stdout: string): { readonly error?: unknown } {
  try {
    const output: unknown = JSON.parse(stdout);
    return typeof output === 'object' && output !== null ? output : {};
  } catch {
    return {};
  }
}
