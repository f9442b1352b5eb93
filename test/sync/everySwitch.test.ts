import { describe, expect, test } from 'vitest';
import { SWITCH_NAMES, SWITCHES, type Switches } from '../../simulator/plex/switches.ts';
import type { World } from '../world/world.ts';
import {
  EVERY_FIELD,
  editsAmong,
  itemAt,
  performerIds,
  requestsDuring,
  settle,
  studioId,
  tagIds,
  userRatingOf,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

/** Refusing plain http is an outage to whoever was told to use it, not another way of working. */
const NO_WAY_OF_WORKING: keyof Switches = 'plainHttp';

/** Every side that is not the default; all other tests here run on the defaults. */
const SIDES = SWITCH_NAMES.filter((name) => name !== NO_WAY_OF_WORKING).flatMap((name) =>
  SWITCHES[name].sides.slice(1).map((side) => [name, side] as const),
);

const GUEST = { name: 'Vera Guest', role: 'The Guest', thumb: 'https://photos.example/vera.jpg' };

async function editTwice(world: World): Promise<void> {
  await world.edit(1, {
    title: 'First',
    details: 'First words.',
    date: '2020-02',
    studioId: studioId(world, 'North Pier'),
    tagIds: tagIds(world, ['Rain', 'Night', 'Black & White', 'A, B']),
    performerIds: performerIds(world, ['Ada Stone', 'Ivo Field']),
    code: 'AB-1',
    director: 'Cid',
    rating100: 70,
    organized: true,
  });
  await settle(world);
  await world.edit(1, {
    title: 'Second + 100 %',
    details: '',
    date: '2021',
    tagIds: tagIds(world, ['Rain', 'New']),
    performerIds: performerIds(world, ['Ivo Field', 'Nina New']),
    code: 'AB-2',
    director: 'Dee',
    rating100: 85,
    organized: false,
  });
  await settle(world);
}

/** More than the shortest page of any side. */
const filesFor = (name: keyof Switches): number => (name === 'pageSize' ? 60 : 8);

describe.each([['tagWrite', 'append'] as const, ...SIDES])(
  'whichever way Plex works (%s: %s)',
  (name, side) => {
    test('edits arrive, entries of others stay, and a second look sends nothing', async () => {
      const world = await open({ files: filesFor(name), plex: { [name]: side }, settings: EVERY_FIELD });
      world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['Theirs'] }, actors: [GUEST] });
      await editTwice(world);
      const item = itemAt(world, 1);
      expect(item.fields).toMatchObject({
        title: 'Second + 100 %',
        studio: 'North Pier',
        originallyAvailableAt: '2021-01-01',
        originalTitle: 'AB-2',
        contentRating: 'XXX',
      });
      expect(item.titleSort).toBe('North Pier 2021');
      expect(userRatingOf(world, 1)).toBe(8.5);
      expect(item.tags.director).toEqual(['Dee']);
      expect(item.tags.collection).toEqual(['North Pier']);
      expect(item.tags.label.toSorted()).toEqual(['Rain', 'Stash']);
      expect(item.fields).not.toHaveProperty('summary');
      expect(item.tags.genre.toSorted()).toEqual(['New', 'Rain', 'Theirs']);
      expect(item.actors.map((actor) => actor.name).toSorted()).toEqual([
        'Ivo Field',
        'Nina New',
        'Vera Guest',
      ]);
      expect(item.actors.find((actor) => actor.name === GUEST.name)).toEqual(GUEST);
      expect(item.locks).toEqual(
        expect.arrayContaining(['title', 'studio', 'summary', 'originallyAvailableAt', 'genre', 'actor']),
      );
      world.clock.advance(60_000);
      await world.engine.poll();
      const requests = await requestsDuring(world, async () => {
        await world.trigger(1, 'command');
        await settle(world);
      });
      expect(editsAmong(requests)).toEqual([]);
      expect((await world.operations.status()).queue).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
    });

    test('one item that is gone hinders none of the others in its batch', async () => {
      const world = await open({ files: filesFor(name), plex: { [name]: side } });
      await world.trigger(1);
      await settle(world);
      world.plex.library.removeItem(world.itemKey(4));
      for (let number = 2; number <= 8; number++) await world.edit(number, { title: `Batch ${number}` });
      await settle(world);
      const others = [2, 3, 5, 6, 7, 8];
      expect(others.map((number) => itemAt(world, number).title)).toEqual(
        others.map((number) => `Batch ${number}`),
      );
      const waiting = await world.operations.queue({ states: ['waiting'], limit: 9 });
      expect(waiting.map(({ subject }) => subject)).toEqual([{ kind: 'scene', id: '4' }]);
    });
  },
);
