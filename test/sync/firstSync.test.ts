import { describe, expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { World, WorldOptions } from '../world/world.ts';
import { editsAmong, itemAt, messagesOf, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const openWorld = worldOfEachTest();
const open = (options: WorldOptions = {}): Promise<World> =>
  openWorld({ files: 4, ...options, settings: { first_sync: 'ask', ...options.settings } });

async function compared(world: World): Promise<void> {
  await world.operations.sync({ kind: 'all' });
  await settle(world);
}

const firstSync = async (world: World) => (await world.operations.status()).firstSync;

const untouched = (world: World, number: number): boolean => itemAt(world, number).locks.length === 0;

describe('the first comparison of a library', () => {
  test('writes nothing, queues nothing, and says what it would write, field by field', async () => {
    const world = await open({ files: 30 });
    world.stash.library.addScene({ title: 'Lost', files: [{ path: '/data/lost.mp4', size: 5 }] });
    const requests = await requestsDuring(world, () => compared(world));
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    const { queue, links, firstSync, reconcile } = await world.operations.status();
    expect(queue).toMatchObject({ pending: 0, running: 0, waiting: 0, dead: 0 });
    expect(links).toBe(0);
    expect(reconcile).toMatchObject({ running: null, last: null });
    expect(firstSync?.report).toMatchObject({
      tally: { scenes: 31, wouldChange: 30, inStep: 0, failures: { 'no-match': 1 } },
    });
    expect(firstSync?.report?.tally.fields['studio']).toEqual({ first: 30 });
    expect(firstSync?.report?.sample).toHaveLength(20);
    expect(messagesOf(world, 'info')).toContainEqual(
      expect.stringMatching(/^the first sync waits for your word: 31 scenes: 30 would change/),
    );
  });

  test('asks again each time, until a person accepts it; then all is written, and nobody is asked any more', async () => {
    const world = await open();
    await compared(world);
    await world.operations.reconcile();
    await settle(world);
    expect(untouched(world, 1)).toBe(true);
    expect(await world.operations.runFirstSync()).toMatchObject({ ok: true, value: { wasAsking: true } });
    await settle(world);
    expect([1, 2, 3, 4].map((number) => itemAt(world, number).fields.studio)).toEqual(
      world.samples.map(({ studio }) => studio),
    );
    expect(await firstSync(world)).toBeNull();
    expect((await world.operations.status()).reconcile.last).toMatchObject({
      outcome: 'done',
      counts: { scenes: 4, queued: 4 },
    });
    expect(await world.operations.runFirstSync()).toMatchObject({ value: { wasAsking: false, added: 0 } });
    await world.restart();
    world.stash.library.editScene(world.scene(2), { title: 'Without a word' });
    await compared(world);
    expect(itemAt(world, 2).title).toBe('Without a word');
  });

  test('leaves single edits alone, which are written at once, before and after it', async () => {
    const world = await open();
    await world.edit(1, { title: 'Before' });
    await settle(world);
    expect(itemAt(world, 1).title).toBe('Before');
    await compared(world);
    await world.operations.sync({ kind: 'scenes', scenes: [sceneId('2')] });
    await world.edit(3, { title: 'After' }, 'poll');
    await settle(world);
    expect([untouched(world, 2), itemAt(world, 3).title]).toEqual([false, 'After']);
    expect(untouched(world, 4)).toBe(true);
    expect((await firstSync(world))?.report?.tally).toMatchObject({ scenes: 4, wouldChange: 3, inStep: 1 });
  });

  test('that the schedule brings asks, too', async () => {
    const world = await open({ settings: { reconcile_interval: 'daily' } });
    await world.work();
    world.clock.advance(DAY_MS);
    const requests = await requestsDuring(world, () => settle(world));
    expect(editsAmong(requests)).toEqual([]);
    expect((await firstSync(world))?.report?.tally.scenes).toBe(4);
  });

  test('goes on where it was in the next process, with what it has counted', async () => {
    const world = await open({ files: 130 });
    await world.operations.sync({ kind: 'all' });
    for (let tick = 0; tick < 3; tick++) await world.engine.reconcile.tick();
    const { running } = (await world.operations.status()).reconcile;
    expect(running).toMatchObject({ total: 130, counts: { scenes: 100 }, survey: { wouldChange: 100 } });
    await world.restart();
    const details = (await requestsDuring(world, () => settle(world))).filter(
      ({ kind }) => kind === 'details',
    );
    expect(details).toHaveLength(1);
    expect((await firstSync(world))?.report).toMatchObject({
      startedAt: running?.startedAt,
      tally: { scenes: 130, wouldChange: 130 },
      sample: expect.arrayContaining(['1', '20']),
    });
  });

  test('accepted half-way starts over, and writes from its first scene on', async () => {
    const world = await open({ files: 130 });
    await world.operations.sync({ kind: 'all' });
    for (let tick = 0; tick < 2; tick++) await world.engine.reconcile.tick();
    await world.operations.runFirstSync();
    await settle(world);
    expect([1, 60, 130].filter((number) => untouched(world, number))).toEqual([]);
    expect((await world.operations.status()).reconcile.last?.counts).toMatchObject({
      scenes: 130,
      queued: 130,
    });
  });

  test('accepted while its last page is read is accepted', async () => {
    const world = await open();
    await world.operations.sync({ kind: 'all' });
    await world.engine.reconcile.tick();
    const page = world.engine.reconcile.tick();
    await world.operations.runFirstSync();
    await page;
    expect(await firstSync(world)).toBeNull();
    await settle(world);
    expect(untouched(world, 1)).toBe(false);
  });

  test('waits for a Plex that is away, and counts nothing twice', async () => {
    const world = await open({ files: 120 });
    await world.operations.sync({ kind: 'all' });
    for (let tick = 0; tick < 2; tick++) await world.engine.reconcile.tick();
    await world.plex.goDown();
    await world.work();
    expect((await world.operations.status()).reconcile.running).toMatchObject({
      failure: { class: 'unreachable', peer: 'plex' },
    });
    await world.plex.comeBack();
    await world.workFor(10 * 60_000);
    expect((await firstSync(world))?.report?.tally).toMatchObject({ scenes: 120, wouldChange: 120 });
  });

  test('with first_sync set to run writes at once, for good', async () => {
    const world = await open({ settings: { first_sync: 'run' } });
    await compared(world);
    expect(untouched(world, 1)).toBe(false);
    await world.restart({ first_sync: 'ask' });
    expect(await firstSync(world)).toBeNull();
  });

  test('of another Plex server asks anew', async () => {
    const world = await open();
    await world.operations.runFirstSync();
    await settle(world);
    world.plex.library.replaceServer('another-server');
    await world.engine.poll();
    await world.operations.adoptServer();
    expect(await firstSync(world)).toEqual({ report: null });
  });
});

describe('a library that an earlier version brought in step', () => {
  /** As that version left it: it knew nothing of a first sync. */
  async function openUpgraded(outcome: 'done' | 'cancelled'): Promise<World> {
    const world = await open({ settings: { first_sync: 'run' } });
    await compared(world);
    const { meta } = world.engine.store;
    await meta.delete('first-sync');
    const memory = JSON.parse((await meta.get('reconcile')) ?? '{}');
    await meta.set('reconcile', JSON.stringify({ ...memory, last: { ...memory.last, outcome } }));
    await world.restart({ first_sync: 'ask' });
    return world;
  }

  test('is not asked about', async () => {
    const world = await openUpgraded('done');
    expect(await firstSync(world)).toBeNull();
    world.stash.library.editScene(world.scene(2), { title: 'Without a word' });
    await compared(world);
    expect(itemAt(world, 2).title).toBe('Without a word');
  });

  test('is not asked about either when the next comparison is cancelled', async () => {
    const world = await openUpgraded('done');
    await world.operations.reconcile();
    expect(await world.operations.cancelReconcile()).toEqual({ wasRunning: true });
    expect(await firstSync(world)).toBeNull();
  });

  test('is asked about where it never came to the end', async () => {
    expect(await firstSync(await openUpgraded('cancelled'))).toEqual({ report: null });
  });
});

test('an acceptance that cannot be read asks, and writes nothing', async () => {
  const world = await open();
  await world.engine.store.meta.set('first-sync', '{"schema":7}');
  const requests = await requestsDuring(world, () => compared(world));
  expect(editsAmong(requests)).toEqual([]);
});
