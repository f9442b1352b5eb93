import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const HOOK_SOURCE = path.join(import.meta.dirname, '../../src/plugin/hook.sh');
const RECORDED = path.join(import.meta.dirname, '../../src/stash/fixtures/stdin');
const HOUR_MS = 3_600_000;

/** A shell and the programs that go with it. */
export interface Shell {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly path: string;
}

/** The system's sh, and busybox with none but its own programs, as in Stash's container, for one test file. */
export function availableShells(): readonly Shell[] {
  const system: Shell = { name: 'sh', command: ['sh'], path: process.env['PATH'] ?? '' };
  const busybox = whereIs('busybox');
  if (busybox === null) {
    console.warn('skipped: hook.sh under busybox ash, because there is no busybox on PATH');
    return [system];
  }
  const bin = mkdtempSync(path.join(tmpdir(), 'busybox-'));
  chmodSync(bin, 0o755);
  afterAll(() => rmSync(bin, { recursive: true, force: true }));
  spawnSync(busybox, ['--install', '-s', bin]);
  return [system, { name: 'busybox', command: [path.join(bin, 'sh')], path: bin }];
}

export function whereIs(program: string): string | null {
  const found = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
  return found === '' ? null : found;
}

/** What Stash sent once, byte for byte: the names of the recorded documents. */
export const RECORDED_DOCUMENTS: readonly string[] = readdirSync(RECORDED).map((name) =>
  path.basename(name, '.json'),
);

export function recordedDocument(name: string): string {
  return readFileSync(path.join(RECORDED, `${name}.json`), 'utf8');
}

/** As what Stash runs hook.sh. */
export type Asked = 'hook' | 'task' | 'operation';

export interface RunOptions {
  readonly as?: Asked;
  readonly env?: NodeJS.ProcessEnv;
  /** Comes before the shell's own programs. */
  readonly path?: string;
  readonly user?: { readonly uid: number; readonly gid: number };
}

export interface HookRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Stash is to see of a hook. */
export const SILENT: HookRun = { code: 0, signal: null, stdout: '', stderr: '' };
/** One warning in Stash's log protocol (stash reference §2.3). */
export const WARNING = /^\u0001w\u0002PlexSync [^\n]+\n$/;

/** A plugin folder with hook.sh, and the configuration folder of a Stash: in a temporary place with spaces. */
export class PluginFolder {
  readonly root = mkdtempSync(path.join(tmpdir(), 'a  hook-'));
  readonly plugin = path.join(this.root, 'plugins', 'plexsync');
  readonly stash = path.join(this.root, 'stash');
  readonly inbox = path.join(this.stash, 'plexsync', 'inbox');
  readonly hook = path.join(this.plugin, 'hook.sh');
  readonly #shell: Shell;

  constructor(shell: Shell) {
    this.#shell = shell;
    mkdirSync(this.plugin, { recursive: true });
    mkdirSync(this.stash);
    // A Node that the machine of this test has in one of the usual places must not decide the test.
    const source = readFileSync(HOOK_SOURCE, 'utf8').replaceAll(/ \/(usr|opt|var)\//g, ' /nowhere/');
    writeFileSync(this.hook, source);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** What Stash sent once, recorded, as if this were its configuration folder. */
  recorded(name: string, stashFolder = this.stash): string {
    return recordedDocument(name).replace('"Dir":"/root/.stash"', () => `"Dir":${goString(stashFolder)}`);
  }

  /** Runs hook.sh as Stash does, from another folder. */
  async run(stdin: string | Uint8Array, options: RunOptions = {}): Promise<HookRun> {
    const { as = 'hook', env, user } = options;
    const [program, ...args] = this.#shell.command;
    const programs = [options.path, this.#shell.path].filter((part) => part !== undefined).join(':');
    const child = spawn(program, [...args, this.hook, ...(as === 'operation' ? [] : [as])], {
      cwd: '/',
      env: { PATH: programs, HOME: this.root, ...env },
      ...user,
    });
    // The hook may end before it has read all of a large document.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    const stdout = readAll(child.stdout);
    const stderr = readAll(child.stderr);
    const { promise, resolve } = Promise.withResolvers<Pick<HookRun, 'code' | 'signal'>>();
    child.once('exit', (code, signal) => resolve({ code, signal }));
    return { ...(await promise), stdout: await stdout, stderr: await stderr };
  }

  /** The events that wait, by content. */
  events(): readonly string[] {
    return this.eventNames().map((name) => readFileSync(path.join(this.inbox, name), 'utf8'));
  }

  eventNames(): readonly string[] {
    return readdirSync(this.inbox).filter((name) => name.startsWith('v1-'));
  }

  /** The tasks and operations that wait, by id. */
  requestIds(): readonly string[] {
    return readdirSync(this.inbox).flatMap((name) => (name.startsWith('r1-') ? [name.slice(3)] : []));
  }

  request(id: string): string {
    return readFileSync(path.join(this.inbox, `r1-${id}`), 'utf8');
  }

  /** As the daemon does: takes the request and leaves its answer in one go. */
  answer(id: string, text: string): void {
    const outbox = path.join(this.inbox, 'outbox');
    mkdirSync(outbox, { recursive: true });
    rmSync(path.join(this.inbox, `r1-${id}`));
    writeFileSync(path.join(outbox, `.${id}`), text);
    renameSync(path.join(outbox, `.${id}`), path.join(outbox, `${id}.json`));
  }

  /** Makes the inbox, with a daemon alive unless told otherwise. */
  prepareInbox(options: { alive?: boolean } = {}): void {
    mkdirSync(this.inbox, { recursive: true });
    if (options.alive ?? true) this.setAlive(HOUR_MS);
  }

  /** `inMs`: how far ahead the daemon has promised to be alive; negative when it is gone. */
  setAlive(inMs: number): void {
    const alive = path.join(this.inbox, 'alive');
    writeFileSync(alive, '');
    utimesSync(alive, new Date(Date.now() + inMs), new Date(Date.now() + inMs));
  }

  /** A program of this name that is found before the real one. */
  fakeProgram(name: string, script: string): string {
    const bin = path.join(this.root, 'fake-bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return bin;
  }
}

/** A JSON string as Go's encoder writes it. */
function goString(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '\\u0026', '<': '\\u003c', '>': '\\u003e' };
  return JSON.stringify(text).replaceAll(/[&<>]/g, (character) => escapes[character] ?? character);
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
