import { describe, expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  PLEX_SIDES,
  performerIds,
  requestsDuring,
  settle,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

const THEIRS = { name: 'Vera Guest', role: 'The Guest', thumb: 'https://photos.example/vera.jpg' };

/** Before our first write a person has given the item a genre and an actor of their own. */
async function withForeign(world: World): Promise<void> {
  world.plex.library.editAsPerson(world.itemKey(1), {
    tags: { genre: ['Theirs', 'Both'] },
    actors: [THEIRS, { name: 'Bea Both', role: 'Herself', thumb: 'https://photos.example/bea.jpg' }],
  });
  await world.edit(1, {
    tagIds: tagIds(world, ['Both', 'Ours']),
    performerIds: performerIds(world, ['Bea Both', 'Olli Ours']),
  });
  await settle(world);
}

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test('genres and actors of others stay beside ours, with role and photo', async () => {
    const world = await open({ plex });
    await withForeign(world);
    const item = itemAt(world, 1);
    expect(item.tags.genre.toSorted()).toEqual(['Both', 'Ours', 'Theirs']);
    expect(item.actors.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'Bea Both', role: 'Herself', thumb: 'https://photos.example/bea.jpg' },
      { name: 'Olli Ours', role: '', thumb: '' },
      THEIRS,
    ]);
  });

  test('what goes in Stash goes in Plex, but for what was there before us', async () => {
    const world = await open({ plex });
    await withForeign(world);
    await world.edit(1, { tagIds: [], performerIds: [] });
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.tags.genre.toSorted()).toEqual(['Both', 'Theirs']);
    expect(item.actors.map(({ name, role }) => `${name}: ${role}`).toSorted()).toEqual([
      'Bea Both: Herself',
      'Vera Guest: The Guest',
    ]);
  });

  test('foreign_entries = remove takes away what Stash does not have', async () => {
    const world = await open({ plex, settings: { foreign_entries: 'remove' } });
    await withForeign(world);
    const item = itemAt(world, 1);
    expect(item.tags.genre.toSorted()).toEqual(['Both', 'Ours']);
    expect(item.actors.map(({ name, role }) => [name, role])).toEqual([
      ['Bea Both', 'Herself'],
      ['Olli Ours', ''],
    ]);
  });

  test('an actor added in Plex Web later stays when performers change in Stash', async () => {
    const world = await open({ plex });
    await world.edit(1, { performerIds: performerIds(world, ['Olli Ours', 'Una Ours']) });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), {
      actors: [{ name: 'Olli Ours' }, { name: 'Una Ours', role: 'A role given in Plex' }, THEIRS],
    });
    await world.edit(1, { performerIds: performerIds(world, ['Una Ours', 'Nina New']) });
    await settle(world);
    expect(itemAt(world, 1).actors.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'Nina New', role: '', thumb: '' },
      { name: 'Una Ours', role: 'A role given in Plex', thumb: '' },
      THEIRS,
    ]);
  });
});

test('names with commas and percent signs can be removed', async () => {
  const world = await open();
  await world.edit(1, { tagIds: tagIds(world, ['A, B', '50 %2C', 'C+D', 'Stays']) });
  await settle(world);
  await world.edit(1, { tagIds: tagIds(world, ['Stays']) });
  await settle(world);
  expect(itemAt(world, 1).tags.genre).toEqual(['Stays']);
});

test('foreign_entries = remove leaves an item alone while Stash has no tags for it', async () => {
  const world = await open({ settings: { foreign_entries: 'remove' } });
  world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['Theirs'] }, actors: [THEIRS] });
  await world.edit(1, { tagIds: [], performerIds: [] });
  await settle(world);
  expect(itemAt(world, 1)).toMatchObject({ tags: { genre: ['Theirs'] }, actors: [THEIRS] });
});

test('switching foreign_entries to remove looks at items again that were in step', async () => {
  const world = await open();
  await withForeign(world);
  await world.restart({ foreign_entries: 'remove' });
  await world.trigger(1, 'sweep');
  await settle(world);
  expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['Both', 'Ours']);
});

test('a collection, a label and a country are nobody’s business', async () => {
  const world = await open();
  world.plex.library.editAsPerson(world.itemKey(1), {
    tags: { collection: ['Best'], label: ['Kids'], country: ['Chile'] },
  });
  await world.edit(1, { tagIds: tagIds(world, ['Ours']) });
  const requests = await requestsDuring(world, () => settle(world));
  expect(itemAt(world, 1).tags).toMatchObject({ collection: ['Best'], label: ['Kids'], country: ['Chile'] });
  const keys = editsAmong(requests).flatMap(({ query }) => query.map(([key]) => key));
  expect(keys.filter((key) => /^(collection|label|country)/.test(key))).toEqual([]);
});
