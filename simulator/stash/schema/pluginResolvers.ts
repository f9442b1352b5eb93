import { GraphQLError } from 'graphql';
import type { Job } from '../jobs/jobQueue.ts';
import { printServerTime } from '../model/serverTime.ts';
import {
  nameOf,
  type Plugin,
  type PluginHook,
  type PluginOperation,
  type PluginSetting,
} from '../plugins/plugin.ts';
import type { Call, Resolvers } from './resolver.ts';

type GoMap = Readonly<Record<string, unknown>>;

/** Go tells nothing from an empty list here. */
const listed = <Each>(list: readonly Each[] | undefined): readonly Each[] | null =>
  list === undefined || list.length === 0 ? null : list;

const pluginFields = {
  id: ({ id }: Plugin) => id,
  name: nameOf,
  description: ({ description }: Plugin) => description ?? null,
  url: ({ url }: Plugin) => url ?? null,
  version: ({ version }: Plugin) => version ?? null,
  enabled: ({ id }: Plugin, _: unknown, { plugins }: Call) => plugins.isEnabled(id),
  tasks: ({ tasks }: Plugin) => listed(tasks),
  hooks: ({ hooks }: Plugin) => listed(hooks),
  settings: ({ settings }: Plugin) => settings ?? [],
  requires: ({ requires }: Plugin) => listed(requires),
};

const operationFields = {
  name: ({ name }: PluginOperation) => name,
  description: ({ description }: PluginOperation) => description ?? '',
};

const settingFields = {
  name: ({ name }: PluginSetting) => name,
  display_name: ({ displayName }: PluginSetting) => displayName,
  description: ({ description }: PluginSetting) => description,
  type: ({ type }: PluginSetting) => type,
};

const time = (at: number | null, { switches }: Call): string | null =>
  at === null ? null : printServerTime(at, switches.zone);

const jobFields = {
  id: ({ id }: Job) => id,
  status: ({ status }: Job) => status,
  subTasks: () => null,
  description: ({ description }: Job) => description,
  progress: ({ progress }: Job) => progress,
  startTime: ({ startedAt }: Job, _: unknown, call: Call) => time(startedAt, call),
  endTime: ({ endedAt }: Job, _: unknown, call: Call) => time(endedAt, call),
  addTime: ({ addedAt }: Job, _: unknown, call: Call) => time(addedAt, call),
  error: ({ error }: Job) => error,
};

export const pluginFieldResolvers: Readonly<Record<string, Resolvers>> = {
  Plugin: pluginFields,
  PluginTask: operationFields,
  PluginHook: { ...operationFields, hooks: ({ triggeredBy }: PluginHook) => listed(triggeredBy) },
  PluginSetting: settingFields,
  Job: jobFields,
};

export const pluginQueries: Resolvers = {
  plugins: (_: unknown, __: unknown, { plugins }: Call) => listed(plugins.all()),
  jobQueue: (_: unknown, __: unknown, { jobs }: Call) => listed(jobs.queue()),
  findJob: (_: unknown, { input }: { readonly input: { readonly id: string } }, { jobs }: Call) =>
    jobs.find(numberOf(input.id)),
};

interface TaskArguments {
  readonly plugin_id: string;
  readonly task_name?: string | null;
  readonly description?: string | null;
  readonly args_map?: unknown;
}

export const pluginMutations: Resolvers = {
  configurePlugin: (
    _: unknown,
    { plugin_id, input }: { readonly plugin_id: string; readonly input: unknown },
    { plugins }: Call,
  ) => {
    plugins.settings.write(plugin_id, mapOf(input, 'configurePlugin.input'));
    return plugins.settings.read(plugin_id);
  },
  setPluginsEnabled: (_: unknown, { enabledMap }: { readonly enabledMap: unknown }, { plugins }: Call) => {
    const isBoolean = (entry: [string, unknown]): entry is [string, boolean] => typeof entry[1] === 'boolean';
    plugins.setEnabled(
      Object.fromEntries(Object.entries(mapOf(enabledMap, 'setPluginsEnabled.enabledMap')).filter(isBoolean)),
    );
    return true;
  },
  runPluginTask: (_: unknown, given: TaskArguments, call: Call) =>
    call.queueTask({
      pluginId: given.plugin_id,
      taskName: given.task_name ?? null,
      description: given.description ?? null,
      args: mapOf(given.args_map ?? {}, 'runPluginTask.args_map'),
    }),
  runPluginOperation: (
    _: unknown,
    { plugin_id, args }: { readonly plugin_id: string; readonly args?: unknown },
    call: Call,
  ) => call.runOperation({ pluginId: plugin_id, args: mapOf(args ?? {}, 'runPluginOperation.args') }),
  reloadPlugins: (_: unknown, __: unknown, { plugins }: Call) => {
    plugins.reload();
    return true;
  },
  stopJob: (_: unknown, { job_id }: { readonly job_id: string }, { jobs }: Call) => {
    jobs.stop(numberOf(job_id, 'converting id: '));
    return true;
  },
  stopAllJobs: (_: unknown, __: unknown, { jobs }: Call) => {
    jobs.stopAll();
    return true;
  },
};

function mapOf(value: unknown, argument: string): GoMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GraphQLError(`${typeof value} is not a map`, { path: argument.split('.') });
  return { ...value };
}

function numberOf(id: string, context = ''): number {
  if (!/^[+-]?\d+$/.test(id))
    throw new Error(`${context}strconv.Atoi: parsing ${JSON.stringify(id)}: invalid syntax`);
  return Number(id);
}
