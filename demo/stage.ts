import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readRelease } from '../scripts/readRelease.ts';
import { type PlexSimulator, startPlexSimulator } from '../simulator/plex/server.ts';
import { type SampleFile, sampleLibrary } from '../simulator/sampleLibrary.ts';
import { fillLibrary } from '../simulator/stash/model/fillLibrary.ts';
import { type StashSimulator, startStashSimulator } from '../simulator/stash/simulator.ts';
import { pluginManifest } from '../src/plugin/manifest.ts';

const SOURCES = path.resolve(import.meta.dirname, '..');
const TOKEN = 'demo-token';

/** Both simulators in this process; PlexSync and the hook as real processes, as a user has them. */
export interface Stage {
  readonly stash: StashSimulator;
  readonly plex: PlexSimulator;
  readonly samples: readonly SampleFile[];
  readonly token: string;
  startDaemon(): Promise<void>;
  /** SIGKILL: no goodbye. */
  killDaemon(): Promise<void>;
  /** The JSON that a command of `plexsync` prints. */
  plexsync(...args: string[]): Promise<unknown>;
  /** A mutation over HTTP, as Stash's own pages send it. */
  mutate(mutation: string): Promise<void>;
  close(): Promise<void>;
}

export async function setStage(files: number): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-demo-'));
  const inbox = path.join(folder, 'inbox');
  const samples = sampleLibrary(files);
  const stash = await startStashSimulator({
    env: { ...process.env, PLEXSYNC_INBOX_DIR: inbox },
    plugins: [
      {
        id: 'plexsync',
        exec: ['sh', '{pluginDir}/hook.sh'],
        pluginDir: path.join(SOURCES, 'src/plugin'),
        hooks: pluginManifest(await readRelease()).hooks,
      },
    ],
  });
  fillLibrary(stash.library, samples);
  const items = samples.map(({ plexPath, size, durationMs }) => ({
    files: [{ path: plexPath, size, durationMs }],
  }));
  const plex = await startPlexSimulator({ token: TOKEN, sections: [{ title: 'Movies', items }] });
  const environment = {
    ...process.env,
    PLEXSYNC_PLEX_URL: plex.url,
    PLEXSYNC_PLEX_TOKEN: TOKEN,
    PLEXSYNC_STASH_URL: stash.url,
    PLEXSYNC_DATA_DIR: path.join(folder, 'data'),
    PLEXSYNC_INBOX_DIR: inbox,
    PLEXSYNC_POLL_INTERVAL: '2',
    PLEXSYNC_FIRST_SYNC: 'run',
  };
  const run = (...args: string[]): ChildProcess =>
    spawn(process.execPath, [path.join(SOURCES, 'src/cli/main.ts'), ...args], {
      env: environment,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  let daemon: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (daemon === null) return;
    const exit = once(daemon, 'exit');
    daemon.kill(signal);
    await exit;
    daemon = null;
  };
  return {
    stash,
    plex,
    samples,
    token: TOKEN,
    startDaemon: async () => {
      daemon = run('serve');
      await logSays(daemon, 'PlexSync runs');
    },
    killDaemon: () => end('SIGKILL'),
    plexsync: (...args) => jsonOf(run(...args, '--json')),
    mutate: (mutation) => mutate(stash.url, mutation),
    close: async () => {
      await end('SIGTERM');
      await Promise.all([plex.close(), stash.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the log says it; fails with all it said when the process ends before. */
function logSays(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    // Read to the end, so that the pipe never fills.
    child.stderr?.on('data', (chunk) => {
      log += String(chunk);
      if (log.includes(text)) resolve();
    });
    child.once('exit', () => reject(new Error(`plexsync ended: ${log}`)));
  });
}

async function jsonOf(child: ChildProcess): Promise<unknown> {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (err += String(chunk)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`plexsync ended with ${String(code)}: ${err}`);
  return JSON.parse(out);
}

async function mutate(url: string, mutation: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { ${mutation} }` }),
  });
  const answer = (await response.json()) as { readonly errors?: readonly { readonly message: string }[] };
  if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message ?? 'Stash refused');
}
