import assert from 'node:assert/strict';
import { afterEach, expect, test } from 'vitest';
import { liveFor, openSynced } from '../faults/syncedWorld.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
afterEach(() => world.close());

function renameLibrary(title: string): void {
  const [library] = world.plex.library.sections();
  assert(library !== undefined);
  Object.assign(library, { title });
}

test('a library that is renamed while PlexSync runs pauses the work and costs no storm of requests', async () => {
  world = await openSynced({ files: 2, settings: { plex_library: ['Movies'] } });
  renameLibrary('Films');
  world.clock.advance(60_000);
  const lost = world.stash.library.addScene({ title: 'Lost', files: [{ path: '/data/lost/1.mp4' }] });
  await world.trigger(lost.id);
  for (let round = 1; round <= 50; round++) await world.engine.worker.tick();
  expect(world.plex.log.requests.length + world.stash.log.requests.length).toBeLessThan(10);
  expect(await world.operations.status()).toMatchObject({
    queue: { pending: 1, dead: 0 },
    pauses: [{ failure: { class: 'settings', message: expect.stringContaining('"Films"') } }],
  });
  renameLibrary('Movies');
  await liveFor(world, 120_000);
  expect((await world.operations.status()).pauses).toEqual([]);
});

test('status tells which servers have answered, and whose answer a pause is about', async () => {
  world = await openWorld({ files: 1, settings: { plex_token: 'wrong' } });
  await world.stash.goDown();
  expect(await world.operations.status()).toMatchObject({ hasAnswered: { plex: false, stash: false } });
  await world.engine.poll();
  expect(await world.operations.status()).toMatchObject({ hasAnswered: { plex: true, stash: false } });
  await world.stash.comeBack();
  await world.engine.poll();
  expect(await world.operations.status()).toMatchObject({
    hasAnswered: { plex: true, stash: true },
    pauses: [{ failure: { class: 'auth', peer: 'plex' } }],
  });
});
