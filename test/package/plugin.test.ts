import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packPlugin, writePlugin } from '../../scripts/packPlugin.ts';
import { readRelease } from '../../scripts/readRelease.ts';
import { PLUGIN_SETTING_KEYS } from '../../src/plugin/pluginSettings.ts';
import { TASKS } from '../../src/server/tasks.ts';
import { unknownKeys } from './manifestKeys.ts';
import { zipEntries } from './zipEntries.ts';

const FILES = [
  'LICENSE',
  'README.txt',
  'THIRD_PARTY_LICENSES',
  'daemon.cjs',
  'entry.cjs',
  'hook.sh',
  'plexsync.yml',
  'ui.css',
  'ui.js',
];
const ENTRY_BYTES = 176 * 1024;

let folder: string;
const built = (file: string): string => join(folder, 'plexsync', file);
const read = (file: string): string => readFileSync(built(file), 'utf8');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plexsync-plugin-'));
  await writePlugin(folder, await packPlugin(await readRelease()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the plugin folder', () => {
  test('holds these files and no other; hook.sh alone may be run', () => {
    expect(readdirSync(built('.')).sort()).toEqual(FILES);
    const modes = FILES.map((file) => [file, statSync(built(file)).mode & 0o777]);
    expect(modes).toEqual(FILES.map((file) => [file, file === 'hook.sh' ? 0o755 : 0o644]));
  });

  test('has one .yml, the manifest: Stash takes each for a plugin', () => {
    expect(FILES.filter((file) => /\.ya?ml$/.test(file))).toEqual(['plexsync.yml']);
  });

  test('has a hook.sh that a POSIX shell can read', () => {
    expect(execFileSync('sh', ['-n', built('hook.sh')], { encoding: 'utf8' })).toBe('');
  });

  test('has an entry.cjs that is small enough to be loaded each time', () => {
    expect(statSync(built('entry.cjs')).size).toBeLessThanOrEqual(ENTRY_BYTES);
  });

  test('has no set-up for the terminal in it: its settings, and the sign-in, are on Stash’s page', () => {
    for (const file of ['entry.cjs', 'daemon.cjs']) expect(read(file)).not.toMatch(/clack/);
    expect(read('entry.cjs')).not.toMatch(/api\/v2\/pins/);
    expect(read('daemon.cjs')).toMatch(/api\/v2\/pins/);
  });

  test.each(['daemon.cjs', 'entry.cjs', 'ui.js'])('has what %s needs in it', (file) => {
    const imports = [...read(file).matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    expect(imports.filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('has a ui.js that is a classic script, which asks Stash once and leaves nothing behind', () => {
    const asked: string[] = [];
    const globals = {
      document: { querySelector: () => ({ getAttribute: () => '/stash/' }) },
      fetch: (url: string) => {
        asked.push(url);
        return Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve({}) });
      },
      console: {},
    };
    const before = Object.keys(globals);
    runInNewContext(read('ui.js'), globals);
    expect(asked).toEqual(['/stash/graphql']);
    expect(Object.keys(globals)).toEqual(before);
  });
});

describe('plexsync.yml', () => {
  const manifest = (): Record<string, Record<string, unknown>> =>
    parse(read('plexsync.yml'), { version: '1.1' }) as Record<string, Record<string, unknown>>;

  test('has only keys that Stash 0.27 knows, or Stash would not load it', () => {
    expect(unknownKeys(manifest())).toEqual([]);
    expect(unknownKeys({ name: '', requires: [], settings: { a: { type: 'STRING', default: '' } } })).toEqual(
      ['requires', 'settings.a.default'],
    );
  });

  test('is started through hook.sh, which lies beside it', () => {
    expect(manifest()).toMatchObject({
      name: 'PlexSync',
      interface: 'raw',
      errLog: 'info',
      exec: ['sh', '{pluginDir}/hook.sh'],
      ui: { javascript: ['ui.js'], css: ['ui.css'] },
    });
  });

  test('has every setting of the plugin, and every task', () => {
    expect(Object.keys(manifest()['settings'] ?? {})).toEqual(PLUGIN_SETTING_KEYS);
    const tasks = manifest()['tasks'] as unknown as readonly { readonly name: string }[];
    expect(tasks.map(({ name }) => name)).toEqual(Object.values(TASKS).map(({ name }) => name));
  });
});

describe('plexsync.zip', () => {
  const zip = (): Uint8Array => readFileSync(join(folder, 'plexsync.zip'));

  test('holds the files of the folder, with their modes, made on a Unix', () => {
    const entries = zipEntries(zip());
    expect(entries.map(({ name, mode, madeOn }) => [name, mode.toString(8), madeOn])).toEqual(
      FILES.map((file) => [file, file === 'hook.sh' ? '100755' : '100644', 'unix']),
    );
    const contents = entries.map(({ name, content }) => [name, sha256(content)]);
    expect(contents).toEqual(FILES.map((file) => [file, sha256(readFileSync(built(file)))]));
  });

  test('is the same when built again, in whatever time zone', async () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'Pacific/Kiritimati';
      const { zip: again } = await packPlugin(await readRelease());
      expect(sha256(again)).toBe(sha256(zip()));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
