import { describe, expect, test } from 'vitest';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  PLEX_SIDES,
  performerIds,
  requestsDuring,
  settle,
  studioId,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

const NOTHING = { studioId: null, details: '', date: null, tagIds: [], performerIds: [] };

/** A scene with everything, in step. */
async function writeAll(world: World): Promise<void> {
  await world.edit(1, {
    studioId: studioId(world, 'North Pier'),
    details: 'Some words.',
    date: '2024-05-17',
    tagIds: tagIds(world, ['Rain', 'Night']),
    performerIds: performerIds(world, ['Ada Stone']),
  });
  await settle(world);
}

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test('what is emptied in Stash is emptied in Plex when it was ours', async () => {
    const world = await open({ plex });
    await writeAll(world);
    await world.edit(1, NOTHING);
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.fields).not.toHaveProperty('studio');
    expect(item.fields).not.toHaveProperty('summary');
    expect(item.fields).not.toHaveProperty('originallyAvailableAt');
    expect([item.tags.genre, item.actors]).toEqual([[], []]);
  });

  test('a scene with nothing to say empties nothing that others wrote', async () => {
    const world = await open({ plex });
    world.plex.library.editAsPerson(world.itemKey(1), {
      fields: { studio: 'Theirs', summary: 'Their words.', originallyAvailableAt: '1999-09-09' },
      tags: { genre: ['Their genre'] },
      actors: [{ name: 'Their actor', role: 'Their role' }],
    });
    const before = itemAt(world, 1);
    await world.edit(1, { title: '', ...NOTHING });
    const requests = await requestsDuring(world, () => settle(world));
    expect(editsAmong(requests)).toEqual([]);
    expect(itemAt(world, 1)).toEqual(before);
  });

  test('what a person wrote over ours is not emptied with it', async () => {
    const world = await open({ plex });
    await writeAll(world);
    world.plex.library.editAsPerson(world.itemKey(1), {
      fields: { studio: 'Theirs', summary: 'Their words.' },
      tags: { genre: ['Rain', 'Their genre'] },
    });
    await world.edit(1, NOTHING);
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.fields).toMatchObject({ studio: 'Theirs', summary: 'Their words.' });
    expect(item.fields).not.toHaveProperty('originallyAvailableAt');
    expect([item.tags.genre, item.actors]).toEqual([['Their genre'], []]);
  });

  test('what was emptied and filled again arrives again', async () => {
    const world = await open({ plex });
    await writeAll(world);
    await world.edit(1, NOTHING);
    await settle(world);
    await writeAll(world);
    const item = itemAt(world, 1);
    expect(item.fields).toMatchObject({ studio: 'North Pier', summary: 'Some words.' });
    expect(item.tags.genre.toSorted()).toEqual(['Night', 'Rain']);
    expect(item.actors.map((actor) => actor.name)).toEqual(['Ada Stone']);
  });
});

test('an emptied field stays locked, so that no agent fills it', async () => {
  const world = await open();
  await writeAll(world);
  await world.edit(1, NOTHING);
  await settle(world);
  expect(itemAt(world, 1).locks).toEqual(
    expect.arrayContaining(['studio', 'summary', 'originallyAvailableAt', 'genre', 'actor']),
  );
});

test('the journal says of an emptied field that it was ours', async () => {
  const world = await open();
  await writeAll(world);
  await world.edit(1, { details: '' });
  await settle(world);
  const [latest] = await world.operations.history({ limit: 1 });
  expect(latest).toMatchObject({
    state: 'arrived',
    changes: [{ field: 'summary', before: 'Some words.', after: '', wasLocked: true, reason: 'cleared' }],
  });
});
