import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that runs Node, and what it has said so far. */
export interface NodeProcess {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
  /** Waits for words on stderr; throws when it ends without them. */
  hasSaid(words: string): Promise<void>;
}

export interface StartRequest {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Another than that of the test, which root alone may choose. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** To be ended by whoever started it. */
export function spawnNode(args: readonly string[], { env, cwd, user }: StartRequest): NodeProcess {
  const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env['PATH'], ...env }, ...user });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]): Ended => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }),
  );
  return {
    pid: child.pid ?? -1,
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
    ended,
    signal: (name) => void child.kill(name),
    hasSaid: (words) =>
      eventually(() => {
        if (!said.stderr.includes(words)) throw new Error(`it has not said "${words}" but: ${said.stderr}`);
      }),
  };
}
