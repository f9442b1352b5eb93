import { mapsInKeyOrder } from '../goJson.ts';
import type { RequestLog } from '../http/requestLog.ts';
import type { Caller, PluginRunner } from './pluginRunner.ts';
import type { Plugins } from './plugins.ts';

export interface OperationRequest {
  readonly pluginId: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface PluginOperationsParts {
  readonly plugins: Plugins;
  readonly runner: PluginRunner;
  readonly log: RequestLog;
}

/** What Go says of a plugin that is not there: nobody looks before using it (stash reference §3.1). */
const PANIC =
  'Internal system error. Error <runtime error: invalid memory address or nil pointer dereference>';

/** Runs a plugin at once, beside the job queue, and answers what it answered (stash reference §3.5). */
export class PluginOperations {
  readonly #parts: PluginOperationsParts;

  constructor(parts: PluginOperationsParts) {
    this.#parts = parts;
  }

  async run({ pluginId, args }: OperationRequest, caller: Caller): Promise<unknown> {
    const { plugins, runner, log } = this.#parts;
    if (!plugins.isEnabled(pluginId)) throw new Error(`plugin ${pluginId} is disabled`);
    const plugin = plugins.find(pluginId);
    if (plugin === null) throw new Error(PANIC);
    const sent = mapsInKeyOrder(args) as OperationRequest['args'];
    const end = await runner.run({ plugin, operation: null, args: sent, caller });
    log.addOperation({ plugin: pluginId, args: sent, ...end });
    if (caller.signal.aborted) throw new Error('operation cancelled');
    if (end.error !== null) throw new Error(end.error);
    return end.output;
  }
}
