import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.ts';
import { packageVersion } from '../../src/engine/packageVersion.ts';

const run = promisify(execFile);
/** Far from any node_modules. */
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexsync-bundle-'));
  ({ file } = await bundle(join(folder, 'dist')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function plexsync(args: readonly string[], nodeArgs: readonly string[] = []): Promise<Ended> {
  const env = { PATH: process.env['PATH'] };
  try {
    return { code: 0, ...(await run(process.execPath, [...nodeArgs, file, ...args], { cwd: folder, env })) };
  } catch (error) {
    // What execFile() rejects with: code, stdout and stderr of the process.
    return error as Ended;
  }
}

/** Nobody listens at the port `discard`. */
const UNREACHABLE = [
  '--plex-url',
  'http://127.0.0.1:9',
  '--stash-url',
  'http://127.0.0.1:9',
  '--plex-token',
  'none',
];

async function firstLineWith(stream: Readable, text: string): Promise<void> {
  for await (const line of createInterface(stream)) if (line.includes(text)) return;
  throw new Error(`the process ended without saying ${text}`);
}

describe('the bundle', () => {
  test('runs where there is nothing but Node, and is an executable of its own', async () => {
    expect(await plexsync(['version', '--json'])).toMatchObject({
      code: 0,
      stdout: JSON.stringify({ version: packageVersion(), node: process.version }, null, 2).concat('\n'),
      stderr: '',
    });
    expect((await readFile(file, 'utf8')).startsWith('#!/usr/bin/env node\n')).toBe(true);
  });

  test('tells of missing settings without a stack trace', async () => {
    const { code, stderr } = await plexsync(['serve']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^plex_url: found nothing; .+\nplex_token: .+\nstash_url: .+\n$/);
  });

  test('asks for nothing where nobody can be asked', async () => {
    const { code, stdout, stderr } = await plexsync(['setup']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^plex_token is missing, and nobody can be asked here\.\n/);
    expect(await readdir(folder)).toEqual(['dist']);
  });

  test('opens a data directory and answers by itself when no daemon runs', async () => {
    const { code, stdout, stderr } = await plexsync(['status', '--json', ...UNREACHABLE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ daemon: null, dataDir: join(folder, 'plexsync-data') });
  });

  test('serves: commands talk to the daemon over its socket, and a signal ends it in order', async () => {
    const dataDir = join(folder, 'served');
    const daemon = spawn(process.execPath, [file, 'serve', ...UNREACHABLE, '--data-dir', dataDir], {
      cwd: folder,
    });
    const ended = once(daemon, 'exit');
    try {
      await firstLineWith(daemon.stderr, '"PlexSync runs"');
      const { stdout } = await plexsync(['status', '--json', '--data-dir', dataDir]);
      expect(JSON.parse(stdout)).toMatchObject({ daemon: { pid: daemon.pid }, dataDir });
      const second = await plexsync(['serve', ...UNREACHABLE, '--data-dir', dataDir]);
      expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(String(daemon.pid)) });
    } finally {
      daemon.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(await readdir(dataDir)).not.toContain('control.sock');
  });

  test('says in one sentence that a Node is too old, before anything else runs', async () => {
    const old = join(folder, 'old.cjs');
    await writeFile(old, "Object.defineProperty(process, 'version', { value: 'v20.20.2' });");
    expect(await plexsync(['status'], ['--require', old])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `PlexSync needs Node 22.13 or newer; this is v20.20.2 (${process.execPath}).\n`,
    });
  });

  test('has the licences of the packages in it beside it', async () => {
    const licences = await readFile(join(folder, 'dist', 'THIRD_PARTY_LICENSES'), 'utf8');
    for (const name of [
      '@clack/prompts',
      'commander',
      'hono',
      '@hono/node-server',
      'pino',
      'pino-pretty',
      'valibot',
    ]) {
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, 'm'));
    }
    expect(licences).toContain('Permission is hereby granted');
  });
});
