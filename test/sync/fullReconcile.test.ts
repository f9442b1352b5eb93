import { describe, expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { ReconcileCounts } from '../../src/core/reconcile/progress.ts';
import { wholeLibrary } from '../../src/core/scene.ts';
import type { World, WorldOptions } from '../world/world.ts';
import { comparePages, itemAt, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const open = worldOfEachTest();

/** All is in step, and read long enough after it was written that Plex's list proves it. */
async function openInStep(options: WorldOptions = {}): Promise<World> {
  const world = await open({ files: 10, ...options });
  for (let look = 0; look < 2; look++) {
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    world.clock.advance(60_000);
  }
  return world;
}

async function reconciled(world: World): Promise<ReconcileCounts | undefined> {
  await world.operations.reconcile();
  await settle(world);
  return (await world.operations.status()).reconcile.last?.counts;
}

const nothing = {
  queued: 0,
  queuedToBeSure: 0,
  notInPlex: 0,
  needPerson: 0,
  leftOut: 0,
  held: 0,
  destroyed: 0,
};

describe('what a reconcile queues', () => {
  test('is nothing when nothing changed, and nobody is asked about a scene', async () => {
    const world = await openInStep();
    const asked = await requestsDuring(world, async () => {
      expect(await reconciled(world)).toEqual({ ...nothing, scenes: 10, inStep: 10 });
    });
    expect(asked.filter(({ kind }) => kind === 'details' || kind === 'edits')).toEqual([]);
    expect(world.stash.log.requests.filter(({ query }) => query.includes('findScene('))).not.toEqual([]);
  });

  test('is what changed in Stash without a word, and what a person edited in Plex', async () => {
    const world = await openInStep();
    world.stash.library.editScene(world.scene(3), { title: 'Without a word' });
    world.plex.library.editAsPerson(world.itemKey(7), { fields: { studio: 'Another' } });
    world.clock.advance(60_000);
    expect(await reconciled(world)).toEqual({ ...nothing, scenes: 10, inStep: 8, queued: 2 });
    expect(itemAt(world, 3).title).toBe('Without a word');
    expect(itemAt(world, 7).fields.studio).toBe(world.samples[6]?.studio);
  });

  test('is a tag renamed in Stash, wherever it is carried', async () => {
    const world = await openInStep();
    const tag = world.stash.library.addTag({ name: 'Before' });
    for (const number of [2, 5]) world.stash.library.editScene(world.scene(number), { tagIds: [tag.id] });
    await reconciled(world);
    world.stash.library.tags.update(tag, { name: 'After' });
    await reconciled(world);
    expect([2, 5].map((number) => itemAt(world, number).tags.genre)).toEqual([['After'], ['After']]);
  });

  test('is the scene whose item came back under another key: linked anew', async () => {
    const world = await openInStep();
    const { plexPath: path, size, durationMs } = world.samples[3] ?? { plexPath: '', size: 0, durationMs: 0 };
    world.plex.library.removeItem(world.itemKey(4));
    world.plex.library.addItem('1', { files: [{ path, size, durationMs }] });
    expect(await reconciled(world)).toMatchObject({ inStep: 9, queued: 1 });
    expect(itemAt(world, 4).title).toBe(world.samples[3]?.title);
  });

  test('is a second item of the same file in another library', async () => {
    const world = await openInStep();
    const { plexPath: path, size, durationMs } = world.samples[3] ?? { plexPath: '', size: 0, durationMs: 0 };
    const { key } = world.plex.library.addSection({
      title: 'Second',
      items: [{ files: [{ path, size, durationMs }] }],
    });
    expect(await reconciled(world)).toMatchObject({ inStep: 9, queued: 1 });
    const titles = world.plex.library
      .ratingKeys({ path })
      .map((each) => world.plex.library.read(each)?.title);
    expect(key).not.toBe('1');
    expect(titles).toEqual([world.samples[3]?.title, world.samples[3]?.title]);
  });

  test('is a scene that was destroyed, once: what we remember of it goes', async () => {
    const world = await openInStep();
    for (const number of [1, 5, 10]) world.stash.library.scenes.delete(number);
    expect(await reconciled(world)).toEqual({ ...nothing, scenes: 7, inStep: 7, destroyed: 3 });
    expect(await reconciled(world)).toEqual({ ...nothing, scenes: 7, inStep: 7 });
  });

  test('is a scene without its file in Plex, once: then it counts as a gap until the file comes', async () => {
    const world = await openInStep();
    const lost = world.stash.library.addScene({
      title: 'Lost',
      files: [{ path: '/data/lost.mp4', size: 5 }],
    });
    expect(await reconciled(world)).toMatchObject({ scenes: 11, queued: 1, notInPlex: 0 });
    await world.workFor(DAY_MS);
    const before = await world.engine.store.queue.get({ kind: 'scene', id: sceneId(String(lost.id)) });
    expect(await reconciled(world)).toMatchObject({ scenes: 11, queued: 0, notInPlex: 1 });
    expect(await world.engine.store.queue.get({ kind: 'scene', id: sceneId(String(lost.id)) })).toEqual(
      before,
    );
    const key = world.plex.library.addItem('1', { files: [{ path: '/media/lost.mp4', size: 5 }] });
    expect(await reconciled(world)).toMatchObject({ notInPlex: 0 });
    expect(world.plex.library.read(key)?.title).toBe('Lost');
  });

  test('is the share whose day it is to be read in detail, and it stays as it is', async () => {
    const world = await openInStep({ files: 150 });
    let toBeSure = 0;
    for (let day = 0; day < 14; day++) {
      world.clock.advance(DAY_MS);
      const counts = await reconciled(world);
      expect(counts?.queued).toBe(counts?.queuedToBeSure);
      toBeSure += counts?.queued ?? 0;
    }
    expect(toBeSure).toBe(150);
  });
});

describe('a reconcile under way', () => {
  const SCENES = 1_250;

  test('tells how far it is, and goes on there in the next process', async () => {
    const world = await open({ files: SCENES });
    await world.operations.sync({ kind: 'all' });
    expect((await world.operations.status()).reconcile.running).toMatchObject({ startedAt: null });
    await comparePages(world, 1);
    world.clock.advance(3_000);
    await comparePages(world, 1);
    const { running } = (await world.operations.status()).reconcile;
    expect(running).toMatchObject({
      total: SCENES,
      counts: { scenes: 1_000, queued: 1_000 },
      remainingMs: 750,
    });

    await world.restart();
    world.stash.log.clear();
    // It reads the index anew, then goes on.
    await comparePages(world, 2);
    expect((await world.operations.status()).reconcile).toMatchObject({
      running: null,
      last: { outcome: 'done', startedAt: running?.startedAt, counts: { scenes: SCENES, queued: SCENES } },
    });
    expect(world.stash.log.requests.filter(({ query }) => query.includes('SceneFields'))).toHaveLength(1);
  });

  test('can be cancelled, and leaves what it has queued', async () => {
    const world = await open({ files: SCENES });
    await world.operations.reconcile();
    await comparePages(world, 1);
    expect(await world.operations.cancelReconcile()).toEqual({ wasRunning: true });
    expect(await world.operations.cancelReconcile()).toEqual({ wasRunning: false });
    await comparePages(world, 1);
    const { queue, reconcile } = await world.operations.status();
    expect(queue.pending).toBe(500);
    expect(reconcile).toMatchObject({
      running: null,
      last: { outcome: 'cancelled', counts: { scenes: 500 } },
    });
  });

  test('asked for once more, it starts over when it is done', async () => {
    const world = await openInStep();
    await world.operations.reconcile();
    await comparePages(world, 0);
    expect(await world.operations.reconcile()).toMatchObject({ ok: true, value: { added: 0, coalesced: 1 } });
    await comparePages(world, 1);
    expect(await world.engine.store.queue.get(wholeLibrary)).toMatchObject({
      state: 'pending',
      cursor: null,
    });
  });

  test('waits while Stash is away, and says so, and goes on', async () => {
    const world = await openInStep();
    await world.stash.goDown();
    await world.operations.reconcile();
    await world.work();
    expect((await world.operations.status()).reconcile.running).toMatchObject({
      failure: { class: 'unreachable', peer: 'stash' },
    });
    await world.stash.comeBack();
    await world.workFor(10 * 60_000);
    expect((await world.operations.status()).reconcile).toMatchObject({
      running: null,
      last: { counts: { scenes: 10 } },
    });
  });

  test('is not taken up while PlexSync is switched off', async () => {
    const world = await openInStep();
    await world.restart({ enabled: false });
    await world.operations.reconcile();
    expect(await world.engine.reconcile.tick()).toEqual({ kind: 'idle' });
  });
});

describe('on a schedule', () => {
  const scheduled = { reconcile_interval: 'daily', reconcile_time: '04:00' } as const;
  const lastStart = async (world: World): Promise<number | undefined> =>
    (await world.operations.status()).reconcile.last?.startedAt;

  test('everything is compared once a day, Plex’s libraries listed whole', async () => {
    const world = await openInStep();
    await world.restart(scheduled);
    await world.work();
    const before = await lastStart(world);
    world.plex.library.removeItem(world.itemKey(4));
    world.clock.advance(DAY_MS);
    await world.work();
    const after = await lastStart(world);
    expect(after).toBe(world.clock.now());
    expect(after).not.toBe(before);
    expect((await world.operations.status()).index).toMatchObject([{ items: 9 }]);
    world.clock.advance(60_000);
    await world.work();
    expect(await lastStart(world)).toBe(after);
  });

  test('the first start on a data folder only begins to count', async () => {
    const world = await open({ settings: scheduled });
    await world.work();
    expect((await world.operations.status()).reconcile).toMatchObject({ running: null, last: null });
    expect((await world.operations.status()).reconcile.nextAt).toBeGreaterThan(world.clock.now());
  });

  test('one that was missed while nothing ran is made up for at the start', async () => {
    const world = await openInStep();
    await world.restart(scheduled);
    await world.work();
    world.clock.advance(3 * DAY_MS);
    await world.restart(scheduled);
    await world.work();
    expect(await lastStart(world)).toBe(world.clock.now());
  });
});
