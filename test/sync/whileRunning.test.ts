import { describe, expect, test } from 'vitest';
import type { CrashStep } from '../../src/engine/crashStep.ts';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  PLEX_SIDES,
  requestsDuring,
  settle,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();

const STEPS = [
  'claimed',
  'both-sides-read',
  'write-intended',
  'edit-sent',
  'edit-read-back',
  'proved',
] as const;

/** Something that happens once, when the engine reaches a step. */
function once(step: CrashStep, act: () => void): (reached: CrashStep) => void {
  let isDone = false;
  return (reached) => {
    if (isDone || reached !== step) return;
    isDone = true;
    act();
  };
}

describe.each(PLEX_SIDES)('with a Plex $name', ({ plex }) => {
  test.each(STEPS)('an edit in Stash while its job is at “%s” arrives too', async (step) => {
    const told: Promise<void>[] = [];
    const reach = once(step, () => {
      told.push(world.edit(1, { title: 'Second', tagIds: tagIds(world, ['B', 'C']) }));
    });
    const world: World = await open({ plex, reach });
    await world.edit(1, { title: 'First', tagIds: tagIds(world, ['A', 'B']) });
    await settle(world);
    await Promise.all(told);
    await settle(world);
    expect(told).toHaveLength(1);
    expect(itemAt(world, 1)).toMatchObject({ title: 'Second', tags: { genre: expect.any(Array) } });
    expect(itemAt(world, 1).tags.genre.toSorted()).toEqual(['B', 'C']);
    expect((await world.operations.status()).queue).toMatchObject({ pending: 0, running: 0, dead: 0 });
  });

  test('an edit while the last one does not show yet arrives, with the last one’s tags known as ours', async () => {
    const world = await open({ plex });
    await world.edit(1, { tagIds: tagIds(world, ['A', 'B']) });
    await world.work();
    world.clock.advance(200);
    await world.edit(1, { tagIds: tagIds(world, ['B', 'C']) });
    await world.work();
    world.clock.advance(200);
    await world.edit(1, { tagIds: tagIds(world, ['D']) });
    await settle(world);
    expect(itemAt(world, 1).tags.genre).toEqual(['D']);
  });

  test('a person’s edit in Plex between our read and our write of other fields stays', async () => {
    const reach = once('both-sides-read', () => {
      world.plex.library.editAsPerson(world.itemKey(1), {
        fields: { tagline: 'Theirs' },
        tags: { collection: ['Theirs'] },
      });
    });
    const world: World = await open({ plex, reach });
    await world.edit(1, { title: 'Ours', tagIds: tagIds(world, ['A']) });
    await settle(world);
    const item = itemAt(world, 1);
    expect(item).toMatchObject({ title: 'Ours', fields: { tagline: 'Theirs' } });
    expect([item.tags.collection, item.tags.genre]).toEqual([['Theirs'], ['A']]);
  });
});

test('many edits of one scene are one job and one write', async () => {
  const world = await open();
  await world.trigger(1);
  await settle(world);
  for (let edit = 1; edit <= 50; edit++) await world.edit(1, { title: `Edit ${edit}` });
  expect((await world.operations.status()).queue.pending).toBe(1);
  const requests = await requestsDuring(world, () => settle(world));
  expect(editsAmong(requests)).toHaveLength(1);
  expect(itemAt(world, 1).title).toBe('Edit 50');
});

test('a scene triggered again while it runs is looked at once more, not as often as it was triggered', async () => {
  const told: Promise<void>[] = [];
  const reach = once('both-sides-read', () => {
    for (let edit = 1; edit <= 20; edit++) told.push(world.edit(1, { title: `Edit ${edit}` }));
  });
  const world: World = await open({ reach });
  await world.edit(1, { title: 'First' });
  const requests = await requestsDuring(world, () => settle(world));
  await Promise.all(told);
  expect(editsAmong(requests)).toHaveLength(2);
  expect(itemAt(world, 1).title).toBe('Edit 20');
});

test('a scene that is deleted in Stash while its job runs is not written any more, and nothing is left', async () => {
  const reach = once('claimed', () => {
    world.stash.library.scenes.delete(1);
  });
  const world: World = await open({ reach });
  const before = itemAt(world, 1);
  await world.edit(1, { title: 'Gone' });
  await settle(world);
  expect(itemAt(world, 1)).toEqual(before);
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, running: 0, dead: 0 });
});

test('an item that goes from Plex between our read and our write is matched anew', async () => {
  const reach = once('both-sides-read', () => {
    const file = world.samples[0];
    world.plex.library.removeItem(world.itemKey(1));
    if (file !== undefined) {
      world.plex.library.addItem('1', {
        files: [{ path: file.plexPath, size: file.size, durationMs: file.durationMs }],
      });
    }
  });
  const world: World = await open({ reach });
  await world.edit(1, { title: 'Arrives' });
  await world.workFor(60_000);
  expect(itemAt(world, 1).title).toBe('Arrives');
});
