import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = path.join(import.meta.dirname, '..');

/** A process of ours: `node <file> …`, here in the repository. */
export class BenchProcess {
  readonly #child: ChildProcess;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** What the pattern captures in the first line that fits; rejects with all it said when it ends without. */
  says(pattern: RegExp, stream: 'stdout' | 'stderr'): Promise<string> {
    const source = this.#child[stream];
    if (source === null) throw new Error('the process has no such stream');
    const said: string[] = [];
    return new Promise((resolve, reject) => {
      // Read to the end: a process whose log nobody takes stands still.
      createInterface(source)
        .on('line', (line) => {
          const found = pattern.exec(line);
          if (found === null) said.push(line);
          else resolve(found[1] ?? '');
        })
        .on('close', () => reject(new Error(said.join('\n'))));
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

export interface SimulatedServers {
  readonly stashUrl: string;
  readonly plexUrl: string;
  readonly processes: readonly BenchProcess[];
}

export async function startSimulators(options: {
  readonly items: number;
  readonly plexToken: string;
  readonly inbox: string;
}): Promise<SimulatedServers> {
  const size = ['--port', '0', '--items', String(options.items)];
  const plex = new BenchProcess(['simulator/plex/main.ts', ...size, '--token', options.plexToken]);
  const hook = ['--hook', 'sh {pluginDir}/hook.sh hook'];
  const stash = new BenchProcess(['simulator/stash/main.ts', ...size, ...hook], {
    PLEXSYNC_INBOX_DIR: options.inbox,
  });
  return {
    plexUrl: await plex.says(/ at (http:\S+),/, 'stdout'),
    stashUrl: await stash.says(/ (http:\S+)\/graphql/, 'stdout'),
    processes: [plex, stash],
  };
}
