import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ProcessCost, processCost } from './processCost.ts';

export const ROOT = path.join(import.meta.dirname, '../..');

type Stream = 'stdout' | 'stderr';

/** A process of ours, here in the repository. What it says is read to the end: one whose log nobody takes stands still. */
export class BenchProcess {
  readonly #child: ChildProcess;
  readonly #lines: { readonly stdout: Lines; readonly stderr: Lines };

  /** @param args of Node */
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

  /** By the operating system. */
  cost(): ProcessCost {
    return processCost(this.pid);
  }

  /** What the pattern captures in the next line that fits; rejects with what it said last when it ends without. */
  says(pattern: RegExp, stream: Stream): Promise<string> {
    return this.#lines[stream].next(pattern);
  }

  /** Called with what the pattern captures in each line that fits, from now on. */
  onLine(pattern: RegExp, listener: (captured: string) => void): void {
    this.#lines.stdout.listen((line) => {
      const found = pattern.exec(line);
      if (found !== null) listener(found[1] ?? '');
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

class Lines {
  /** The latest, for whoever asks after they were said. */
  #said: string[] = [];
  #hasEnded = false;
  readonly #listeners = new Set<(line: string) => void>();
  #onChange: (() => void) | null = null;

  constructor(source: Readable) {
    createInterface(source)
      .on('line', (line) => {
        this.#said = [...this.#said.slice(-99), line];
        for (const listener of this.#listeners) listener(line);
        this.#onChange?.();
      })
      .on('close', () => {
        this.#hasEnded = true;
        this.#onChange?.();
      });
  }

  listen(listener: (line: string) => void): void {
    this.#listeners.add(listener);
  }

  /** All before the line that fits is forgotten. */
  next(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const index = this.#said.findIndex((line) => pattern.test(line));
        if (index === -1 && !this.#hasEnded) return;
        this.#onChange = null;
        if (index === -1) return reject(new Error(this.#said.join('\n')));
        const [found = ''] = this.#said.splice(0, index + 1).slice(-1);
        resolve(pattern.exec(found)?.[1] ?? '');
      };
      this.#onChange = look;
      look();
    });
  }
}
