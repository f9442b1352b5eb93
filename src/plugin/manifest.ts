import { TASKS, type TaskName } from '../server/tasks.ts';
import { type ManifestSetting, manifestSettings } from './manifestSettings.ts';

/** What package.json says of this release. */
export interface Release {
  readonly version: string;
  readonly description: string;
  /** Where people read about it; null while it has no address. */
  readonly homepage: string | null;
}

/**
 * plexsync.yml. Stash refuses a manifest with a key that it does not know, so it has none that is newer than
 * Stash 0.27 (stash reference §1.1, §1.2).
 */
export interface PluginManifest {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly url?: string;
  readonly exec: readonly string[];
  readonly interface: 'raw';
  readonly errLog: 'info';
  readonly tasks: readonly Task[];
  readonly hooks: readonly Hook[];
  readonly settings: Readonly<Record<string, ManifestSetting>>;
  readonly ui: { readonly javascript: readonly string[]; readonly css: readonly string[] };
}

interface Runnable {
  readonly name: string;
  readonly description: string;
  /** Behind `exec`: how hook.sh tells hooks, tasks and operations apart without reading stdin. */
  readonly execArgs: readonly string[];
}

interface Task extends Runnable {
  readonly defaultArgs: { readonly task: TaskName };
}

interface Hook extends Runnable {
  readonly triggeredBy: readonly string[];
}

export const pluginManifest = ({ version, description, homepage }: Release): PluginManifest => ({
  name: 'PlexSync',
  description,
  version,
  ...(homepage === null ? {} : { url: homepage }),
  exec: ['sh', '{pluginDir}/hook.sh'],
  interface: 'raw',
  errLog: 'info',
  tasks: (Object.keys(TASKS) as readonly TaskName[]).map(manifestTask),
  // One entry with each trigger once: a trigger that is listed twice runs twice.
  hooks: [
    {
      name: 'changes',
      description: 'Tells PlexSync what was edited.',
      execArgs: ['hook'],
      triggeredBy: TRIGGERS,
    },
  ],
  settings: manifestSettings(),
  ui: { javascript: ['ui.js'], css: ['ui.css'] },
});

const manifestTask = (task: TaskName): Task => ({
  name: TASKS[task].name,
  description: TASKS[task].words,
  execArgs: ['task'],
  defaultArgs: { task },
});

/** A new performer, studio or tag is on no scene yet; the scene's own update tells when it is. */
const TRIGGERS = [
  'Scene.Create.Post',
  'Scene.Update.Post',
  'Scene.Destroy.Post',
  'Performer.Update.Post',
  'Performer.Destroy.Post',
  'Studio.Update.Post',
  'Studio.Destroy.Post',
  'Tag.Update.Post',
  'Tag.Destroy.Post',
  'Tag.Merge.Post',
] as const;
