import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { itemAt, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const scene = (number: number) => sceneId(String(number));

test('a person may hold scenes, with a reason that plan and list show', async () => {
  const world = await open();
  expect(await world.operations.hold({ scenes: [scene(1)], reason: 'poster night' })).toEqual({ held: 1 });
  expect(await world.operations.hold({ scenes: [scene(1)], reason: 'again' })).toEqual({ held: 0 });
  await world.edit(1, { title: 'Not yet' });
  await settle(world);
  expect(itemAt(world, 1).title).not.toBe('Not yet');
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, running: 0, dead: 0 });
  expect(await world.operations.holds({ limit: 9 })).toMatchObject({
    holds: [{ by: 'person', reason: 'poster night' }],
  });
  await world.restart();
  await world.operations.release({ kind: 'all' });
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Not yet');
});

test('a held scene that Plex does not have troubles nobody', async () => {
  const world = await open();
  world.plex.library.removeItem(world.itemKey(1));
  await world.operations.hold({ scenes: [scene(1)], reason: '' });
  await world.edit(1, { title: 'Away' });
  await settle(world);
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
});

test('a hold on a destroyed scene goes when all that is known of the scene does', async () => {
  const world = await open();
  await world.operations.hold({ scenes: [scene(1)], reason: '' });
  world.stash.library.scenes.delete(1);
  await world.trigger(1);
  await settle(world);
  expect(await world.operations.holds({ limit: 9 })).toMatchObject({ count: 1 });
  world.clock.advance(31 * 24 * 3_600_000);
  await world.engine.poll();
  expect(await world.operations.holds({ limit: 9 })).toMatchObject({ count: 0 });
});

test('a release drops what is still to be undone', async () => {
  const world = await open();
  await world.edit(1, { title: 'First' });
  await settle(world);
  await world.plex.goDown();
  await world.operations.undo({ selection: { kind: 'scene', scene: scene(1) }, isForced: false });
  await world.operations.release({ kind: 'all' });
  await world.plex.comeBack();
  await world.workFor(600_000);
  expect(itemAt(world, 1).title).toBe('First');
  expect(await world.operations.status()).toMatchObject({ openUndos: 0, held: 0 });
});
