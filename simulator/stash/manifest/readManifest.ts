import type { Plugin, PluginHook, PluginOperation, PluginSetting } from '../plugins/plugin.ts';
import type { LogLevel } from '../plugins/stashLog.ts';
import { fields, listOf, mapOf, readYaml, text } from './yamlShape.ts';

const OPERATION = { name: text, description: text, execArgs: listOf(text), defaultArgs: mapOf(text) };
const readTask = fields(OPERATION);
const readHook = fields({ ...OPERATION, triggeredBy: listOf(text) });
const readSetting = fields({ type: text, displayName: text, description: text });

/** Every key that Stash 0.27 and later know (stash reference §1.2). */
const readKeys = fields({
  name: text,
  description: text,
  url: text,
  version: text,
  interface: text,
  exec: listOf(text),
  errLog: text,
  tasks: listOf(readTask),
  hooks: listOf(readHook),
  ui: fields({
    requires: listOf(text),
    csp: fields({
      'script-src': listOf(text),
      'style-src': listOf(text),
      'connect-src': listOf(text),
    }),
    javascript: listOf(text),
    css: listOf(text),
    assets: mapOf(text),
  }),
  settings: mapOf(readSetting),
});

const INTERFACES = ['raw', 'rpc', 'js'];
const SETTING_TYPES = ['STRING', 'NUMBER', 'BOOLEAN'] as const;
const LEVELS: readonly string[] = ['trace', 'debug', 'info', 'progress', 'warning', 'error', 'none'];

/** The plugin that a manifest describes; throws what Stash would write into its log (stash reference §1.1). */
export function readManifest(yaml: string, { id, pluginDir }: { id: string; pluginDir: string }): Plugin {
  const keys = readYaml(yaml, readKeys);
  const kind = keys.interface || 'raw';
  if (!INTERFACES.includes(kind)) throw new Error(`invalid interface type ${kind}`);
  const level = keys.errLog ?? '';
  return {
    id,
    pluginDir,
    ...(keys.name !== null && { name: keys.name }),
    ...(keys.description !== null && { description: keys.description }),
    ...(keys.url !== null && { url: keys.url }),
    ...(keys.version !== null && { version: keys.version }),
    // The others are not programs that Stash starts; they are listed here, and do nothing.
    ...(kind === 'raw' && { exec: keys.exec.map(wordOf) }),
    ...(LEVELS.includes(level) && { errLog: level as LogLevel | 'none' }),
    hooks: kind === 'raw' ? keys.hooks.map(hookOf) : [],
    tasks: keys.tasks.map(operationOf),
    settings: [...keys.settings].map(settingOf).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    requires: keys.ui.requires.map(wordOf),
  };
}

const wordOf = (word: string | null): string => word ?? '';

function operationOf(keys: ReturnType<typeof readTask>): PluginOperation {
  return {
    name: wordOf(keys.name),
    description: wordOf(keys.description),
    execArgs: keys.execArgs.map(wordOf),
    defaultArgs: Object.fromEntries([...keys.defaultArgs].map(([key, value]) => [key, wordOf(value)])),
  };
}

/** A trigger that does not exist is fine, and never comes. */
function hookOf(keys: ReturnType<typeof readHook>): PluginHook {
  return { ...operationOf(keys), triggeredBy: keys.triggeredBy.map(wordOf) };
}

function settingOf([name, keys]: readonly [string, ReturnType<typeof readSetting>]): PluginSetting {
  const type = SETTING_TYPES.find((each) => each === (keys.type || 'STRING'));
  if (type === undefined) throw new Error(`invalid type ${name} for setting ${keys.type}`);
  return { name, type, displayName: wordOf(keys.displayName), description: wordOf(keys.description) };
}
