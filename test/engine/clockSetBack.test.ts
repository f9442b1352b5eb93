import { expect, test } from 'vitest';
import { worldOfEachTest } from '../sync/eachWorld.ts';
import type { World } from '../world/world.ts';

const open = worldOfEachTest();
const DAY_MS = 24 * 3_600_000;

/** PlexSync's machine was ahead until it found a time server. */
async function openAhead(aheadMs = DAY_MS): Promise<World> {
  const world = await open();
  world.setOwnClock(aheadMs);
  return world;
}

const setBack = (world: World): void => world.setOwnClock(0);

const title = (world: World, number: number): string | undefined =>
  world.plex.library.read(world.itemKey(number))?.title;

test('what was queued before the clock is set back is done at once', async () => {
  const world = await openAhead();
  await world.work();
  await world.edit(1, { title: 'From the future' });
  await world.engine.worker.tick();
  await world.edit(2, { title: 'From the future, too' });
  setBack(world);
  await world.workFor(5_000);
  expect([title(world, 1), title(world, 2)]).toEqual(['From the future', 'From the future, too']);
});

test('so is what the process before had queued', async () => {
  const world = await openAhead();
  await world.work();
  await world.edit(1, { title: 'From the future' });
  setBack(world);
  await world.restart();
  await world.workFor(5_000);
  expect(title(world, 1)).toBe('From the future');
});

test('what was put off before is not put off for longer', async () => {
  const world = await openAhead();
  await world.work();
  world.plex.faults.add({ fault: 'status', argument: 400, method: 'PUT', count: 1 });
  await world.edit(1, { title: 'Refused once' });
  await world.work();
  expect(title(world, 1)).not.toBe('Refused once');
  setBack(world);
  await world.workFor(5_000);
  expect(title(world, 1)).toBe('Refused once');
});

test('a library that could not be listed is listed again', async () => {
  const world = await openAhead();
  world.plex.faults.add({ fault: 'status', argument: 500, url: /^\/library\/sections\b/, count: 1 });
  await world.edit(1, { title: 'Listed later' });
  await world.engine.worker.tick();
  setBack(world);
  await world.workFor(60_000);
  expect(title(world, 1)).toBe('Listed later');
});

test('a pause is probed within a minute', async () => {
  const world = await openAhead();
  await world.work();
  world.plex.faults.add({ fault: 'status', argument: 401, count: 3 });
  await world.edit(1, { title: 'Signed in again' });
  await world.work();
  world.plex.faults.clear();
  setBack(world);
  await world.workFor(60_000);
  expect(title(world, 1)).toBe('Signed in again');
});

test('the index is not taken for fresh until the clock has caught up', async () => {
  const world = await openAhead();
  await world.edit(1, { title: 'Known' });
  await world.work();
  setBack(world);
  const before = world.plex.log.counts().index;
  await world.engine.poll();
  expect(world.plex.log.counts().index).toBeGreaterThan(before);
});

test('events of Plex that were gathered before are looked at', async () => {
  const world = await openAhead();
  await world.edit(1, { title: 'Ours' });
  await world.workFor(60_000);
  const { plexEvents } = world.engine;
  plexEvents.take({ kind: 'connected' });
  setBack(world);
  expect(await plexEvents.round()).toBe(0);
});
