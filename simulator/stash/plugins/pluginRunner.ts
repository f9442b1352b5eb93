import { goJson, inKeyOrder } from '../goJson.ts';
import type { RequestLog } from '../http/requestLog.ts';
import type { Session, Sessions } from '../http/sessions.ts';
import type { Plugin, PluginOperation } from './plugin.ts';
import { commandOf, type PluginPlace } from './pluginCommand.ts';
import { type PluginOutput, readPluginOutput } from './pluginOutput.ts';
import { type PluginEnd, runPlugin } from './pluginProcess.ts';
import { readPluginLine } from './stashLog.ts';

/** Who is behind a run, and whether they are still there. */
export interface Caller {
  readonly session: Session;
  readonly signal: AbortSignal;
}

export interface PluginCall {
  readonly plugin: Plugin;
  /** The task or hook that is run; null for a plain operation. */
  readonly operation: PluginOperation | null;
  readonly args: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly lost?: AbortSignal;
  /** Tasks alone have somebody to tell. */
  onProgress?(progress: number): void;
}

export interface PluginRunEnd extends PluginEnd, PluginOutput {
  readonly ms: number;
}

/** Where Stash says that it can be reached: what it was told to bind to. */
export interface StashAddress {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

interface PluginRunnerParts {
  readonly place: PluginPlace;
  readonly sessions: Sessions;
  readonly log: RequestLog;
  address(): StashAddress;
}

/** Runs a plugin with what Stash tells it on stdin (stash reference §2.1), to the byte as recorded. */
export class PluginRunner {
  readonly #parts: PluginRunnerParts;

  constructor(parts: PluginRunnerParts) {
    this.#parts = parts;
  }

  /** Throws when it cannot be started. */
  async run(call: PluginCall): Promise<PluginRunEnd> {
    const { place, log } = this.#parts;
    const { plugin, operation, caller } = call;
    const startedAt = performance.now();
    const end = await runPlugin({
      command: commandOf(plugin, { operation, place }),
      stdin: this.#document(call),
      place,
      signal: caller.signal,
      ...(call.lost !== undefined && { lost: call.lost }),
      onLogLine: (text) => {
        const line = readPluginLine(text, plugin.errLog);
        if (line?.level === 'progress') this.#progress(line.text, call);
        else if (line !== null) log.addLine(line);
      },
    });
    return { ...end, ...readPluginOutput(end), ms: performance.now() - startedAt };
  }

  #progress(text: string, call: PluginCall): void {
    const progress = Number(text);
    if (Number.isNaN(progress)) {
      const parsing = `strconv.ParseFloat: parsing "${text}": invalid syntax`;
      this.#parts.log.addLine({ level: 'error', text: `Error parsing progress value '${text}': ${parsing}` });
    } else call.onProgress?.(progress);
  }

  #document({ plugin, operation, args, caller }: PluginCall): string {
    const { sessions, place } = this.#parts;
    const { scheme, host, port } = this.#parts.address();
    return goJson({
      server_connection: {
        Scheme: scheme,
        Host: host,
        Port: port,
        SessionCookie: { Name: 'session', Value: sessions.print(caller.session), ...COOKIE_REST },
        Dir: place.configDir,
        PluginDir: plugin.pluginDir,
      },
      args: inKeyOrder({ ...operation?.defaultArgs, ...args }),
    });
  }
}

/** The cookie does not say when it ends; its value does, to Stash. */
export const COOKIE_REST = {
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
