import type { RequestLog } from '../http/requestLog.ts';
import { hooksFor, nameOf, type Plugin, type PluginOperation } from '../plugins/plugin.ts';
import type { Caller, PluginRunner } from '../plugins/pluginRunner.ts';
import type { Plugins } from '../plugins/plugins.ts';

export interface HookEvent {
  readonly id: number;
  readonly type: string;
  readonly input: unknown;
  readonly inputFields?: readonly string[];
}

interface PluginHooksParts {
  readonly plugins: Plugins;
  readonly runner: PluginRunner;
  readonly log: RequestLog;
}

interface HookRun {
  readonly plugin: Plugin;
  readonly hook: PluginOperation;
  readonly event: HookEvent;
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
    for (const plugin of this.#parts.plugins.enabled()) {
      const visits = caller.session.visited.filter((each) => each === visitOf(plugin, event)).length;
      if (visits >= MOST_NESTED) continue;
      for (const hook of hooksFor(plugin, event.type)) {
        if (caller.signal.aborted) return;
        try {
          await this.#run({ plugin, hook, event }, caller);
        } catch (error) {
          // The rest of the chain is not run: one broken plugin silences those after it.
          const text = `error executing post hooks: ${error instanceof Error ? error.message : String(error)}`;
          this.#parts.log.addLine({ level: 'error', text });
          return;
        }
      }
    }
  }

  async #run({ plugin, hook, event }: HookRun, caller: Caller): Promise<void> {
    const { log, runner } = this.#parts;
    const { id, type, input, inputFields } = event;
    const visited = [...caller.session.visited, visitOf(plugin, event)];
    const end = await runner.run({
      plugin,
      operation: hook,
      args: { hookContext: { id, type, input, ...(inputFields && { inputFields }) } },
      caller: { signal: caller.signal, session: { ...caller.session, visited } },
    });
    log.addHook({ plugin: plugin.id, type, id, ...end });
    if (caller.signal.aborted) throw new Error('operation cancelled');
    if (end.error !== null)
      log.addLine({ level: 'error', text: `${type} [${nameOf(plugin)}]: returned error: ${end.error}` });
  }
}

const visitOf = (plugin: Plugin, event: HookEvent): string => `${plugin.id} ${event.type}`;
