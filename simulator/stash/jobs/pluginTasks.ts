import { inKeyOrder, mapsInKeyOrder } from '../goJson.ts';
import type { RequestLog } from '../http/requestLog.ts';
import type { Session } from '../http/sessions.ts';
import { nameOf, type Plugin, type PluginOperation } from '../plugins/plugin.ts';
import type { PluginRunEnd, PluginRunner } from '../plugins/pluginRunner.ts';
import type { Plugins } from '../plugins/plugins.ts';
import type { JobQueue, JobRun } from './jobQueue.ts';

export interface TaskRequest {
  readonly pluginId: string;
  /** Without a name the plugin is run with the arguments alone. */
  readonly taskName: string | null;
  readonly description: string | null;
  readonly args: Readonly<Record<string, unknown>>;
}

interface PluginTasksParts {
  readonly plugins: Plugins;
  readonly runner: PluginRunner;
  readonly jobs: JobQueue;
  readonly log: RequestLog;
}

/** Runs tasks as jobs. Only what keeps one from starting makes its job fail (stash reference §2.2, §3.5). */
export class PluginTasks {
  readonly #parts: PluginTasksParts;

  constructor(parts: PluginTasksParts) {
    this.#parts = parts;
  }

  /** The id of the job, which outlives the request. */
  queue(request: TaskRequest, session: Session): number {
    const label = request.description ?? request.taskName ?? request.pluginId;
    return this.#parts.jobs.add(`Running plugin task: ${label}`, (job) =>
      this.#run(request, { session, job }),
    );
  }

  async #run(request: TaskRequest, { session, job }: { session: Session; job: JobRun }): Promise<void> {
    const { log } = this.#parts;
    const { plugin, task } = this.#resolve(request);
    const args = mapsInKeyOrder(request.args) as TaskRequest['args'];
    const end = await this.#start({ plugin, task, args }, { session, job });
    const sent = inKeyOrder({ ...task?.defaultArgs, ...args });
    log.addTask({ plugin: plugin.id, task: request.taskName, jobId: job.jobId, args: sent, ...end });
    if (end.error !== null) log.addLine({ level: 'error', text: `Plugin returned error: ${end.error}` });
  }

  #resolve({ pluginId, taskName }: TaskRequest): { plugin: Plugin; task: PluginOperation | null } {
    const { plugins } = this.#parts;
    const refuse = (why: string): Error => new Error(`Error creating plugin task: ${why}`);
    if (!plugins.isEnabled(pluginId)) throw refuse(`plugin ${pluginId} is disabled`);
    const plugin = plugins.find(pluginId);
    if (plugin === null) throw refuse(`no plugin with ID ${pluginId}`);
    if (taskName === null) return { plugin, task: null };
    const task = plugin.tasks?.find(({ name }) => name === taskName);
    if (task === undefined) throw refuse(`no task with name ${taskName} in plugin ${nameOf(plugin)}`);
    return { plugin, task };
  }

  async #start(
    { plugin, task, args }: { plugin: Plugin; task: PluginOperation | null; args: TaskRequest['args'] },
    { session, job }: { session: Session; job: JobRun },
  ): Promise<PluginRunEnd> {
    try {
      return await this.#parts.runner.run({
        plugin,
        operation: task,
        args,
        caller: { session, signal: job.signal },
        lost: job.lost,
        onProgress: job.report,
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`Error running plugin task: ${why}`, { cause: error });
    }
  }
}
