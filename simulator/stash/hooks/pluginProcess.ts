import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

export interface PluginRun {
  readonly command: readonly [string, ...string[]];
  readonly stdin: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the client has left. */
  readonly signal: AbortSignal;
  onLogLine(line: string): void;
}

export interface PluginEnd {
  readonly exitCode: number | null;
  readonly wasKilled: boolean;
  readonly stdout: string;
}

/** How long the last lines on stderr may take after the end; Stash does not wait for them at all. */
const LAST_LINES_MS = 50;

/**
 * Runs a plugin as Stash does (stash reference §2.2-2.4): waits for its end and for the end of its stdout, so
 * that a grandchild which inherits stdout holds it up; kills it, and nothing it started, when the client leaves.
 * Throws when it cannot be started.
 */
export async function runPlugin(run: PluginRun): Promise<PluginEnd> {
  const [program, ...args] = run.command;
  const child = spawn(program, args, { cwd: run.cwd, env: run.env });
  await once(child, 'spawn');
  let wasKilled = false;
  const giveUp = (): void => {
    wasKilled = child.kill('SIGKILL');
    child.stdout.destroy();
  };
  run.signal.addEventListener('abort', giveUp);
  if (run.signal.aborted) giveUp();
  // A plugin need not read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.stdin);

  const exited = once(child, 'exit');
  const logged = readLines(child.stderr, run.onLogLine);
  const stdout = readAll(child.stdout);
  await exited;
  const text = await stdout;
  run.signal.removeEventListener('abort', giveUp);
  await Promise.race([logged, delay(LAST_LINES_MS, undefined, { ref: false })]);
  child.stderr.destroy();
  return { exitCode: child.exitCode, wasKilled, stdout: text };
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'close');
  return Buffer.concat(chunks).toString();
}

async function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream });
  lines.on('line', onLine);
  await once(lines, 'close');
}
