import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { startNode } from '../processes/childProcess.ts';
import { MAIN } from '../processes/mainScript.ts';
import { PLEX_TOKEN } from '../processes/secrets.ts';
import { openPluginWorld, type PluginWorld } from './pluginWorld.ts';

export interface Sidecar {
  readonly world: PluginWorld;
  readonly dataDir: string;
  readonly inboxDir: string;
  /** What the service has logged. */
  logged(): string;
}

/** Stash without Node, and the service beside it with the inbox in a folder that both see. */
export async function openSidecar(user?: { readonly uid: number; readonly gid: number }): Promise<Sidecar> {
  const shared = path.join('/tmp', `plexsync-shared-${process.pid}-${Date.now()}`);
  const dataDir = path.join(shared, 'data');
  const inboxDir = path.join(shared, 'events');
  mkdirSync(shared);
  // As the volume in deploy/compose.yaml: whoever comes first makes the folder in it.
  chmodSync(shared, 0o1777);
  onTestFinished(() => void spawnSync('rm', ['-rf', shared]));
  const world = await openPluginWorld({
    env: { PLEXSYNC_INBOX_DIR: inboxDir, PLEXSYNC_NODE: '', PATH: '/usr/bin:/bin' },
  });
  const daemon = startNode([MAIN, 'serve'], {
    cwd: shared,
    env: {
      PLEXSYNC_PLEX_URL: world.plex.url,
      PLEXSYNC_PLEX_TOKEN: PLEX_TOKEN,
      PLEXSYNC_STASH_URL: world.stash.url,
      PLEXSYNC_DATA_DIR: dataDir,
      PLEXSYNC_INBOX_DIR: inboxDir,
      PLEXSYNC_POLL_INTERVAL: '3600',
      PLEXSYNC_FIRST_SYNC: 'run',
    },
    ...(user === undefined ? {} : { user }),
  });
  await daemon.hasSaid('"PlexSync runs"');
  return { world, dataDir, inboxDir, logged: () => daemon.stderr };
}
