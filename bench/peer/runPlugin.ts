import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type ProcessCost, processCost } from '../suite/processCost.ts';

export interface PluginCommand {
  readonly command: readonly [program: string, ...args: string[]];
  readonly stdin: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Once it has said a line that fits, it is ended. */
  readonly until?: RegExp;
}

/** One run of a plugin, as Stash runs it: from its start until it and all its output have ended. */
export interface PluginRun {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMiB: number;
  /** On stderr, where plugins log. */
  readonly lines: readonly { readonly at: number; readonly text: string }[];
}

const LOOK_EACH_MS = 20;

/** One at a time: what it cost is read off this process's children. */
export async function runPlugin({ command, stdin, cwd, env, until }: PluginCommand): Promise<PluginRun> {
  const [program, ...args] = command;
  const before = processCost('self').childrenCpuMs;
  const startedAt = performance.now();
  const child = spawn(program, args, { cwd, env });
  const lines: { at: number; text: string }[] = [];
  createInterface(child.stderr).on('line', (text) => {
    lines.push({ at: performance.now(), text });
    if (until?.test(text) === true) child.kill('SIGTERM');
  });
  child.stdout.resume();
  // It need not read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  let peakRssMiB = 0;
  const look = setInterval(() => {
    peakRssMiB = Math.max(peakRssMiB, costOf(child.pid)?.peakRssMiB ?? 0);
  }, LOOK_EACH_MS);
  await once(child, 'close');
  const wallMs = performance.now() - startedAt;
  clearInterval(look);
  return { wallMs, cpuMs: processCost('self').childrenCpuMs - before, peakRssMiB, lines };
}

/** Null: it has just ended. */
function costOf(pid: number | undefined): ProcessCost | null {
  try {
    return pid === undefined ? null : processCost(pid);
  } catch {
    return null;
  }
}
