import { describe, expect, test } from 'vitest';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import type { World } from '../world/world.ts';
import { editsAmong, itemAt, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const DAY_MS = 24 * 3_600_000;
const FILES = 30;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const titles = (world: World): readonly string[] =>
  numbers(FILES).map((number) => world.plex.library.read(keys(world)[number - 1] ?? '')?.title ?? '');
const keys = (world: World): readonly string[] => numbers(FILES).map((number) => world.itemKey(number));

async function openInStep(): Promise<World> {
  const world = await open({ files: FILES });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  await world.engine.poll();
  await settle(world);
  world.clock.advance(60_000);
  return world;
}

/** Every scene has a title of its own that Plex does not have yet. */
async function editAll(world: World, title: string): Promise<void> {
  for (const number of numbers(FILES)) await world.edit(number, { title: `${title} ${number}` });
}

describe('another Plex server at the same address', () => {
  test.each([
    ['a poll', async (world: World) => void (await world.engine.poll())],
    ['the next start', (world: World) => world.restart()],
  ])('stops everything when %s meets it: nothing is written', async (_, meet) => {
    const world = await openInStep();
    world.plex.library.replaceServer('another-machine');
    await meet(world);
    await editAll(world, 'Not for this server');
    const requests = await requestsDuring(world, () => world.workFor(3_600_000));
    expect(editsAmong(requests)).toEqual([]);
    const { stop, queue } = await world.operations.status();
    expect(stop).toMatchObject({
      reason: expect.stringContaining('another Plex server (another-machine)'),
      advice: expect.stringContaining('plexsync adopt-server'),
    });
    expect(queue).toMatchObject({ pending: FILES, dead: 0 });
  });

  test('is worked with once a person has adopted it', async () => {
    const world = await openInStep();
    world.plex.library.replaceServer('another-machine');
    await world.engine.poll();
    await editAll(world, 'Adopted');
    await settle(world);
    expect(await world.operations.adoptServer()).toMatchObject({
      ok: true,
      value: { machineIdentifier: 'another-machine' },
    });
    await world.workFor(120_000);
    expect(titles(world)).toEqual(numbers(FILES).map((number) => `Adopted ${number}`));
    expect((await world.operations.status()).stop).toBeNull();
  });

  test('is forgotten by itself when the right one is back', async () => {
    const world = await openInStep();
    world.plex.library.replaceServer('another-machine');
    await world.engine.poll();
    await editAll(world, 'Back');
    await settle(world);
    world.plex.library.replaceServer('f00dcafe5e7cafe0f00dcafe5e7cafe0f00dcafe');
    await world.workFor(120_000);
    expect(titles(world)).toEqual(numbers(FILES).map((number) => `Back ${number}`));
  });
});

describe('scenes that Stash numbered anew', () => {
  /** Each scene has the file, and so is, what another one was. */
  const renumber = (world: World): void => {
    const rows = numbers(FILES).map((number) => world.scene(number));
    const contents = rows.map(({ title, fileIds }): Partial<SceneRow> => ({ title, fileIds }));
    for (const [index, row] of rows.entries()) {
      world.stash.library.editScene(row, contents[(index + 1) % FILES] ?? {});
    }
  };

  test.each([
    ['while it runs', () => Promise.resolve()],
    ['while it does not run', (world: World) => world.restart()],
  ])('%s stop everything before anything is written', async (_, between) => {
    const world = await openInStep();
    const before = titles(world);
    renumber(world);
    await between(world);
    await world.operations.sync({ kind: 'all' });
    const requests = await requestsDuring(world, () => world.workFor(3_600_000));
    expect(editsAmong(requests)).toEqual([]);
    expect(titles(world)).toEqual(before);
    const { stop } = await world.operations.status();
    expect(stop).toMatchObject({
      reason: expect.stringContaining('no longer hold'),
      advice: expect.stringContaining('plexsync resume'),
    });
  });

  test('are matched anew by their files after resume', async () => {
    const world = await openInStep();
    renumber(world);
    await editAll(world, 'Renumbered');
    await settle(world);
    expect(await world.operations.resume()).toMatchObject({ wasStopped: true });
    await world.workFor(3_600_000);
    expect((await world.operations.status()).stop).toBeNull();
    // Scene n has the file that scene n + 1 had.
    expect(titles(world)).toEqual(
      numbers(FILES).map((number) => `Renumbered ${number === 1 ? FILES : number - 1}`),
    );
    expect((await world.operations.status()).queue).toMatchObject({ pending: 0, dead: 0 });
  });

  test('stop everything again after a restart that nobody spoke up before', async () => {
    const world = await openInStep();
    renumber(world);
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    await world.restart();
    const requests = await requestsDuring(world, () => world.workFor(3_600_000));
    expect(editsAmong(requests)).toEqual([]);
    expect((await world.operations.status()).stop).not.toBeNull();
  });

  test('of which there are a few are matched anew without a stop', async () => {
    const world = await openInStep();
    const [one, other] = [world.scene(1), world.scene(2)];
    const [ofOne, ofOther] = [one.fileIds, other.fileIds];
    world.stash.library.editScene(one, { title: 'Was two', fileIds: ofOther });
    world.stash.library.editScene(other, { title: 'Was one', fileIds: ofOne });
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    expect([itemAt(world, 1).title, itemAt(world, 2).title]).toEqual(['Was one', 'Was two']);
    expect((await world.operations.status()).stop).toBeNull();
  });
});

describe('a library that lost most of its items', () => {
  const lose = async (world: World, count: number): Promise<void> => {
    for (const key of keys(world).slice(0, count)) world.plex.library.removeItem(key);
    world.clock.advance(DAY_MS);
    await world.engine.poll();
  };

  test('stops everything, keeps what was known of it, and says which library', async () => {
    const world = await openInStep();
    await lose(world, 20);
    await world.operations.sync({ kind: 'all' });
    const requests = await requestsDuring(world, () => world.workFor(3_600_000));
    expect(editsAmong(requests)).toEqual([]);
    const { stop, index, links } = await world.operations.status();
    expect(stop).toMatchObject({ reason: 'Library "Movies": 20 of 30 items are gone from Plex at once.' });
    expect([index[0]?.items, links]).toEqual([30, 30]);
  });

  test('goes on with what is left after resume', async () => {
    const world = await openInStep();
    await lose(world, 20);
    for (const number of [25, 26]) await world.edit(number, { title: `Left ${number}` });
    await settle(world);
    await world.operations.resume();
    for (let round = 0; round < 3; round++) {
      world.clock.advance(60_000);
      await world.engine.poll();
      await settle(world);
    }
    expect([itemAt(world, 25).title, itemAt(world, 26).title]).toEqual(['Left 25', 'Left 26']);
    const { stop, index } = await world.operations.status();
    expect(stop).toBeNull();
    expect(index[0]?.items).toBe(10);
  });

  test('does not stop for some that are gone', async () => {
    const world = await openInStep();
    await lose(world, 9);
    await world.edit(25, { title: 'Goes on' });
    await settle(world);
    expect(itemAt(world, 25).title).toBe('Goes on');
    expect((await world.operations.status()).index[0]?.items).toBe(21);
  });
});
