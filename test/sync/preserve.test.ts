import { describe, expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
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
const preserving = { preserve_plex_edits: true };

/** The reason of each field in a plan made now. */
async function reasons(world: World): Promise<Record<string, string>> {
  const planned = await world.operations.plan([sceneId('1')]);
  if (!planned.ok) throw new Error(planned.failure.message);
  const [item] = planned.value[0]?.items ?? [];
  return Object.fromEntries((item?.decisions ?? []).map(({ field, reason }) => [field, reason]));
}

describe.each(PLEX_SIDES)('with a Plex $name, edited in Plex Web', ({ plex }) => {
  test('after our write, a value stays, and the other fields follow Stash', async () => {
    const world = await open({ plex, settings: preserving });
    await world.edit(1, { title: 'Ours', details: 'Ours.' });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Theirs' } });
    await world.edit(1, { title: 'Ours again', details: 'Ours again.' });
    expect(await reasons(world)).toMatchObject({ title: 'kept-edit', summary: 'changed' });
    await settle(world);
    expect(itemAt(world, 1).fields).toMatchObject({ title: 'Theirs', summary: 'Ours again.' });
  });

  test('after our write, Stash wins without preserve_plex_edits', async () => {
    const world = await open({ plex });
    await world.edit(1, { title: 'Ours', details: 'Ours.' });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Theirs' } });
    await world.trigger(1);
    expect(await reasons(world)).toMatchObject({ title: 'stash-wins' });
    await settle(world);
    expect(itemAt(world, 1).title).toBe('Ours');
  });

  test('after our write, genres and actors taken out stay out, and new ones of Stash come', async () => {
    const world = await open({ plex, settings: preserving });
    await world.edit(1, {
      tagIds: tagIds(world, ['A', 'B']),
      performerIds: performerIds(world, ['P', 'Q']),
    });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['A'] }, actors: [{ name: 'Q' }] });
    await world.edit(1, {
      tagIds: tagIds(world, ['A', 'B', 'C']),
      performerIds: performerIds(world, ['P', 'Q', 'R']),
    });
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.tags.genre.toSorted()).toEqual(['A', 'C']);
    expect(item.actors.map(({ name }) => name).toSorted()).toEqual(['Q', 'R']);
    expect(await reasons(world)).toMatchObject({ genres: 'kept-edit', actors: 'kept-edit' });
  });

  test('after our write, taken out entries come back without preserve_plex_edits', async () => {
    const world = await open({ plex });
    await world.edit(1, { tagIds: tagIds(world, ['A', 'B']) });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['A'] } });
    await world.trigger(1);
    await settle(world);
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['A', 'B']);
  });

  test('the very value of Stash is agreed on, and later edits in Stash arrive', async () => {
    const world = await open({ plex, settings: preserving });
    await world.edit(1, { title: 'First' });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Second' } });
    await world.edit(1, { title: 'Second' });
    await settle(world);
    await world.edit(1, { title: 'Third' });
    await settle(world);
    expect(itemAt(world, 1).title).toBe('Third');
  });
});

describe('before our first write preserve_plex_edits', () => {
  test('keeps a value that is there', async () => {
    const world = await open({ settings: preserving });
    world.plex.library.editAsPerson(world.itemKey(1), {
      fields: { summary: 'From an agent.', studio: 'From an agent' },
      unlock: ['summary', 'studio'],
    });
    await world.edit(1, { details: 'From Stash.' });
    expect(await reasons(world)).toMatchObject({ summary: 'kept-present', studio: 'kept-present' });
    await settle(world);
    expect(itemAt(world, 1).fields).toMatchObject({ summary: 'From an agent.', studio: 'From an agent' });
  });

  test('keeps a field that a person locked empty', async () => {
    const world = await open({ settings: preserving });
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { summary: '' }, tags: { genre: [] } });
    await world.edit(1, { details: 'From Stash.', tagIds: tagIds(world, ['A']) });
    expect(await reasons(world)).toMatchObject({ summary: 'kept-locked', genres: 'kept-locked' });
    await settle(world);
    const item = itemAt(world, 1);
    expect(item.fields).not.toHaveProperty('summary');
    expect(item.tags.genre).toEqual([]);
  });

  test('replaces a title that Plex made of the file name', async () => {
    const world = await open({ settings: preserving });
    await world.edit(1, { title: 'From Stash' });
    expect(await reasons(world)).toMatchObject({ title: 'first' });
    await settle(world);
    expect(itemAt(world, 1).title).toBe('From Stash');
  });

  test('keeps a title that a person gave', async () => {
    const world = await open({ settings: preserving });
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Theirs' }, unlock: ['title'] });
    await world.edit(1, { title: 'From Stash' });
    await settle(world);
    expect(itemAt(world, 1).title).toBe('Theirs');
  });

  test('adds to a list what is not there, and keeps what is', async () => {
    const world = await open({ settings: preserving });
    world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['Theirs'] }, unlock: ['genre'] });
    await world.edit(1, { tagIds: tagIds(world, ['Ours']) });
    await settle(world);
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['Ours', 'Theirs']);
  });
});

test('switched on after writes, preserve_plex_edits knows what was ours', async () => {
  const world = await open();
  await world.edit(1, { title: 'Ours', studioId: studioId(world, 'Ours') });
  await settle(world);
  await world.restart(preserving);
  world.plex.library.editAsPerson(world.itemKey(1), { fields: { studio: 'Theirs' } });
  await world.edit(1, { title: 'Ours, later', studioId: studioId(world, 'Ours, later') });
  await settle(world);
  expect(itemAt(world, 1).fields).toMatchObject({ title: 'Ours, later', studio: 'Theirs' });
});

test('switched off, the next look writes what was kept', async () => {
  const world = await open({ settings: preserving });
  await world.edit(1, { title: 'Ours' });
  await settle(world);
  world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Theirs' } });
  await world.trigger(1);
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Theirs');
  await world.restart({ preserve_plex_edits: false });
  await world.trigger(1, 'sweep');
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Ours');
});

test('what a person keeps costs no further edit', async () => {
  const world = await open({ settings: preserving });
  await world.edit(1, { title: 'Ours', tagIds: tagIds(world, ['A', 'B']) });
  await settle(world);
  world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Theirs' }, tags: { genre: ['B'] } });
  const requests = await requestsDuring(world, async () => {
    for (const source of ['poll', 'sweep', 'command'] as const) {
      await world.trigger(1, source);
      await settle(world);
    }
  });
  expect(editsAmong(requests)).toEqual([]);
});

test('a field that was emptied in Stash and edited in Plex keeps the edit', async () => {
  const world = await open({ settings: preserving });
  await world.edit(1, { details: 'Ours.' });
  await settle(world);
  world.plex.library.editAsPerson(world.itemKey(1), { fields: { summary: 'Theirs.' } });
  await world.edit(1, { details: '' });
  await settle(world);
  expect(itemAt(world, 1).fields.summary).toBe('Theirs.');
});

test('preserve_plex_edits is stronger than foreign_entries = remove', async () => {
  const world = await open({ settings: { ...preserving, foreign_entries: 'remove' } });
  await world.edit(1, { tagIds: tagIds(world, ['Ours']) });
  await settle(world);
  world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['Ours', 'Theirs'] } });
  await world.edit(1, { tagIds: tagIds(world, ['Ours', 'More']) });
  await settle(world);
  expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['More', 'Ours', 'Theirs']);
});
