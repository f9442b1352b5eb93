import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askStash } from '../../simulator/stash/askStash.ts';
import { FAULTS } from '../../simulator/stash/faults.ts';
import { SWITCHES } from '../../simulator/stash/switches.ts';

const MAIN = path.join(import.meta.dirname, '../../simulator/stash/main.ts');
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });

test('--help names every switch and every fault', () => {
  const { stdout, status } = run('--help');
  expect(status).toBe(0);
  for (const name of [...Object.keys(SWITCHES), ...Object.keys(FAULTS)])
    expect(stdout).toContain(`  ${name} `);
});

test.each([
  [['--fault', 'nonsense'], 'there are html, proxyDown,'],
  [['--set', 'nonsense=1'], 'there are olderStash, zone,'],
  [['--items', 'many'], 'a whole number, please'],
])('%j is refused with what there is', (args, message) => {
  const { stderr, status } = run(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});

test('it loads the plugin of a folder and runs it, over HTTPS', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stash-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const manifest = `exec: [echo, '{"output":"ran"}']\n`;
  writeFileSync(path.join(folder, 'sample.yml'), manifest);
  const args = ['--port', '0', '--items', '1', '--plugin', folder, '--https', '--host', '0.0.0.0'];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [url = ''] = /https:\/\/127\.0\.0\.1:\d+/.exec(String(line)) ?? [];
  const query = 'mutation { runPluginOperation(plugin_id: "sample") }';
  expect((await askStash(url, { query })).data).toEqual({ runPluginOperation: 'ran' });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('it serves a made-up library with the switches and faults asked for, and ends when told', async () => {
  const args = ['--port', '0', '--items', '30', '--set', 'zone=-03:00', '--fault', 'nullData:1:findScenes'];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line)) ?? [];
  const query =
    '{ findScenes(filter: { sort: "id", per_page: 2 }) { count scenes { updated_at files { path } studio { name } } } }';
  expect((await askStash(url, { query })).data).toBe(null);
  expect((await askStash(url, { query })).data).toMatchObject({
    findScenes: {
      count: 30,
      scenes: Array(2).fill({
        updated_at: expect.stringMatching(/-03:00$/),
        files: [{ path: expect.stringMatching(/^\/data\/.+\.mp4$/) }],
        studio: { name: expect.any(String) },
      }),
    },
  });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
