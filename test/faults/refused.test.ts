import { afterEach, describe, expect, test } from 'vitest';
import type { Failure } from '../../src/core/failure.ts';
import { openWorld, type World } from '../world/world.ts';
import { editAll, liveFor, openSynced, titled, titlesIn } from './syncedWorld.ts';

const MINUTE_MS = 60_000;
const FILES = 6;

let world: World;
afterEach(() => world.close());

const pauses = async (): Promise<readonly Failure[]> =>
  (await world.operations.status()).pauses.map((pause) => pause.failure);

/** What the log says of pauses. */
const told = (): readonly unknown[] =>
  world.log.lines
    .map((line): unknown => JSON.parse(line))
    .filter(
      (line) =>
        typeof line === 'object' &&
        line !== null &&
        'msg' in line &&
        /work waits until|work goes on/.test(String(line.msg)),
    );

/** Everything waits, nothing was used up and nothing is lost. */
async function expectAllKept(): Promise<void> {
  const jobs = await world.operations.queue({ states: ['pending'], limit: 100 });
  expect(jobs.map((job) => job.attempt)).toEqual(Array.from({ length: FILES }, () => 0));
  expect(await world.operations.status()).toMatchObject({
    queue: { running: 0, waiting: 0, dead: 0 },
    breakers: { plex: { state: 'closed' }, stash: { state: 'closed' } },
  });
}

describe('a Plex token that is refused', () => {
  test('pauses everything with one message, is tried again each minute, and goes on once it is good', async () => {
    world = await openSynced({ files: FILES });
    world.plex.library.revokeToken(world.plex.token);
    await editAll(world, 'During');
    await liveFor(world, 10 * MINUTE_MS);

    await expectAllKept();
    expect(await pauses()).toEqual([
      {
        class: 'auth',
        peer: 'plex',
        message: `Plex answered 401 Unauthorized: GET ${world.plex.url}/`,
      },
    ]);
    expect(told()).toMatchObject([{ level: 'error', peer: 'plex' }]);
    // Who is it, and is the token good?
    const { identity, server, edits } = world.plex.log.counts();
    expect([identity, server, edits]).toEqual([9, 9, 0]);
    expect(world.plex.log.requests.length).toBeLessThan(20);

    world.plex.library.acceptToken(world.plex.token);
    await liveFor(world, MINUTE_MS + 1_000);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(await pauses()).toEqual([]);
    expect(told().slice(1)).toMatchObject([{ level: 'info', peer: 'plex' }]);
  });

  test('is asked about once more after a restart, with the token that the settings hold now', async () => {
    world = await openSynced({ files: FILES });
    world.plex.library.revokeToken(world.plex.token);
    await editAll(world, 'During');
    await liveFor(world, 2 * MINUTE_MS);
    world.plex.library.acceptToken('renewed-token-4711');
    await world.restart({ plex_token: 'renewed-token-4711' });
    await liveFor(world, 2_000);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
  });
});

describe.each([403, 401])('a token that may read and not edit (%i on edits)', (status) => {
  test('pauses everything with one message; one edit a minute tells whether it may now', async () => {
    world = await openSynced({ files: FILES });
    world.plex.faults.add({
      fault: 'status',
      argument: status,
      method: 'PUT',
      count: Number.POSITIVE_INFINITY,
    });
    await editAll(world, 'During');
    await liveFor(world, 10 * MINUTE_MS);

    await expectAllKept();
    expect(await pauses()).toMatchObject([
      {
        class: 'auth',
        message: expect.stringContaining(`Plex answered ${status}`),
        advice: 'Set plex_token to a token of the server’s owner: only the owner may edit.',
      },
    ]);
    expect(told()).toMatchObject([{ level: 'error', peer: 'plex' }]);
    // Two went together before the first refusal; then one each minute.
    expect(world.plex.log.counts().edits).toBe(2 + 9);

    world.plex.faults.clear();
    await liveFor(world, MINUTE_MS + 1_000);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(await pauses()).toEqual([]);
    expect(told().slice(1)).toMatchObject([{ level: 'info', peer: 'plex' }]);
    world.plex.log.assertHarmless();
  });
});

test('a library that Plex does not have pauses with the names that it has, and goes on once it is there', async () => {
  world = await openWorld({ files: FILES, settings: { plex_library: ['Flims'] } });
  world.plex.library.addSection({ title: 'Archive', items: [] });
  await editAll(world, 'First');
  await liveFor(world, 10 * MINUTE_MS);
  await expectAllKept();
  expect(await pauses()).toEqual([
    {
      class: 'settings',
      peer: 'plex',
      message:
        'plex_library: found "Flims", which Plex does not have; allowed: the libraries of the type movie: "Movies", "Archive".',
    },
  ]);
  expect(told()).toMatchObject([{ level: 'error', peer: 'plex' }]);
  expect(world.plex.log.counts()).toMatchObject({ details: 0, edits: 0 });
  expect(world.plex.log.requests.length).toBeLessThan(10 * 4);

  await world.restart({ plex_library: ['movies'] });
  await liveFor(world, 2_000);
  expect(titlesIn(world)).toEqual(titled(world, 'First'));
});

describe('a key that Stash refuses', () => {
  test('pauses everything with one message, is tried again each minute, and goes on once it is good', async () => {
    world = await openSynced({
      files: FILES,
      stash: { apiKey: 'right-key-0815', password: 'secret' },
      settings: { stash_api_key: 'right-key-0815' },
    });
    world.stash.switches.apiKey = 'another-key-0816';
    await editAll(world, 'During');
    await liveFor(world, 10 * MINUTE_MS);

    await expectAllKept();
    expect(await pauses()).toEqual([
      {
        class: 'auth',
        peer: 'stash',
        message: `Stash answered 401 Unauthorized: POST ${world.stash.url}/graphql`,
        advice:
          'Set stash_api_key to the key in Stash’s Settings > Security; leave it out when Stash has no password.',
      },
    ]);
    expect(told()).toMatchObject([{ level: 'error', peer: 'stash' }]);
    expect(world.plex.log.counts()).toMatchObject({ details: 0, edits: 0 });

    world.stash.switches.apiKey = 'right-key-0815';
    await liveFor(world, MINUTE_MS + 1_000);
    expect(titlesIn(world)).toEqual(titled(world, 'During'));
    expect(await pauses()).toEqual([]);
  });
});

test('Plex going away during a pause does not end it', async () => {
  world = await openSynced({ files: FILES });
  world.plex.library.revokeToken(world.plex.token);
  await editAll(world, 'During');
  await liveFor(world, 2 * MINUTE_MS);
  await world.plex.goDown();
  await liveFor(world, 10 * MINUTE_MS);
  await world.plex.comeBack();
  await liveFor(world, 6 * MINUTE_MS);
  await expectAllKept();
  expect(await pauses()).toMatchObject([{ class: 'auth', peer: 'plex' }]);
  world.plex.library.acceptToken(world.plex.token);
  await liveFor(world, MINUTE_MS + 1_000);
  expect(titlesIn(world)).toEqual(titled(world, 'During'));
});
