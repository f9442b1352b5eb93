import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { png, posterKey } from '../world/pictures.ts';
import type { World } from '../world/world.ts';
import { giveCover, synced, uploadsAmong } from './covers.ts';
import { itemAt, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

const posterWrites = async (world: World): Promise<readonly number[]> => {
  const entries = await world.operations.history({ scene: sceneId('1'), limit: 100 });
  return entries.filter(({ changes }) => changes[0]?.field === 'poster').map(({ id }) => id);
};

async function undo(world: World, writes: readonly number[], isForced = false) {
  const asked = await world.operations.undo({ selection: { kind: 'writes', writes }, isForced });
  if (!asked.ok) throw new Error(asked.failure.message);
  await settle(world);
  return world.operations.undoReport({ since: asked.value.askedAt, limit: 9 });
}

const firstPoster = (world: World): string => `media://${world.itemKey(1)}/thumb`;

test('the poster that was there before comes back, with the lock that it had', async () => {
  const world = await open();
  await synced(world, png('a'));
  const writes = await posterWrites(world);
  const request = { selection: { kind: 'writes', writes }, isForced: false, limit: 9 } as const;
  expect(await world.operations.planUndo(request)).toMatchObject({
    value: {
      shown: [{ fields: [{ change: { field: 'poster', after: firstPoster(world) }, outcome: 'back' }] }],
    },
  });
  expect(await undo(world, writes)).toMatchObject({ open: 0, done: 1, left: 0 });
  const item = itemAt(world, 1);
  expect(item.selectedPoster).toBe(firstPoster(world));
  expect(item.locks).not.toContain('thumb');
  const [undone] = await world.operations.history({ scene: sceneId('1'), limit: 1 });
  expect(undone).toMatchObject({
    source: 'undo',
    state: 'arrived',
    changes: [{ field: 'poster', before: posterKey(png('a')), after: firstPoster(world), reason: 'undone' }],
  });
});

test('covers that followed one another go back one by one, to the first', async () => {
  const world = await open();
  await synced(world, png('a'));
  await giveCover(world, 1, png('b'));
  await settle(world);
  expect(await undo(world, await posterWrites(world))).toMatchObject({ open: 0, done: 2, left: 0 });
  expect(itemAt(world, 1).selectedPoster).toBe(firstPoster(world));
});

test('an undo of a whole scene takes its poster along, and the scene is held', async () => {
  const world = await open();
  await world.edit(1, { title: 'Ours' });
  await synced(world, png('a'));
  const asked = await world.operations.undo({
    selection: { kind: 'scene', scene: sceneId('1') },
    isForced: false,
  });
  expect(asked.ok).toBe(true);
  await settle(world);
  expect(itemAt(world, 1)).toMatchObject({ selectedPoster: firstPoster(world) });
  const requests = await requestsDuring(world, () => giveCover(world, 1, png('c')).then(() => settle(world)));
  expect(uploadsAmong(requests)).toEqual([]);
});

test('released, ours is selected again without being sent again', async () => {
  const world = await open();
  await synced(world, png('a'));
  await undo(world, await posterWrites(world));
  const requests = await requestsDuring(world, async () => {
    await world.operations.release({ kind: 'scenes', scenes: [sceneId('1')] });
    await settle(world);
  });
  expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
  expect(uploadsAmong(requests)).toEqual([]);
});

test('released under preserve_plex_edits, the earlier one stays', async () => {
  const world = await open();
  await synced(world, png('a'));
  await undo(world, await posterWrites(world));
  await world.restart({ preserve_plex_edits: true });
  await world.operations.release({ kind: 'scenes', scenes: [sceneId('1')] });
  await settle(world);
  expect(itemAt(world, 1).selectedPoster).toBe(firstPoster(world));
});

test('an undo of the undo brings ours back', async () => {
  const world = await open();
  await synced(world, png('a'));
  await undo(world, await posterWrites(world));
  const [latest = 0] = await posterWrites(world);
  await undo(world, [latest]);
  expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
  expect(itemAt(world, 1).locks).toContain('thumb');
});

test('what a person has chosen since stays, unless it is forced', async () => {
  const world = await open();
  await synced(world, png('a'));
  world.plex.library.editAsPerson(world.itemKey(1), { poster: 'upload://posters/theirs' });
  const writes = await posterWrites(world);
  expect(await undo(world, writes)).toMatchObject({
    left: 1,
    notes: [{ words: 'poster: changed since, so it stays' }],
  });
  expect(itemAt(world, 1).selectedPoster).toBe('upload://posters/theirs');
  await undo(world, writes, true);
  expect(itemAt(world, 1).selectedPoster).toBe(firstPoster(world));
});

test('what Plex does not hold any more stays as it is, and that is said', async () => {
  const world = await open();
  await synced(world, png('a'));
  world.plex.library.forgetOtherPosters(world.itemKey(1));
  expect(await undo(world, await posterWrites(world))).toMatchObject({
    left: 1,
    notes: [{ words: 'poster: Plex does not hold the earlier one any more, so it stays' }],
  });
  expect(itemAt(world, 1)).toMatchObject({ selectedPoster: posterKey(png('a')) });
  expect(itemAt(world, 1).locks).toContain('thumb');
});
