import { describe, expect, test } from 'vitest';
import type { GroupRow, SceneRow, StudioRow } from '../../simulator/stash/model/rows.ts';
import type { World } from '../world/world.ts';
import {
  EVERY_FIELD,
  editsAmong,
  itemAt,
  PLEX_SIDES,
  performerIds,
  requestsDuring,
  settle,
  studioId,
  tagIds,
  userRatingOf,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

const groupId = (world: World, name: string): number =>
  (
    world.stash.library.groups.all().find((row) => row.name === name) ??
    world.stash.library.addGroup({ name })
  ).id;

/** A scene with something in each field. */
function described(world: World): Partial<SceneRow> {
  const { library } = world.stash;
  const network = library.addStudio({ name: 'Network' });
  const channel = library.addStudio({ name: 'Channel', parentId: network.id });
  const zoe = library.addPerformer({ name: 'Zoë Quill', disambiguation: 'the elder' });
  return {
    title: 'A title',
    code: 'AB-12',
    details: 'Details.',
    date: '2024-05-17',
    director: 'Cid Low, Ivo Stone, Jr.; Dee',
    rating100: 85,
    organized: true,
    studioId: channel.id,
    performerIds: [zoe.id, ...performerIds(world, ['Ada'])],
    tagIds: tagIds(world, ['Rain', 'Series']),
    groups: [{ groupId: groupId(world, 'Trilogy'), sceneIndex: 2 }],
  };
}

const renamable = ({ stash: { library } }: World) => ({
  groups: library.groups,
  studios: library.studios,
  printNow: () => library.printNow(),
});

const SETTINGS = {
  ...EVERY_FIELD,
  title_template: '{studio} - {title}',
  studio_name: 'top',
  rating: 'critic',
} as const;

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test('every field that is on arrives, and is locked', async () => {
    const world = await open({ plex, settings: SETTINGS });
    await world.edit(1, described(world));
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.fields).toEqual({
      title: 'Channel - A title',
      titleSort: 'Channel 2024-05-17',
      originalTitle: 'AB-12',
      studio: 'Network',
      summary: 'Details.',
      tagline: 'Trilogy',
      originallyAvailableAt: '2024-05-17',
      year: '2024',
      contentRating: 'XXX',
      rating: '8.5',
    });
    expect(item.actors).toEqual(
      expect.arrayContaining([
        { name: 'Zoë Quill', role: 'the elder', thumb: 'https://photos.example/Zo%C3%AB%20Quill.jpg' },
        { name: 'Ada', role: '', thumb: 'https://photos.example/Ada.jpg' },
      ]),
    );
    expect(item.tags.director.toSorted()).toEqual(['Cid Low', 'Dee', 'Ivo Stone, Jr.']);
    expect(item.tags.genre.toSorted()).toEqual(['Rain', 'Series']);
    expect(item.tags.collection.toSorted()).toEqual(['Channel', 'Series', 'Trilogy']);
    expect(item.tags.label.toSorted()).toEqual(['Organized', 'Rain', 'Stash']);
    expect(item.locks.toSorted()).toEqual([
      'actor',
      'collection',
      'contentRating',
      'director',
      'genre',
      'label',
      'originalTitle',
      'originallyAvailableAt',
      'rating',
      'studio',
      'summary',
      'tagline',
      'title',
      'titleSort',
    ]);
    const again = await requestsDuring(world, async () => {
      await world.trigger(1, 'command');
      await settle(world);
    });
    expect(editsAmong(again)).toEqual([]);
    expect((await world.operations.status()).queue).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
  });

  test('what is emptied in Stash goes, and what others put beside it stays', async () => {
    const world = await open({ plex, settings: SETTINGS });
    world.plex.library.editAsPerson(world.itemKey(1), {
      tags: { collection: ['Mine'], label: ['Seen'], director: ['Guest'] },
    });
    await world.edit(1, described(world));
    await settle(world);
    const nothing = { code: '', details: '', date: null, director: '', rating100: null, organized: false };
    await world.edit(1, { ...nothing, studioId: null, performerIds: [], tagIds: [], groups: [] });
    await settle(world);
    const item = itemAt(world, 1);
    // Neither title may be empty: Plex would make others.
    const { year: _, ...fields } = item.fields;
    expect(fields).toEqual({ title: 'A title', titleSort: 'Channel 2024-05-17', contentRating: 'XXX' });
    expect(item.actors).toEqual([]);
    expect(item.tags).toMatchObject({
      director: ['Guest'],
      genre: [],
      collection: ['Mine'],
      label: expect.arrayContaining(['Seen', 'Stash']),
    });
    expect(item.tags.label).toHaveLength(2);
  });

  test('a field that is switched off is neither set nor cleared', async () => {
    const world = await open({ plex, settings: SETTINGS });
    await world.edit(1, described(world));
    await settle(world);
    const before = itemAt(world, 1);
    await world.restart({
      sync_title: false,
      sort_title_template: '',
      sync_original_title: false,
      sync_studio: false,
      sync_summary: false,
      tagline_template: '',
      sync_date: false,
      content_rating: '',
      rating: 'off',
      sync_performers: false,
      sync_director: false,
      sync_tags: false,
      studio_collection: false,
      group_collections: false,
      tag_collections: [],
      labels: [],
      organized_label: '',
      tag_labels: [],
    });
    const requests = await requestsDuring(world, async () => {
      await world.edit(1, {
        title: 'Other',
        code: '',
        details: '',
        tagIds: [],
        performerIds: [],
        groups: [],
      });
      await settle(world);
    });
    expect(editsAmong(requests)).toEqual([]);
    expect(itemAt(world, 1)).toMatchObject({ fields: before.fields, tags: before.tags, locks: before.locks });
  });

  test('another role is written, and photos that Plex has are left', async () => {
    const world = await open({ plex, settings: { performer_role: 'disambiguation' } });
    const { library } = world.stash;
    const zoe = library.addPerformer({ name: 'Zoë', disambiguation: 'the elder' });
    const photo = 'https://photos.example/own.jpg';
    world.plex.library.editAsPerson(world.itemKey(1), {
      actors: [{ name: 'Zoë', role: 'Self', thumb: photo }],
    });
    await world.edit(1, { performerIds: [zoe.id] });
    await settle(world);
    expect(itemAt(world, 1).actors).toEqual([{ name: 'Zoë', role: 'the elder', thumb: photo }]);
    const requests = await requestsDuring(world, async () => {
      await world.trigger(1, 'command');
      await settle(world);
    });
    expect(editsAmong(requests)).toEqual([]);
  });
});

describe('the stars of the token’s user', () => {
  test('follow the rating of a scene, and go with it', async () => {
    const world = await open({ settings: { rating: 'stars' } });
    await world.edit(1, { rating100: 85 });
    await settle(world);
    expect(userRatingOf(world, 1)).toBe(8.5);
    expect(itemAt(world, 1).fields.rating).toBeUndefined();
    await world.edit(1, { rating100: null });
    await settle(world);
    expect(userRatingOf(world, 1)).toBeNull();
  });

  test('that the user gave stay where Stash has none', async () => {
    const world = await open({ settings: { rating: 'stars' } });
    world.plex.library.rateAsPerson(world.itemKey(1), 6);
    await world.edit(1, { title: 'New', rating100: null });
    await settle(world);
    expect(userRatingOf(world, 1)).toBe(6);
  });
});

test('a group or a parent of a studio that is renamed is renamed wherever a field is made of it', async () => {
  const world = await open({ settings: SETTINGS });
  await world.edit(1, described(world));
  await settle(world);
  await world.engine.poll();
  world.clock.advance(60_000);
  const { groups, studios, printNow } = renamable(world);
  groups.update(groups.all()[0] as GroupRow, { name: 'Cycle', updatedAt: printNow() });
  const network = studios.all().find(({ name }) => name === 'Network') as StudioRow;
  studios.update(network, { name: 'Station', updatedAt: printNow() });
  await world.engine.poll();
  await settle(world);
  const item = itemAt(world, 1);
  expect(item.fields).toMatchObject({ tagline: 'Cycle', studio: 'Station' });
  expect(item.tags.collection.toSorted()).toEqual(['Channel', 'Cycle', 'Series']);
});

describe('locks', () => {
  test('are not set where lock_fields is off', async () => {
    const world = await open({ settings: { lock_fields: false } });
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { studio: 'Theirs' } });
    await world.edit(1, { title: 'New', studioId: studioId(world, 'Ours'), tagIds: tagIds(world, ['A']) });
    await settle(world);
    expect(itemAt(world, 1).fields).toMatchObject({ title: 'New', studio: 'Ours' });
    // The person’s own stays.
    expect(itemAt(world, 1).locks).toEqual(['studio']);
  });
});

describe('tags', () => {
  const genresWith = async (settings: Parameters<typeof open>[0] & object, names: readonly string[]) => {
    const world = await open(settings);
    await world.edit(1, { tagIds: tagIds(world, names) });
    await settle(world);
    return itemAt(world, 1).tags.genre.toSorted();
  };

  test('that are not included, or are excluded, become no genres', async () => {
    const names = ['Rain', 'Night', 'Review'];
    expect(await genresWith({ settings: { include_tags: ['rain', 'Review'] } }, names)).toEqual([
      'Rain',
      'Review',
    ]);
    expect(await genresWith({ settings: { exclude_tags: ['review'] } }, names)).toEqual(['Night', 'Rain']);
  });

  test('go by their sort name or first alias where that is wanted', async () => {
    for (const [tag_name, genre] of [
      ['sort_name', '01 Rain'],
      ['alias', 'Wet'],
    ] as const) {
      const world = await open({ settings: { tag_name } });
      const rain = world.stash.library.addTag({
        name: 'Rain',
        sortName: '01 Rain',
        aliases: ['Wet', 'Damp'],
      });
      await world.edit(1, { tagIds: [rain.id, ...tagIds(world, ['Night'])] });
      await settle(world);
      expect(itemAt(world, 1).tags.genre.toSorted()).toEqual([genre, 'Night'].toSorted());
    }
  });

  test('have no sort name in an older Stash, and go by their name there', async () => {
    const settings = { tag_name: 'sort_name' } as const;
    expect(await genresWith({ settings, stash: { olderStash: true } }, ['Rain'])).toEqual(['Rain']);
  });

  test('count only below the named ones, at any depth, also after one has moved there', async () => {
    const world = await open({ settings: { tags_below: ['Weather'] } });
    const { library } = world.stash;
    const weather = library.addTag({ name: 'Weather' });
    const wet = library.addTag({ name: 'Wet', parentIds: [weather.id] });
    const rain = library.addTag({ name: 'Rain', parentIds: [wet.id] });
    const snow = library.addTag({ name: 'Snow' });
    await world.edit(1, { tagIds: [weather.id, rain.id, snow.id] });
    await settle(world);
    expect(itemAt(world, 1).tags.genre).toEqual(['Rain']);
    world.clock.advance(60_000);
    await world.engine.poll();
    world.clock.advance(60_000);
    library.tags.update(snow, { parentIds: [wet.id], updatedAt: library.printNow() });
    await world.engine.poll();
    await settle(world);
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['Rain', 'Snow']);
  });

  test('below a name that Stash does not have are none', async () => {
    expect(await genresWith({ settings: { tags_below: ['Nowhere'] } }, ['Rain'])).toEqual([]);
  });
});
