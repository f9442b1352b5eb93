import { expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { openPluginWorld, type PluginWorld } from './pluginWorld.ts';

const PASSWORD = 'a password';
const EACH_SECOND = { poll_interval: 1 };

/** A person who signs in on Stash's page; the cookie goes with all that the page sends. */
async function signIn({ stash }: PluginWorld): Promise<Readonly<Record<string, string>>> {
  const form = new URLSearchParams({ username: 'stash', password: PASSWORD });
  const answer = await fetch(`${stash.url}/login`, { method: 'POST', body: form, redirect: 'manual' });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  return { Cookie: cookie };
}

const edit = (number: number, title: string): string =>
  `sceneUpdate(input: { id: ${number}, title: "${title}" }) { id }`;

test('an open Stash needs nothing', async () => {
  const world = await openPluginWorld();
  await world.setUp();
  await world.mutate(edit(2, 'Open'));
  await world.arrives(2, 'Open');
  expect((await world.status()).pauses).toEqual([]);
});

test('an open Stash that has a key all the same is asked with it', async () => {
  const world = await openPluginWorld({ stash: { switches: { apiKey: 'key-one' } } });
  await world.setUp();
  await world.mutate(edit(2, 'Open'));
  await world.arrives(2, 'Open');
  expect(world.stash.log.requests.some(({ auth }) => auth === 'key')).toBe(true);
});

test('behind a password without a key, the session of whoever edits is used and prolonged', async () => {
  const world = await openPluginWorld({ stash: { switches: { password: PASSWORD } } });
  const cookie = await signIn(world);
  await world.setUp({}, cookie);
  await world.mutate(edit(2, 'By cookie'), cookie);
  await world.arrives(2, 'By cookie');
  expect(world.log()).not.toContain(cookie['Cookie']);
});

test('a session that has run out pauses work, and the next edit ends the pause at once', async () => {
  const world = await openPluginWorld({ stash: { switches: { password: PASSWORD, sessionSeconds: 2 } } });
  const pauses = async () => (await world.status(await signIn(world))).pauses;
  await world.setUp({ poll_interval: 3 }, await signIn(world));
  await eventually(() => expect(world.log()).toMatch(/work waits until this is corrected .*Stash.*401/));
  await world.mutate(edit(2, 'Signed in again'), await signIn(world));
  await world.arrives(2, 'Signed in again');
  await eventually(async () => expect(await pauses()).toEqual([]));
});

test('behind a password with a key, work goes on without any session', async () => {
  const world = await openPluginWorld({
    stash: { switches: { password: PASSWORD, apiKey: 'key-one', sessionSeconds: 1 } },
  });
  await world.setUp(EACH_SECOND, await signIn(world));
  await world.mutate(edit(2, 'By key'), { ApiKey: 'key-one' });
  await world.arrives(2, 'By key');
  // Nobody is signed in any more, and no hook tells of it.
  const scene = world.stash.library.scenes.get(3);
  await eventually(async () => {
    await world.mutate(edit(3, 'Still by key'), { ApiKey: 'key-one' });
    expect(world.stash.library.scenes.get(3)?.title).toBe('Still by key');
  });
  expect(scene).toBeDefined();
  await world.arrives(3, 'Still by key');
  expect((await world.status({ ApiKey: 'key-one' })).pauses).toEqual([]);
  expect(world.log()).not.toContain('key-one');
});

test('a key that is made anew is fetched by the session of the next edit', async () => {
  const world = await openPluginWorld({ stash: { switches: { password: PASSWORD, apiKey: 'key-one' } } });
  const cookie = await signIn(world);
  await world.setUp({}, cookie);
  world.stash.switches.apiKey = 'key-two';
  await world.mutate(edit(2, 'After the new key'), cookie);
  await world.arrives(2, 'After the new key');
  await world.status(cookie);
  world.stash.log.clear?.();
  await world.mutate(edit(3, 'With the new key'), { ApiKey: 'key-two' });
  await world.arrives(3, 'With the new key');
  expect(world.stash.log.requests.at(-1)?.auth).toBe('key');
  expect(world.log()).not.toMatch(/key-one|key-two/);
});

test.each([
  ['all of IPv4', { host: '0.0.0.0' }],
  ['all of IPv6', { host: '[::]' }],
  ['HTTPS with a certificate of its own making', { isSecure: true }],
  ['HTTPS on all of IPv6', { host: '[::]', isSecure: true }],
])('a Stash that serves %s is reached', async (_, stash) => {
  const world = await openPluginWorld({ stash });
  await world.setUp();
  await world.mutate(edit(2, 'Reached'));
  await world.arrives(2, 'Reached');
  expect((await world.status()).breakers.stash).toMatchObject({ state: 'closed', failuresInRow: 0 });
});
