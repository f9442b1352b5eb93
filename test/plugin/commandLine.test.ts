import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startNode } from '../processes/childProcess.ts';
import { eventually } from '../processes/eventually.ts';
import { openPluginWorld, type PluginWorld } from './pluginWorld.ts';

/** `node entry.cjs …` in the plugin's folder. */
async function entry({ pluginDir }: PluginWorld, args: readonly string[], env: Record<string, string> = {}) {
  const command = startNode([path.join(pluginDir, 'entry.cjs'), ...args], { cwd: '/', env });
  const { code } = await command.ended;
  return { code, stdout: command.stdout, stderr: command.stderr };
}

test('asks the daemon of the plugin, and forgets what it stored once that has ended', async () => {
  const world = await openPluginWorld({ files: 1 });
  await world.setUp({ poll_interval: 1 });
  expect(await entry(world, ['status'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(world.dataDir),
  });
  expect(await entry(world, ['explain'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('settings of the plugin are in Stash'),
  });
  expect(await entry(world, ['forget', '--yes'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('PlexSync runs'),
  });
  world.stash.plugins.setEnabled({ plexsync: false });
  await eventually(() => expect(world.daemon()).toBeNull());
  expect(await entry(world, ['status'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('No daemon of the plugin runs. Open Stash'),
  });
  expect(await entry(world, ['forget', '--yes'])).toMatchObject({ code: 0 });
  expect(existsSync(world.dataDir)).toBe(false);
});

test('finds the daemon where PLEXSYNC_INBOX_DIR of Stash has put it', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'plexsync-entry-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const env = { PLEXSYNC_INBOX_DIR: path.join(home, 'inbox') };
  mkdirSync(env.PLEXSYNC_INBOX_DIR);
  const world = await openPluginWorld({ files: 1, env });
  const { daemon } = await world.status();
  onTestFinished(() => void process.kill(daemon?.pid ?? 0, 'SIGKILL'));
  const { stdout } = await entry(world, ['status', '--json'], env);
  expect(JSON.parse(stdout)).toMatchObject({ dataDir: home, daemon });
});
