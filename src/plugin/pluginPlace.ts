import { resolve } from 'node:path';
import { dataBeside } from '../engine/dataBeside.ts';

/** Where the plugin's daemon lives, as hook.sh tells it through the environment. */
export interface PluginPlace {
  readonly inboxDir: string;
  /** `plexsync/` in Stash's configuration folder, unless PLEXSYNC_DATA_DIR names another. */
  readonly dataDir: string;
  /** The event or request that made hook.sh start us; null when it was not kept. */
  readonly storedInput: string | null;
  /** The file that this process runs: an update replaces it. */
  readonly bundle: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Null when it was not hook.sh that started the process. */
export function pluginPlace(environment: Environment, bundle: string): PluginPlace | null {
  const inbox = environment['PLEXSYNC_INBOX_DIR'] ?? '';
  if (inbox === '') return null;
  const inboxDir = resolve(inbox);
  const stored = environment['PLEXSYNC_STORED_EVENT'] ?? '';
  const given = environment['PLEXSYNC_DATA_DIR'] ?? '';
  return {
    inboxDir,
    dataDir: given === '' ? dataBeside(inboxDir) : resolve(given),
    storedInput: stored === '' ? null : stored,
    bundle,
  };
}
