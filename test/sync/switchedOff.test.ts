import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { Inbox } from '../../src/engine/inbox.ts';
import type { World } from '../world/world.ts';
import { editsAmong, itemAt, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

/** A file as hook.sh leaves it, and the daemon's look for such files. */
async function tellByInbox(world: World, id: number): Promise<void> {
  const { store, clock, logger, reach, settings } = world.engine;
  const inbox = new Inbox({
    directory: settings.inbox_dir,
    queue: store.queue,
    meta: store.meta,
    clock,
    logger,
    reach,
  });
  await inbox.prepare({ isExternal: true });
  const hookContext = { id, type: 'Scene.Update.Post', inputFields: null };
  const event = JSON.stringify({ server_connection: {}, args: { hookContext } });
  writeFileSync(path.join(settings.inbox_dir, `v1-${id}`), event);
  expect(await inbox.takeIn({ isEnabled: settings.enabled })).toMatchObject({ events: 1, unreadable: 0 });
}

describe('with enabled off', () => {
  test('what hooks bring is dropped, no poll is made, and nothing is asked of Plex', async () => {
    const world = await open({ settings: { enabled: false } });
    world.stash.library.editScene(world.scene(1), { title: 'Unheard' });
    const requests = await requestsDuring(world, async () => {
      await tellByInbox(world, 1);
      await world.engine.poll();
      await world.workFor(3_600_000);
    });
    expect(requests).toEqual([]);
    const { enabled, queue } = await world.operations.status();
    expect(enabled).toBe(false);
    expect(queue).toMatchObject({ pending: 0, running: 0, waiting: 0, dead: 0 });
  });

  test('what a person asks for is refused in words, and nothing is queued', async () => {
    const world = await open({ settings: { enabled: false } });
    const { operations } = world;
    const off = { class: 'settings', message: expect.stringContaining('switched off (enabled is false)') };
    const requests = await requestsDuring(world, async () => {
      for (const answer of [
        await operations.sync({ kind: 'scenes', scenes: [sceneId('1')] }),
        await operations.sync({ kind: 'recent', sinceMs: 1_000 }),
        await operations.sync({ kind: 'all' }),
        await operations.reconcile(),
        await operations.retry({ kind: 'all' }),
      ]) {
        expect(answer).toMatchObject({ ok: false, failure: off });
      }
    });
    expect(requests).toEqual([]);
    expect((await operations.status()).queue.pending).toBe(0);
  });

  test('jobs from before wait', async () => {
    const world = await open();
    await world.edit(1, { title: 'From before' });
    await world.restart({ enabled: false });
    await world.workFor(3_600_000);
    expect(itemAt(world, 1).title).not.toBe('From before');
    await world.restart();
    await settle(world);
    expect(itemAt(world, 1).title).toBe('From before');
  });
});

test('switched on again, everything is compared once', async () => {
  const world = await open();
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  await world.restart({ enabled: false });
  world.stash.library.editScene(world.scene(2), { title: 'Unheard' });
  await tellByInbox(world, 2);
  await settle(world);
  expect(itemAt(world, 2).title).not.toBe('Unheard');
  await world.restart({ enabled: true });
  const requests = await requestsDuring(world, () => settle(world));
  expect(itemAt(world, 2).title).toBe('Unheard');
  expect(editsAmong(requests)).toHaveLength(1);
  await world.restart({ enabled: true });
  expect((await world.operations.status()).queue.pending).toBe(0);
});

describe('a library name that Plex does not have', () => {
  test('pauses all work with one message that names those it has', async () => {
    const world = await open({ settings: { plex_library: ['Filme'] } });
    world.plex.library.addSection({ title: 'Archive', items: [] });
    world.plex.library.addSection({ title: 'Shows', type: 'show', items: [] });
    await world.edit(1, { title: 'Waits' });
    const requests = await requestsDuring(world, () => world.workFor(600_000));
    expect(editsAmong(requests)).toEqual([]);
    const { pauses, queue } = await world.operations.status();
    expect(pauses).toMatchObject([
      {
        failure: {
          class: 'settings',
          message:
            'plex_library: found "Filme", which Plex does not have; allowed: the libraries of the type movie: "Movies", "Archive".',
        },
      },
    ]);
    expect(queue).toMatchObject({ pending: 1, dead: 0 });
  });

  test('is asked about once a minute, not more', async () => {
    const world = await open({ settings: { plex_library: ['Filme'] } });
    await world.edit(1, { title: 'Waits' });
    await settle(world);
    const requests = await requestsDuring(world, () => world.workFor(600_000));
    expect(requests.filter((request) => request.path === '/library/sections').length).toBeLessThanOrEqual(11);
  });

  test('is worked with as soon as Plex has it', async () => {
    const world = await open({ settings: { plex_library: ['Filme'] } });
    await world.edit(1, { title: 'Arrives' });
    await settle(world);
    const [sample] = world.samples;
    if (sample === undefined) throw new Error('there is no sample');
    const files = [{ path: sample.plexPath, size: sample.size, durationMs: sample.durationMs }];
    const { key } = world.plex.library.addSection({ title: 'Filme', items: [{ files }] });
    await world.workFor(180_000);
    const [item = ''] = world.plex.library.ratingKeys({ sectionKey: key });
    expect(world.plex.library.read(item)?.title).toBe('Arrives');
    expect((await world.operations.status()).pauses).toEqual([]);
  });

  test('changed to one that Plex has lets work go on after a restart', async () => {
    const world = await open({ settings: { plex_library: ['Filme'] } });
    await world.edit(1, { title: 'Arrives' });
    await settle(world);
    await world.restart({ plex_library: ['movies'] });
    await settle(world);
    expect(itemAt(world, 1).title).toBe('Arrives');
  });
});

test('a library that goes out of scope is left alone from then on', async () => {
  const world = await open();
  const { key } = world.plex.library.addSection({ title: 'Other', items: [] });
  await world.trigger(1);
  await settle(world);
  await world.restart({ plex_library: ['Other'] });
  await world.edit(1, { title: 'Out of scope' });
  await settle(world);
  expect(itemAt(world, 1).title).not.toBe('Out of scope');
  expect([...world.plex.library.ratingKeys({ sectionKey: key })]).toEqual([]);
});
