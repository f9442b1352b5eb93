import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const ROOT = path.join(import.meta.dirname, '..');

/** What a process says on one of its streams; read to the end, since one whose log nobody takes stands still. */
class Lines {
  #said: string[] = [];
  #hasEnded = false;
  #onLine: (() => void) | null = null;

  constructor(source: Readable) {
    createInterface(source)
      .on('line', (line) => {
        this.#said = [...this.#said.slice(-99), line];
        this.#onLine?.();
      })
      .on('close', () => {
        this.#hasEnded = true;
        this.#onLine?.();
      });
  }

  /** What the pattern captures in the next line that fits; all before that line is forgotten. */
  next(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const index = this.#said.findIndex((line) => pattern.test(line));
        if (index === -1 && !this.#hasEnded) return;
        this.#onLine = null;
        if (index === -1) return reject(new Error(this.#said.join('\n')));
        const [found = ''] = this.#said.splice(0, index + 1).slice(-1);
        resolve(pattern.exec(found)?.[1] ?? '');
      };
      this.#onLine = look;
      look();
    });
  }
}

/** A process of ours: `node <file> …`, here in the repository. */
export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #lines: { readonly stdout: Lines; readonly stderr: Lines };

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#lines = { stdout: new Lines(child.stdout), stderr: new Lines(child.stderr) };
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What the pattern captures in the first line that fits; rejects with what it said last when it ends without. */
  says(pattern: RegExp, stream: 'stdout' | 'stderr'): Promise<string> {
    return this.#lines[stream].next(pattern);
  }

  /** A simulator's own log, counted: how many requests of each kind it has had. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const said = this.says(/^requests: (\{.*\})$/, 'stdout');
    this.#child.kill('SIGUSR2');
    return JSON.parse(await said);
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
  readonly stash: BenchProcess;
  readonly plex: BenchProcess;
}

/** @param options.inbox where hook.sh leaves events; null: Stash runs no hook */
export async function startSimulators(options: {
  readonly items: number;
  readonly plexToken: string;
  readonly inbox: string | null;
}): Promise<SimulatedServers> {
  const { items, plexToken, inbox } = options;
  const size = ['--port', '0', '--items', String(items)];
  const plex = new BenchProcess(['simulator/plex/main.ts', ...size, '--token', plexToken]);
  const hook = inbox === null ? [] : ['--hook', 'sh {pluginDir}/hook.sh hook'];
  const stash = new BenchProcess(
    ['simulator/stash/main.ts', ...size, ...hook],
    inbox === null ? {} : { PLEXSYNC_INBOX_DIR: inbox },
  );
  return {
    plexUrl: await plex.says(/ at (http:\S+),/, 'stdout'),
    stashUrl: await stash.says(/ (http:\S+)\/graphql/, 'stdout'),
    stash,
    plex,
  };
}
