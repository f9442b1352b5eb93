import { afterEach, describe, expect, test } from 'vitest';
import { ratingKey } from '../../src/core/ids.ts';
import { liveFor, openSynced, titleOf } from '../faults/syncedWorld.ts';
import { openWorld, type World } from '../world/world.ts';

const DAY_MS = 24 * 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;

let world: World;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

/** A library of its own; its items are files that no scene has. */
function addLibrary(title: string, files = 1): string {
  const items = Array.from({ length: files }, (_, index) => ({
    files: [{ path: `/media/${title}/${index}.mp4`, size: 5_000 + index }],
  }));
  return world.plex.library.addSection({ title, items }).key;
}

const refuseListsOf = (key: string): void => {
  const url = new RegExp(`^/library/sections/${key}/all`);
  world.plex.faults.add({ fault: 'status', argument: 500, method: 'GET', url, count: FOREVER });
};

const addLostScene = (): number =>
  world.stash.library.addScene({ title: 'Lost', files: [{ path: '/data/lost/lost.mp4', size: 321 }] }).id;

const lines = (message: string): readonly string[] =>
  world.log.lines.filter((line) => line.includes(message));

const indexRequests = (): number => world.plex.log.counts().index;

const itemsOf = async (title: string): Promise<number | undefined> =>
  (await world.operations.status()).index.find((section) => section.title === title)?.items;

describe('a library whose list Plex refuses', () => {
  test('holds up no edit of the others, from the first start on', async () => {
    world = await openWorld({ files: 3 });
    refuseListsOf(addLibrary('Broken'));
    await world.edit(1, { title: 'All the same' });
    await liveFor(world, 10_000);
    expect(titleOf(world, 1)).toBe('All the same');
  });

  test('keeps no library behind it from its new files', async () => {
    world = await openWorld({ files: 3 });
    // Plex lists libraries in the order in which they were made.
    refuseListsOf('1');
    const other = addLibrary('Other');
    await world.engine.indexer.refresh(0);
    world.plex.library.addItem(other, { files: [{ path: '/media/Other/new.mp4', size: 77 }] });
    world.clock.advance(60_000);
    await world.engine.poll();
    expect(await itemsOf('Other')).toBe(2);
  });

  test('is told once, and asked ever more seldom', async () => {
    world = await openWorld({ files: 3 });
    refuseListsOf(addLibrary('Broken'));
    await world.edit(1, { title: 'One' });
    await liveFor(world, 60_000);
    world.plex.log.clear();
    await liveFor(world, 1_200_000);
    expect(lines('this library could not be read').filter((line) => line.includes('"warn"'))).toHaveLength(1);
    const lists = world.plex.log.requests.filter(({ path }) => path.startsWith('/library/sections/2/all'));
    expect(lists.length).toBeLessThanOrEqual(8);
  });

  test('lets no scene be said to be missing in Plex, and slows nobody down', async () => {
    world = await openSynced({ files: 20 });
    refuseListsOf('1');
    world.clock.advance(30_000);
    const lost = addLostScene();
    await world.trigger(lost);
    for (let number = 1; number <= 20; number++) await world.edit(number, { title: `Edited ${number}` });
    await liveFor(world, 300_000);
    expect((await world.operations.status()).queue).toMatchObject({ dead: 0 });
    expect(titleOf(world, 20)).toBe('Edited 20');
    world.plex.faults.clear();
    await liveFor(world, 3_600_000);
    expect((await world.operations.status()).queue.deadByClass).toEqual({ 'no-match': 1 });
  });
});

describe('a library with entries that nobody can read', () => {
  /** A list that never comes whole: its entries make no sense. */
  const spoilListsOf = (key: string): void => {
    const url = new RegExp(`^/library/sections/${key}/all`);
    world.plex.faults.add({ fault: 'wrong-types', url, count: FOREVER });
  };

  test('costs the others no more questions while scenes are lost', async () => {
    world = await openSynced({ files: 3 });
    spoilListsOf(addLibrary('Odd'));
    await world.engine.indexer.refresh(0);
    world.plex.log.clear();
    for (let round = 0; round < 10; round++) {
      await world.trigger(addLostScene());
      await world.work();
    }
    expect(indexRequests()).toBeLessThanOrEqual(8);
  });

  test('keeps getting what is new in it between two listings', async () => {
    world = await openSynced({ files: 3 });
    world.clock.advance(DAY_MS + 1_000);
    world.plex.faults.add({
      fault: 'wrong-types',
      url: /^\/library\/sections\/1\/all\?type=1&sort=addedAt$/,
      count: 1,
    });
    await world.engine.poll();
    expect(lines('this library could not be read')).toHaveLength(1);
    const path = '/media/new/lately.mp4';
    const addedAt = Math.floor(world.clock.now() / 1000);
    world.plex.library.addItem('1', { files: [{ path, size: 88 }], addedAt });
    world.clock.advance(10_000);
    await world.engine.poll();
    expect(await itemsOf('Movies')).toBe(4);
  });
});

describe('a listing while Plex changes', () => {
  /** Once, or at each page: what happens in Plex between the pages of a list. */
  async function openLarge(between: (page: number) => void): Promise<{ begin(): void }> {
    let page = 0;
    let isOn = false;
    world = await openWorld({
      files: 600,
      reach: (step) => {
        if (isOn && step === 'index-page') between(++page);
      },
    });
    await world.engine.indexer.refresh(0);
    world.clock.advance(DAY_MS + 1_000);
    return {
      begin: () => {
        isOn = true;
      },
    };
  }

  test('keeps an item that slipped from page to page, and forgets the one that is gone', async () => {
    let gone = '';
    const large = await openLarge((page) => {
      if (page !== 1) return;
      world.plex.library.removeItem(gone);
      world.plex.library.addItem('1', { files: [{ path: '/media/new/added.mp4', size: 12_345 }] });
    });
    gone = world.plex.library.ratingKeys({ sectionKey: '1' })[9] ?? '';
    const { index } = world.engine.store;
    const [section] = await index.sections();
    if (section === undefined) throw new Error('nothing is indexed');
    large.begin();
    await world.engine.poll();
    const indexed = await index.partsOf(
      world.plex.library
        .ratingKeys({ sectionKey: '1' })
        .map((key) => ({ section: section.uuid, ratingKey: ratingKey(key) })),
    );
    expect(indexed).toHaveLength(600);
    world.clock.advance(60_000);
    await world.engine.poll();
    expect(await itemsOf('Movies')).toBe(600);
  });

  test('is not taken for complete when the number of items moved in each of three', async () => {
    const large = await openLarge(() => {
      world.plex.library.addItem('1', { files: [{ path: '/media/new/more.mp4', size: 1 }] });
    });
    const [before] = await world.engine.store.index.sections();
    large.begin();
    await world.engine.poll();
    const [after] = await world.engine.store.index.sections();
    expect(after?.listedAt).toBe(before?.listedAt);
    expect(lines('changed during each of 3 listings')).toHaveLength(1);
  });
});

test('an item stamped years ahead does not hide the new files of today', async () => {
  world = await openSynced({ files: 3 });
  const add = (name: string, addedAt: number): string =>
    world.plex.library.addItem('1', { files: [{ path: `/media/f/${name}.mp4`, size: 99 }], addedAt });
  const today = (): number => Math.floor(world.clock.now() / 1000);
  add('future', today() + 10 * 365 * 86_400);
  await liveFor(world, 60_000);
  const listings = lines('library indexed').length;
  add('today', today());
  await liveFor(world, 60_000);
  expect(await itemsOf('Movies')).toBe(5);
  expect(lines('library indexed')).toHaveLength(listings);
});

describe('a scene that waits for its file', () => {
  const lostPath = '/media/lost/lost.mp4';

  test('is woken although the process ended between storing the file and queueing the scene', async () => {
    world = await openSynced({ files: 3 });
    const lost = addLostScene();
    await world.trigger(lost);
    await liveFor(world, 900_000);
    expect((await world.operations.status()).queue.dead).toBe(1);
    const key = world.plex.library.addItem('1', { files: [{ path: lostPath, size: 321 }] });
    world.clock.advance(60_000);
    const { index } = world.engine.store;
    const putItems = index.putItems.bind(index);
    index.putItems = async (...given) => {
      await putItems(...given);
      throw new Error('the process ends here');
    };
    await expect(world.engine.poll()).rejects.toThrow('the process ends here');
    await world.restart();
    await world.workFor(10_000);
    expect(world.plex.library.read(key)?.title).toBe('Lost');
  });

  test('is woken when an item turns out to hold its file', async () => {
    world = await openSynced({ files: 3 });
    const lost = addLostScene();
    await world.trigger(lost);
    await liveFor(world, 900_000);
    // The index is behind: by it, this item holds the file of another scene.
    const key = world.plex.library.addItem('1', { files: [{ path: lostPath, size: 321 }] });
    const { index } = world.engine.store;
    const [section] = await index.sections();
    if (section === undefined) throw new Error('nothing is indexed');
    const before = { id: '1', path: '/media/other/other.mp4', size: 55, durationMs: null };
    const item = { ratingKey: ratingKey(key), title: 'Other', updatedAt: null, parts: [before] };
    await index.putItems(section.uuid, [item], null);
    const files = [{ path: '/data/other/other.mp4', size: 55 }];
    await world.trigger(world.stash.library.addScene({ title: 'Other', files }).id);
    await world.workFor(20_000);
    expect(world.plex.library.read(key)?.title).toBe('Lost');
  });
});
