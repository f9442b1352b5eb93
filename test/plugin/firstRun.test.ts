import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { PLEX_TOKEN } from '../processes/secrets.ts';
import { openPluginWorld } from './pluginWorld.ts';

const NOT_SET_UP = /not set up yet/;

test('dropped into the plugins folder it waits quietly to be set up, and what is edited meanwhile arrives then', async () => {
  const world = await openPluginWorld();
  await world.mutate('sceneUpdate(input: { id: 2, title: "Before it was set up" }) { id }');
  for (let edit = 0; edit < 5; edit++) {
    await world.mutate(`sceneUpdate(input: { id: 3, title: "Edit ${edit}" }) { id }`);
  }
  const status = await world.status();
  expect(status.setup?.problems).toHaveLength(2);
  await eventually(async () => expect((await world.status()).queue.pending).toBe(2));
  await world.status();
  expect(world.said().filter((line) => NOT_SET_UP.test(line))).toEqual([
    'info: PlexSync is not set up yet: enter the Plex address and token in Settings > Plugins. Changes are kept until then.',
  ]);
  expect(world.said().filter((line) => !line.startsWith('info: '))).toEqual([]);
  expect(world.plex.log.requests).toEqual([]);

  await world.setUp();
  await world.arrives(2, 'Before it was set up');
  await world.arrives(3, 'Edit 4');
  world.plex.log.assertHarmless();
});

test('the switches that are on by default show so in Stash, also after a page left open has dropped them', async () => {
  const world = await openPluginWorld();
  await world.status();
  const stored = () => world.stash.plugins.settings.read('plexsync');
  expect(stored()).toEqual({ enabled: true, strict_matching: true });
  await world.setUp({ strict_matching: false });
  expect(stored()).toMatchObject({ enabled: true, strict_matching: false });
  world.configure({ plex_url: world.plex.url, plex_token: PLEX_TOKEN });
  await world.status();
  expect(stored()).toEqual({
    plex_url: world.plex.url,
    plex_token: PLEX_TOKEN,
    enabled: true,
    strict_matching: true,
  });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    'a text in a number',
    { max_retries: 'many' },
    /warning: PlexSync: max_retries \(Attempts at most in Stash’s Settings > Plugins\): found "many"; allowed: a whole number from 1 to 100\./,
  ],
  [
    'a library that Plex does not have',
    { plex_library: '# 1' },
    /warning: PlexSync: plex_library: found "# 1", which Plex does not have; allowed: .*"Movies"/,
  ],
  ['a token that Plex refuses', { plex_token: 'wrong-token-entirely' }, /warning: PlexSync: Plex .*401/],
])('%s is told in Stash’s log, once, and work goes on when it is corrected', async (_, wrong, told) => {
  const world = await openPluginWorld();
  await world.setUp(wrong);
  await world.mutate('sceneUpdate(input: { id: 2, title: "Waits" }) { id }');
  await eventually(async () => {
    await world.status();
    expect(world.said().some((line) => told.test(line))).toBe(true);
  });
  await world.status();
  expect(world.said().filter((line) => told.test(line))).toHaveLength(1);
  expect(world.plex.log.counts()).toMatchObject({ edits: 0 });
  await world.setUp();
  await world.arrives(2, 'Waits');
  expect(world.said().join('\n')).not.toContain('wrong-token');
});

test('a number that was cleared, which Stash stores as 0, means the default', async () => {
  const world = await openPluginWorld();
  await world.setUp({ max_retries: 0, poll_interval: 0, plex_library: '' });
  expect((await world.status()).setup).toBeNull();
});

test('what lies on disk is for its owner only, and neither log has a secret or a title at its usual level', async () => {
  const world = await openPluginWorld({ env: { PLEXSYNC_LOG_LEVEL: 'info' } });
  await world.setUp();
  await world.mutate('sceneUpdate(input: { id: 2, title: "A private title" }) { id }');
  await world.arrives(2, 'A private title');
  const status = await world.status();
  expect(status.daemon?.logFile).toBe(path.join(world.dataDir, 'plexsync.log'));
  for (const name of readdirSync(world.dataDir)) {
    const { mode } = statSync(path.join(world.dataDir, name));
    expect(`${name} ${(mode & 0o077).toString(8)}`).toBe(`${name} 0`);
  }
  expect(world.log()).not.toContain(PLEX_TOKEN);
  const said = world.said().join('\n');
  expect(said).not.toContain(PLEX_TOKEN);
  expect(said).not.toContain('A private title');
});
