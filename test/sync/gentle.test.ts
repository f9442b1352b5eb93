import { describe, expect, test } from 'vitest';
import type { World, WorldOptions } from '../world/world.ts';
import { comparePages, editsAmong, itemAt, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

const SCENES = 35;
/** More than one page. */
const MANY = 505;

/** A comparison has queued the scenes of its first page. */
async function openUnderWay(options: WorldOptions = {}): Promise<World> {
  const world = await open({ files: SCENES, ...options });
  await world.operations.sync({ kind: 'all' });
  await comparePages(world, 1);
  return world;
}

const expectWritten = (world: World, number: number): void =>
  expect(itemAt(world, number).fields.studio).toBe(world.samples[number - 1]?.studio);
const restOf = async (world: World) => (await world.operations.status()).reconcile.rest;
const editsOf = async (world: World, act: () => Promise<unknown>): Promise<number> =>
  editsAmong(await requestsDuring(world, act)).length;

describe('a comparison that is paused', () => {
  test('goes no further, and neither does what it has queued, also in the next process', async () => {
    const world = await openUnderWay({ files: MANY });
    expect(await world.operations.pauseReconcile()).toEqual({ wasPaused: false });
    expect(await world.operations.pauseReconcile()).toEqual({ wasPaused: true });
    expect(await editsOf(world, () => settle(world))).toBe(0);
    await world.restart();
    expect(await editsOf(world, () => settle(world))).toBe(0);
    const { reconcile, queue } = await world.operations.status();
    expect(reconcile).toMatchObject({
      rest: { kind: 'paused', since: expect.any(Number) },
      running: { counts: { scenes: 500 } },
    });
    expect(queue.pending).toBe(501);
  });

  test('lets edits go on, also of the scenes that it has queued', async () => {
    const world = await openUnderWay();
    await world.operations.pauseReconcile();
    await world.edit(7, { title: 'Edited' });
    await world.edit(8, { title: 'Seen by the poll' }, 'poll');
    expect(await editsOf(world, () => settle(world))).toBe(2);
    expect([7, 8].map((number) => itemAt(world, number).title)).toEqual(['Edited', 'Seen by the poll']);
  });

  test('lets a bulk edit of what it has queued go on', async () => {
    const world = await openUnderWay();
    await world.operations.pauseReconcile();
    const now = world.clock.now();
    const triggers = Array.from({ length: 30 }, (_, index) => ({
      subject: { kind: 'scene', id: String(index + 1) },
      source: 'hook',
    }));
    await world.engine.store.queue.enqueue(triggers as never, { now, dueAt: now });
    expect(await editsOf(world, () => settle(world))).toBe(30);
  });

  test('goes on when a person says so, and all of it arrives', async () => {
    const world = await openUnderWay({ files: MANY });
    await world.operations.pauseReconcile();
    await settle(world);
    expect(await world.operations.resumeReconcile()).toEqual({ wasPaused: true });
    expect(await world.operations.resumeReconcile()).toEqual({ wasPaused: false });
    await settle(world);
    expect((await world.operations.status()).reconcile).toMatchObject({ rest: null, running: null });
    for (const number of [1, 499, MANY]) expectWritten(world, number);
  });

  test('is told while none is under way, too: the next one waits', async () => {
    const world = await open();
    await world.operations.pauseReconcile();
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    expect((await world.operations.status()).reconcile).toMatchObject({
      rest: { kind: 'paused' },
      running: { startedAt: null },
    });
  });
});

describe('while Plex looks through a library', () => {
  test('comparisons and what they have queued wait, edits do not', async () => {
    const world = await openUnderWay();
    world.clock.advance(10_000);
    world.plex.library.setRefreshing('1', true);
    await world.edit(7, { title: 'Edited' });
    expect(await editsOf(world, () => settle(world))).toBe(1);
    expect(await restOf(world)).toEqual({ kind: 'plex-scans', library: 'Movies' });
    world.plex.library.setRefreshing('1', false);
    await settle(world);
    await settle(world);
    expect(await restOf(world)).toBeNull();
    expectWritten(world, SCENES);
  });

  test('Plex is asked about it every few seconds at most, and only while something waits', async () => {
    const world = await openUnderWay();
    world.clock.advance(10_000);
    world.plex.library.setRefreshing('1', true);
    const sections = async (act: () => Promise<unknown>): Promise<number> =>
      (await requestsDuring(world, act)).filter(({ path }) => path === '/library/sections').length;
    expect(
      await sections(async () => {
        for (let second = 0; second < 20; second++) {
          await world.work();
          world.clock.advance(1_000);
        }
      }),
    ).toBe(4);
    world.plex.library.setRefreshing('1', false);
    world.clock.advance(10_000);
    await world.work();
    await settle(world);
    const asked = await sections(async () => {
      world.clock.advance(60_000);
      await world.edit(3, { title: 'Once more' });
      await world.work();
    });
    expect(asked).toBe(0);
  });

  test('a library out of scope holds nothing up', async () => {
    const world = await open({ settings: { plex_library: ['Movies'] } });
    const { key } = world.plex.library.addSection({ title: 'Home films' });
    world.plex.library.setRefreshing(key, true);
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    expectWritten(world, 1);
  });

  test('the end of a scan that Plex tells of is not waited for any longer', async () => {
    const world = await openUnderWay();
    world.clock.advance(10_000);
    world.plex.library.setRefreshing('1', true);
    await world.work();
    world.plex.library.setRefreshing('1', false);
    expect(await editsOf(world, () => world.work())).toBe(0);
    world.engine.plexEvents.take({ kind: 'scan-ended' });
    expect(await editsOf(world, () => world.work())).toBeGreaterThan(0);
  });
});

describe('while somebody watches', () => {
  const watched = { wait_while_streaming: true };

  test('comparisons wait if that is wanted, edits do not; on pause nobody watches', async () => {
    const world = await openUnderWay({ settings: watched });
    world.clock.advance(10_000);
    const session = world.plex.library.play(world.itemKey(1));
    await world.edit(7, { title: 'Edited' });
    expect(await editsOf(world, () => settle(world))).toBe(1);
    expect(await restOf(world)).toEqual({ kind: 'streaming', streams: 1 });
    world.plex.library.setPlaying(session, 'paused');
    await settle(world);
    await settle(world);
    expectWritten(world, SCENES);
  });

  test('nobody is asked where it is not wanted', async () => {
    const world = await open();
    world.plex.library.play(world.itemKey(1));
    const requests = await requestsDuring(world, async () => {
      await world.operations.sync({ kind: 'all' });
      await settle(world);
    });
    expect(requests.filter(({ path }) => path === '/status/sessions')).toEqual([]);
    expectWritten(world, 1);
  });

  test.each([401, 403, 404, 500])('a Plex that answers %i holds nothing up', async (status) => {
    const world = await open({ settings: watched });
    const count = Number.POSITIVE_INFINITY;
    world.plex.faults.add({ fault: 'status', argument: status, url: /status\/sessions/, count });
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    expectWritten(world, 1);
    expect((await world.operations.status()).pauses).toEqual([]);
  });
});
