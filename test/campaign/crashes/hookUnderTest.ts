import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HOOK = fileURLToPath(new URL('../../../src/plugin/hook.sh', import.meta.url));

/** The programs that an event costs; each is a place to be killed at, before, in the middle of and after its work. */
const PROGRAMS = ['mktemp', 'head', 'mv'] as const;
const MOMENTS = ['before', 'after'] as const;

export interface HookStep {
  readonly words: string;
  /** Comes first in PATH, with a program that kills the hook. */
  readonly bin: string;
}

export interface HookKit {
  readonly shells: readonly (readonly [string, ...string[]])[];
  readonly steps: readonly HookStep[];
}

/** Shells that are here, and a folder of deadly programs for each step. */
export function makeHookKit(folder: string): HookKit {
  const shells = [['sh'], ['dash'], ['busybox', 'ash']] as const;
  const cases = PROGRAMS.flatMap((program) =>
    MOMENTS.map((moment) => ({ words: `${moment} ${program}`, program, body: deadly(program, moment) })),
  );
  const half = { words: 'in the middle of head', program: 'head', body: `${real('head')} -c 40\nkill -9 0` };
  const steps = [...cases, half].map(({ words, program, body }) => {
    const bin = path.join(folder, words.replaceAll(' ', '-'));
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, program), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(bin, program), 0o755);
    return { words, bin };
  });
  return { shells: shells.filter(([name]) => whereIs(name) !== null), steps };
}

/** `kill -9 0` ends the group, so that the hook dies with all that it has started, as when Stash kills it. */
function deadly(program: string, moment: (typeof MOMENTS)[number]): string {
  return moment === 'before' ? 'kill -9 0' : `${real(program)} "$@"\nkill -9 0`;
}

const real = (program: string): string => whereIs(program) ?? program;

function whereIs(program: string): string | null {
  const found = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
  return found === '' ? null : found;
}

export interface HookRequest {
  readonly shell: readonly [string, ...string[]];
  readonly inboxDir: string;
  readonly document: string;
  /** Before the other programs in PATH. */
  readonly bin?: string;
  readonly killAfterMs?: number;
}

/** hook.sh as Stash runs it, in a group of its own. */
export async function runHook({ shell, inboxDir, document, bin, killAfterMs }: HookRequest): Promise<{
  readonly wasKilled: boolean;
}> {
  const [program, ...args] = shell;
  const child = spawn(program, [...args, HOOK, 'hook'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {
      PATH: [...(bin === undefined ? [] : [bin]), process.env['PATH']].join(':'),
      PLEXSYNC_INBOX_DIR: inboxDir,
    },
  });
  // It may be killed before it has read everything.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(document);
  const timer = killAfterMs === undefined ? null : setTimeout(() => killGroup(child), killAfterMs);
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (timer !== null) clearTimeout(timer);
  return { wasKilled: signal === 'SIGKILL' };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export const hookDocument = (id: number, filler = ''): string =>
  JSON.stringify({
    server_connection: { Scheme: 'http', Port: 9999 },
    args: { hookContext: { id, type: 'Scene.Update.Post', input: { id: String(id), cover_image: filler } } },
  });
