import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { openPluginWorld, type PluginWorld } from './pluginWorld.ts';

/** Stash is looked at as often as it is polled. */
const EACH_SECOND = { poll_interval: 1 };

const hasEnded = (world: PluginWorld): Promise<void> =>
  eventually(() => {
    expect(world.daemon()).toBeNull();
    expect(existsSync(path.join(world.inboxDir, 'alive'))).toBe(false);
  });

/** The daemon looks at Stash when an event comes; an edit of no consequence is one. */
const nudge = (world: PluginWorld): Promise<void> =>
  world.mutate('tagUpdate(input: { id: 1, description: "nudged" }) { id }');

/** As if the last start were half a minute ago. */
const passStartGuard = (world: PluginWorld): void =>
  rmSync(path.join(world.inboxDir, 'starting'), { recursive: true });

test('one daemon runs, however it is called', async () => {
  const world = await openPluginWorld();
  await Promise.all(Array.from({ length: 10 }, () => world.mutate('sceneUpdate(input: { id: 1 }) { id }')));
  const { daemon } = await world.status();
  expect(daemon?.pid).toBe(world.daemon());
  expect(readFileSync(path.join(world.dataDir, 'plexsync.log'), 'utf8').match(/PlexSync runs/g)).toHaveLength(
    1,
  );
});

test('it ends when the plugin is disabled, and comes back with the next edit after it is enabled', async () => {
  const world = await openPluginWorld();
  await world.setUp(EACH_SECOND);
  world.stash.plugins.setEnabled({ plexsync: false });
  await hasEnded(world);
  await eventually(() => expect(world.log()).toContain('disabled in Stash'));
  await world.mutate('sceneUpdate(input: { id: 2, title: "While it was disabled" }) { id }');
  world.stash.plugins.setEnabled({ plexsync: true });
  await world.mutate('sceneUpdate(input: { id: 3, title: "Enabled again" }) { id }');
  await world.arrives(3, 'Enabled again');
  // No hook told of it: the look at changes finds it.
  await world.arrives(2, 'While it was disabled');
}, 90_000);

test('it ends when the plugin is uninstalled', async () => {
  const world = await openPluginWorld();
  await world.setUp(EACH_SECOND);
  rmSync(world.pluginDir, { recursive: true });
  world.stash.plugins.reload();
  await hasEnded(world);
  await eventually(() => expect(world.log()).toContain('removed from Stash'));
});

test('an update during a sync loses nothing: the new daemon goes on at once', async () => {
  const world = await openPluginWorld({ files: 60 });
  await world.setUp(EACH_SECOND);
  const before = world.daemon();
  const ids = Array.from({ length: 60 }, (_, index) => index + 1);
  await world.mutate(`bulkSceneUpdate(input: { ids: [${ids.join()}], details: "updated" }) { id }`);
  appendFileSync(path.join(world.pluginDir, 'daemon.cjs'), '\n// a new version\n');
  await eventually(() => {
    const now = world.daemon();
    expect(now !== null && now !== before).toBe(true);
  });
  await world.mutate('sceneUpdate(input: { id: 7, title: "After the update" }) { id }');
  await world.arrives(7, 'After the update');
  const all = world.plex.library;
  await eventually(async () =>
    expect((await world.status()).queue).toMatchObject({ pending: 0, running: 0 }),
  );
  const summaries = ids.map((_, index) => all.read(String(index + 1))?.fields.summary);
  expect(summaries.filter((summary) => summary !== undefined && summary !== 'updated')).toEqual([]);
  await eventually(() => expect(world.log()).toContain('replaced by another version'));
  world.plex.log.assertHarmless();
}, 90_000);

test('after Stash was killed with all that it had started, opening its page is enough', async () => {
  const world = await openPluginWorld();
  await world.setUp(EACH_SECOND);
  const pid = world.daemon() ?? 0;
  process.kill(pid, 'SIGKILL');
  await world.stash.goDown();
  await world.stash.comeBack();
  passStartGuard(world);
  // What the script on the page sends. The killed daemon counts as alive for some seconds yet.
  await world.operate({ operation: 'wake' });
  const { daemon, setup } = await world.status();
  expect({ isNew: daemon?.pid !== pid, setup }).toEqual({ isNew: true, setup: null });
});

test('a killed daemon loses nothing that was accepted', async () => {
  const world = await openPluginWorld();
  await world.setUp(EACH_SECOND);
  await world.plex.goDown();
  await world.mutate('sceneUpdate(input: { id: 2, title: "Kept" }) { id }');
  await eventually(async () => expect((await world.status()).queue.pending).toBeGreaterThan(0));
  process.kill(world.daemon() ?? 0, 'SIGKILL');
  await world.plex.comeBack();
  passStartGuard(world);
  await world.status();
  await world.arrives(2, 'Kept');
});

test('where a service puts up its sign, the plugin leaves the inbox to it', async () => {
  const world = await openPluginWorld();
  await world.setUp(EACH_SECOND);
  writeFileSync(path.join(world.inboxDir, 'external'), '');
  await hasEnded(world);
  await nudge(world);
  expect(world.daemon()).toBeNull();
});

test('a data folder that is damaged is said to whoever asks, and in Stash’s log', async () => {
  const world = await openPluginWorld();
  await world.setUp(EACH_SECOND);
  process.kill(world.daemon() ?? 0, 'SIGTERM');
  await hasEnded(world);
  writeFileSync(path.join(world.dataDir, 'plexsync.db'), 'garbage'.repeat(2_000));
  await expect(world.status()).rejects.toThrow(/The database .+ is damaged|is not a database/);
  expect(world.said().join('\n')).toMatch(/error: PlexSync cannot start: /);
});
