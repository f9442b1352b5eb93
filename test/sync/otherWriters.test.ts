import { expect, test } from 'vitest';
import { messagesOf, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const STASH2PLEX = { id: 'Stash2Plex', pluginDir: '/plugins/Stash2Plex' };
const WARNING =
  'The plugin Stash2Plex of Stash is enabled: it writes scenes to Plex, too. Disable it in Stash (Settings > Plugins).';

test('another plugin that writes to Plex is told in status and once in the log, until it is disabled', async () => {
  const world = await open();
  const warnings = async () => (await world.operations.status()).warnings;
  await world.engine.poll();
  expect(await warnings()).toEqual([]);
  world.stash.plugins.add(STASH2PLEX);
  for (let poll = 0; poll < 3; poll++) await world.engine.poll();
  expect(await warnings()).toEqual([WARNING]);
  expect(messagesOf(world, 'warn')).toEqual([WARNING]);
  world.stash.plugins.setEnabled({ Stash2Plex: false });
  await world.engine.poll();
  expect(await warnings()).toEqual([]);
});

test('status itself asks nobody', async () => {
  const world = await open();
  world.stash.plugins.add(STASH2PLEX);
  expect((await world.operations.status()).warnings).toEqual([]);
  expect(world.stash.log.requests).toEqual([]);
});

test('a Stash that refuses to tell costs no poll and pauses nothing', async () => {
  const world = await open();
  world.stash.faults.add({ fault: 'badRequest', matching: 'PlexSyncPlugins' });
  expect(await world.engine.poll()).toEqual({ ok: true, value: undefined });
  expect(await world.operations.status()).toMatchObject({ warnings: [], pauses: [] });
});
