import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { MAIN } from '../processes/mainScript.ts';
import { plexsync } from '../processes/plexsync.ts';
import { openSidecar } from './openSidecar.ts';

const SERVICE_USER = { uid: 4_002, gid: 4_100 };
const mayActAsOthers =
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ['--eval', `require('fs').readFileSync(${JSON.stringify(MAIN)})`], {
    ...SERVICE_USER,
    cwd: '/',
  }).status === 0;
if (!mayActAsOthers) {
  console.warn('skipped: the service as another user, who cannot act or cannot read this folder');
}

const edit = 'sceneUpdate(input: { id: 2, title: "By the hook alone" }) { id }';

test('beside a Stash without Node, the service takes hooks, tasks and operations of the plugin from the inbox', async () => {
  const { world, dataDir } = await openSidecar();
  await world.mutate(edit);
  await world.arrives(2, 'By the hook alone');
  expect(await world.status()).toMatchObject({ dataDir, setup: null });
  await world.mutate('runPluginTask(plugin_id: "plexsync", task_name: "Sync all")');
  await world.stash.jobs.idle();
  expect(world.said()).toContain('info: PlexSync looks at all 5 scenes from now on.');
  expect(world.daemon()).toBeNull();
});

describe.skipIf(!mayActAsOthers)('the service as another user than Stash', () => {
  test('shares the inbox by its group: hooks arrive, operations are answered, and nothing is left behind', async () => {
    const { world, inboxDir } = await openSidecar(SERVICE_USER);
    expect(statSync(inboxDir)).toMatchObject(SERVICE_USER);
    await world.mutate(edit);
    await world.arrives(2, 'By the hook alone');
    expect((await world.status()).daemon).not.toBeNull();
    await world.mutate('runPluginTask(plugin_id: "plexsync", task_name: "Status")');
    await world.stash.jobs.idle();
    expect(world.said().join('\n')).toMatch(/info: PlexSync .+ is running: /);
    await eventually(() => {
      expect(readdirSync(inboxDir).sort()).toEqual(['alive', 'external', 'outbox']);
      expect(readdirSync(path.join(inboxDir, 'outbox'))).toEqual([]);
    });
  });

  test('says what is missing where the inbox has no common group, and finds the changes by looking', async () => {
    const { world, inboxDir, logged } = await openSidecar(SERVICE_USER);
    // As a hook without the setgid bit leaves it.
    const stray = path.join(inboxDir, 'v1-1-stray');
    writeFileSync(stray, '{}', { mode: 0o600 });
    await world.mutate(edit);
    await world.arrives(2, 'By the hook alone');
    await eventually(() => expect(readdirSync(path.join(inboxDir, 'unreadable'))).toEqual(['v1-1-stray']));
    expect(logged()).toContain('the inbox needs a group that Stash and PlexSync share, see docs/install.md');
  });
});

test('plexsync forget erases what the service stored, in the shared inbox, too', async () => {
  const { world, dataDir, inboxDir } = await openSidecar();
  await world.mutate(edit);
  await world.arrives(2, 'By the hook alone');
  const { daemon } = await world.status();
  process.kill(daemon?.pid ?? 0, 'SIGTERM');
  await eventually(() => expect(readdirSync(dataDir)).not.toContain('daemon.json'));
  const env = { PLEXSYNC_DATA_DIR: dataDir, PLEXSYNC_INBOX_DIR: inboxDir };
  expect(await plexsync(['forget', '--yes'], { cwd: '/', env })).toMatchObject({ code: 0 });
  expect(
    readdirSync(path.dirname(dataDir)).flatMap((name) => readdirSync(path.join(path.dirname(dataDir), name))),
  ).toEqual([]);
});
