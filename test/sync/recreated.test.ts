import { afterEach, describe, expect, test } from 'vitest';
import type { ItemState } from '../../simulator/plex/libraryAccess.ts';
import { askStash } from '../../simulator/stash/askStash.ts';
import { openSynced } from '../faults/syncedWorld.ts';
import type { World, WorldOptions } from '../world/world.ts';

let world: World;
let old: ItemState;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

const HOUR_MS = 3_600_000;

/** Scene 2 is in step with its item. */
async function open(settings: WorldOptions['settings'] = {}): Promise<void> {
  world = await openSynced({ files: 4, settings });
  await world.edit(2, { title: 'Ours', tagIds: [1] });
  await world.workFor(10_000);
  world.clock.advance(HOUR_MS);
  old = world.plex.library.read(world.itemKey(2)) ?? expect.unreachable();
  expect(old).toMatchObject({ title: 'Ours', tags: { genre: [expect.anything()] } });
}

const goes = (): void => world.plex.library.removeItem(old.ratingKey);

/** The file comes back under another rating key, with what the item held or without. */
function comesBack(holding: 'all' | 'nothing' = 'all'): string {
  const { plexPath: path, size, durationMs } = world.samples[1] ?? expect.unreachable();
  const { title, fields, tags, locks } = old;
  const kept = holding === 'all' ? { title, fields, tags, locks } : {};
  const key = world.plex.library.addItem('1', { files: [{ path, size, durationMs }], ...kept });
  expect(key).not.toBe(old.ratingKey);
  return key;
}

async function mutate(mutation: string): Promise<void> {
  const { errors } = await askStash(world.stash.url, { query: `mutation { ${mutation} }` });
  expect(errors).toEqual([]);
}

async function look(): Promise<void> {
  world.clock.advance(60_000);
  await world.engine.poll();
  await world.trigger(2);
  await world.workFor(10_000);
}

const genresOf = (key: string): readonly string[] => world.plex.library.read(key)?.tags.genre ?? [];
const titleOf = (key: string): string | undefined => world.plex.library.read(key)?.fields.title;
const links = async (): Promise<readonly string[]> =>
  (await world.engine.store.links.sample(9, 0))
    .filter((link) => link.sceneId === '2')
    .map((link) => link.item.ratingKey);

describe('an item that was made anew under another rating key', () => {
  test('is linked in place of the old one, and written', async () => {
    await open();
    goes();
    const key = comesBack('nothing');
    await look();
    expect(titleOf(key)).toBe('Ours');
    expect(genresOf(key)).toHaveLength(1);
    expect(await links()).toEqual([key]);
  });

  test('keeps what is ours also when its scene went on with another file meanwhile', async () => {
    await open();
    await mutate('sceneMerge(input: { source: [3], destination: 2 }) { id }');
    await look();
    goes();
    world.clock.advance(HOUR_MS);
    await look();
    const key = comesBack();
    await look();
    await world.edit(2, { tagIds: [] });
    await look();
    expect(genresOf(key)).toEqual([]);
    expect((await links()).toSorted()).toEqual([key, world.itemKey(3)].toSorted());
  });

  test('is written under preserve_plex_edits too: nobody emptied it', async () => {
    await open({ preserve_plex_edits: true });
    goes();
    const key = comesBack('nothing');
    await look();
    expect(titleOf(key)).toBe('Ours');
    expect(genresOf(key)).toHaveLength(1);
  });

  /** Only what is known to be ours is changed and removed here. */
  async function expectOurs(key: string): Promise<void> {
    await world.edit(2, { title: 'Changed since', tagIds: [] });
    await look();
    expect([titleOf(key), genresOf(key)]).toEqual(['Changed since', []]);
    expect(await links()).toEqual([key]);
  }

  test('keeps what is ours ours, found by a poll', async () => {
    await open({ preserve_plex_edits: true });
    goes();
    const key = comesBack();
    await look();
    await expectOurs(key);
  });

  test('keeps what is ours ours, found by the job that meets it', async () => {
    await open({ preserve_plex_edits: true });
    goes();
    const key = comesBack();
    await world.edit(2, { title: 'At once' });
    await world.workFor(10_000);
    await expectOurs(key);
  });

  test('loses at once what Stash lost while it was gone', async () => {
    await open();
    goes();
    const key = comesBack();
    await world.edit(2, { tagIds: [] });
    await world.workFor(10_000);
    expect(genresOf(key)).toEqual([]);
  });

  test('keeps what is ours ours, found long after the old one went', async () => {
    await open({ preserve_plex_edits: true });
    goes();
    await look();
    expect(await world.engine.store.queue.list({ states: ['waiting', 'dead'], limit: 9 })).toMatchObject([
      { failure: { class: 'no-match' } },
    ]);
    await world.workFor(2 * HOUR_MS);
    const key = comesBack();
    await look();
    await expectOurs(key);
  });

  test('keeps its base although it could not be read at first', async () => {
    await open({ preserve_plex_edits: true });
    goes();
    const key = comesBack();
    const url = new RegExp(`^/library/metadata/${key}`);
    world.plex.faults.add({ fault: 'status', argument: 500, url, count: 3 });
    await look();
    await world.workFor(HOUR_MS);
    await expectOurs(key);
  });
});
