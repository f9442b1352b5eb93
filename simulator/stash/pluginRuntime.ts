import { PluginHooks } from './hooks/pluginHooks.ts';
import type { RequestLog } from './http/requestLog.ts';
import type { Sessions } from './http/sessions.ts';
import { JobQueue } from './jobs/jobQueue.ts';
import { PluginTasks } from './jobs/pluginTasks.ts';
import type { Plugin } from './plugins/plugin.ts';
import type { PluginPlace } from './plugins/pluginCommand.ts';
import { PluginOperations } from './plugins/pluginOperations.ts';
import { PluginRunner, type StashAddress } from './plugins/pluginRunner.ts';
import { Plugins } from './plugins/plugins.ts';

interface PluginRuntimeParts {
  readonly given: readonly Plugin[];
  readonly folders: readonly string[];
  readonly place: PluginPlace;
  readonly sessions: Sessions;
  readonly log: RequestLog;
  now(): number;
  address(): StashAddress;
}

/** The plugins, and the three ways in which Stash runs them. */
export interface PluginRuntime {
  readonly plugins: Plugins;
  readonly hooks: PluginHooks;
  readonly jobs: JobQueue;
  readonly tasks: PluginTasks;
  readonly operations: PluginOperations;
}

export function makePluginRuntime(parts: PluginRuntimeParts): PluginRuntime {
  const { log, now } = parts;
  const plugins = new Plugins(parts);
  const runner = new PluginRunner(parts);
  const onFailure = (message: string): void =>
    log.addLine({ level: 'error', text: `task failed due to error: ${message}` });
  const jobs = new JobQueue({ now, onFailure });
  return {
    plugins,
    jobs,
    hooks: new PluginHooks({ plugins, runner, log }),
    tasks: new PluginTasks({ plugins, runner, jobs, log }),
    operations: new PluginOperations({ plugins, runner, log }),
  };
}
