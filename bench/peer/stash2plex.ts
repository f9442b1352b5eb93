import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { mutateStash } from '../suite/editStash.ts';
import type { Simulators } from '../suite/simulators.ts';
import { PLEX_TOKEN } from '../suite/world.ts';
import type { Peer } from './findPeer.ts';
import { type PluginRun, runPlugin } from './runPlugin.ts';
import { type StashArgs, stashStdin } from './stashStdin.ts';

/** What its hook does with a scene, for many in one process: a hook takes half a second. */
const ENQUEUE = `
import sys
from sync_queue.manager import QueueManager
queue = QueueManager(sys.argv[1])
for scene in sys.argv[2].split(','):
    queue.try_enqueue(int(scene), 'metadata', {'identified': True, 'updated_at': None}, dedup_recently_completed=False)
queue.shutdown()
`;

/** Its sleep between two jobs, which no setting of its page turns off. */
export const NO_DELAY = { STASH2PLEX_BATCH_JOB_DELAY_SECS: '0' } as const;
/** A hook starts no process that works the queue off, so that nothing runs beside what is measured. */
const NO_DRAIN = { STASH2PLEX_HOOK_AUTODRAIN: '0' } as const;

export type PeerMode = 'all' | 'process_queue' | 'reconcile_all';

/** Stash2Plex beside simulated servers: a process for each hook and task, and files between them. */
export class Stash2Plex {
  readonly #peer: Peer;
  readonly #servers: Simulators;
  readonly #data: string;

  constructor(peer: Peer, about: { readonly servers: Simulators; readonly folder: string }) {
    this.#peer = peer;
    this.#servers = about.servers;
    this.#data = path.join(about.folder, 'stash2plex');
    mkdirSync(this.#data, { recursive: true });
  }

  /** Covers are left alone on both sides: the made-up library has none. */
  async configure(): Promise<void> {
    const input = [
      `plex_url: "${this.#servers.plex.url}"`,
      `plex_token: "${PLEX_TOKEN}"`,
      'plex_library: "Movies"',
      'enabled: true, sync_poster: false, sync_background: false',
    ];
    const mutation = `configurePlugin(plugin_id: "Stash2Plex", input: { ${input.join(', ')} })`;
    await mutateStash(this.#servers.stash, mutation);
  }

  hook(args: StashArgs): Promise<PluginRun> {
    return this.#run(args, NO_DRAIN);
  }

  task(
    mode: PeerMode,
    options: { readonly env?: NodeJS.ProcessEnv; readonly until?: RegExp } = {},
  ): Promise<PluginRun> {
    return this.#run({ mode }, options.env ?? {}, options.until);
  }

  async enqueue(scenes: readonly number[]): Promise<void> {
    const { python, folder } = this.#peer;
    await runPlugin({
      command: [python, '-c', ENQUEUE, this.#data, scenes.join()],
      stdin: '',
      cwd: this.#data,
      env: { ...process.env, PYTHONPATH: folder },
    });
  }

  /** What it remembers of Plex. */
  forgetCaches(): void {
    rmSync(path.join(this.#data, 'cache'), { recursive: true, force: true });
  }

  #run(args: StashArgs, env: NodeJS.ProcessEnv, until?: RegExp): Promise<PluginRun> {
    const { python, folder } = this.#peer;
    return runPlugin({
      command: [python, path.join(folder, 'Stash2Plex.py')],
      stdin: stashStdin(this.#servers.stash.url, args),
      cwd: this.#data,
      env: { ...process.env, STASH_PLUGIN_DATA: this.#data, ...env },
      ...(until === undefined ? {} : { until }),
    });
  }
}
