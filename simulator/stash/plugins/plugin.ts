import type { LogLevel } from './stashLog.ts';

/** What a task or a hook adds to the plugin's own command. */
export interface PluginOperation {
  readonly name: string;
  readonly description?: string;
  /** Appended to `exec`. */
  readonly execArgs?: readonly string[];
  /** For those that the caller does not give. */
  readonly defaultArgs?: Readonly<Record<string, string>>;
}

export interface PluginHook extends PluginOperation {
  /** Named twice, it runs twice. */
  readonly triggeredBy: readonly string[];
}

export interface PluginSetting {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly type: 'STRING' | 'NUMBER' | 'BOOLEAN';
}

/** What Stash knows of a plugin: the content of its manifest (stash reference §1.2) and where that lies. */
export interface Plugin {
  readonly id: string;
  /** The id when absent. */
  readonly name?: string;
  readonly description?: string;
  readonly url?: string;
  readonly version?: string;
  readonly pluginDir: string;
  /** `{pluginDir}` is replaced, but not in the program's own place. Absent for one that can only be listed. */
  readonly exec?: readonly string[];
  /** The level of what it writes to stderr without one. */
  readonly errLog?: LogLevel | 'none';
  /** When absent, a plugin that can be run is run for all but `Movie.*`: those say the same as `Group.*`. */
  readonly hooks?: readonly PluginHook[];
  readonly tasks?: readonly PluginOperation[];
  readonly settings?: readonly PluginSetting[];
  /** Other plugins that its pages need. */
  readonly requires?: readonly string[];
}

export const nameOf = ({ id, name }: Plugin): string => name || id;

/** The hooks to run for a trigger, each as often as it names it. */
export function hooksFor({ exec, hooks }: Plugin, trigger: string): readonly PluginOperation[] {
  if (hooks !== undefined)
    return hooks.flatMap((hook) => hook.triggeredBy.filter((each) => each === trigger).map(() => hook));
  return exec === undefined || trigger.startsWith('Movie.') ? [] : [{ name: trigger }];
}
