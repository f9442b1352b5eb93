import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { readLogLines } from './logLines.ts';
import type { Command, PluginPlace } from './pluginCommand.ts';

export interface PluginRun {
  readonly command: Command;
  readonly stdin: string;
  readonly place: PluginPlace;
  /** Aborted when the client has left, or the job is to stop: the process is killed. */
  readonly signal: AbortSignal;
  /** Aborted when Stash itself is gone: the process lives on, with nobody at the other end. */
  readonly lost?: AbortSignal;
  onLogLine(line: string): void;
}

export interface PluginEnd {
  readonly exitCode: number | null;
  /** Such as `SIGKILL`. */
  readonly endedBy: NodeJS.Signals | null;
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
  const child = await start(run);
  let wasKilled = false;
  const exited = Promise.withResolvers<void>();
  child.once('exit', () => exited.resolve());
  const kill = (): void => {
    wasKilled = child.kill('SIGKILL');
    child.stdout.destroy();
  };
  const lose = (): void => {
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    child.unref();
    exited.resolve();
  };
  const forgetKill = whenAborted(run.signal, kill);
  const forgetLoss = run.lost === undefined ? () => undefined : whenAborted(run.lost, lose);
  // A plugin need not read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.stdin);

  const logged = readLogLines(child.stderr, run.onLogLine);
  const stdout = readAll(child.stdout);
  await exited.promise;
  const text = await stdout;
  forgetKill();
  forgetLoss();
  await Promise.race([logged, delay(LAST_LINES_MS, undefined, { ref: false })]);
  child.stderr.destroy();
  return { exitCode: child.exitCode, endedBy: child.signalCode, wasKilled, stdout: text };
}

async function start({ command, place }: PluginRun): Promise<ChildProcessWithoutNullStreams> {
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: place.configDir, env: place.env });
  try {
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw new Error(`error running plugin: fork/exec ${program}: ${goWords(error)}`, { cause: error });
  }
}

/** The operating system's error as Go says it. */
function goWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'no such file or directory';
  return code === 'EACCES' ? 'permission denied' : String(error);
}

function whenAborted(signal: AbortSignal, act: () => void): () => void {
  signal.addEventListener('abort', act);
  if (signal.aborted) act();
  return () => signal.removeEventListener('abort', act);
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'close');
  return Buffer.concat(chunks).toString();
}
