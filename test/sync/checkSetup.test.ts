import { expect, test } from 'vitest';
import type { SetupCheck } from '../../src/core/setupCheck.ts';
import { settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

const shown = (checks: readonly SetupCheck[]): readonly string[] =>
  checks.map(({ name, state, found }) => `${state} ${name}: ${found}`);
const notFine = (checks: readonly SetupCheck[]): readonly string[] =>
  shown(checks.filter(({ state }) => state !== 'ok'));

test('all is well: each thing is told with what was found, and nothing is changed', async () => {
  const world = await open();
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  const before = await world.operations.status();
  const checks = await world.operations.check();
  expect(notFine(checks)).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual([
    'Settings',
    'Stash',
    'Scenes',
    'Other plugins',
    'Plex',
    'Plex server',
    'Plex token',
    'Libraries',
    'File index',
    'Matching',
    'Work',
  ]);
  expect(shown(checks)).toContain('ok Libraries: "Movies"');
  expect(await world.operations.status()).toEqual(before);
});

test('before the first sync only what that will bring is missing, and no server is taken for ours', async () => {
  const world = await open();
  expect(notFine(await world.operations.check())).toEqual([
    'warning File index: No library was read yet.',
    'warning Matching: No file is linked and no path map known yet.',
  ]);
  expect(await world.engine.store.meta.get('plex-machine-identifier')).toBeNull();
});

test('a bad token, a wrong library and another server are each told with what to do', async () => {
  const world = await open();
  await world.work();
  await world.restart({ plex_token: 'wrong' });
  expect(notFine(await world.operations.check())[0]).toMatch(/^problem Plex token: .*401/);
  await world.restart({ plex_library: ['Films'] });
  const checks = await world.operations.check();
  expect(notFine(checks)[0]).toContain('problem Libraries: plex_library: found "Films"');
  await world.engine.store.meta.set('plex-machine-identifier', 'another');
  const server = (await world.operations.check()).find(({ name }) => name === 'Plex server');
  expect(server).toMatchObject({ state: 'problem', advice: expect.stringContaining('adopt-server') });
  expect((await world.operations.status()).stop).toBeNull();
});

test('with both servers away the check says so and goes no further', async () => {
  const world = await open();
  await Promise.all([world.stash.goDown(), world.plex.goDown()]);
  const checks = await world.operations.check();
  expect(checks.filter(({ state }) => state === 'problem').map(({ name }) => name)).toEqual([
    'Stash',
    'Plex',
  ]);
  expect(checks.map(({ name }) => name)).not.toContain('Plex token');
});

test('another plugin that writes to Plex is a warning at once, without a poll', async () => {
  const world = await open();
  world.stash.plugins.add({ id: 'PlexSync', pluginDir: '/plugins/PlexSync' });
  expect(notFine(await world.operations.check())).toContainEqual(
    expect.stringContaining('warning Other plugins: The plugin PlexSync of Stash is enabled'),
  );
});

test('what is not set up is told, and the servers whose settings are there are asked all the same', async () => {
  const world = await open({
    problems: ['plex_token: found nothing; allowed: a text.'],
    settings: { plex_url: 'http://127.0.0.1:1' },
  });
  const checks = await world.operations.check();
  expect(shown(checks)[0]).toBe('problem Settings: plex_token: found nothing; allowed: a text.');
  expect(checks.map(({ name, state }) => `${state} ${name}`)).toEqual(
    expect.arrayContaining(['ok Stash', 'ok Scenes', 'problem Plex']),
  );
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0 });
});
