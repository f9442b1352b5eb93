import { describe, expect, test } from 'vitest';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import { pollStash } from '../../src/engine/poll.ts';
import type { World } from '../world/world.ts';
import { editsAmong, itemAt, requestsDuring, settle, tagIds, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const POLL_MS = 30_000;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** An edit in Stash that no hook tells of. */
function editSilently(world: World, number: number, change: Partial<SceneRow>): void {
  world.stash.library.editScene(world.scene(number), change);
}

async function pollAndWork(world: World): Promise<void> {
  expect(await world.engine.poll()).toMatchObject({ ok: true });
  await settle(world);
}

/** All in step, and the first poll done, as on any day. */
async function openInStep(options: Parameters<typeof open>[0] = {}): Promise<World> {
  const world = await open(options);
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  await world.engine.poll();
  await settle(world);
  world.clock.advance(POLL_MS);
  return world;
}

describe.each(['+00:00', '-05:00', '+05:30'])('with a Stash in the zone %s', (zone) => {
  test('a poll finds an edit that no hook told of', async () => {
    const world = await openInStep({ stash: { zone } });
    editSilently(world, 2, { title: 'Edited in silence' });
    await pollAndWork(world);
    expect(itemAt(world, 2).title).toBe('Edited in silence');
  });

  test('a poll finds the second of two edits within one second, made after the first was synced', async () => {
    const world = await openInStep({ stash: { zone } });
    editSilently(world, 1, { title: 'First' });
    await world.engine.poll();
    await world.work();
    expect(itemAt(world, 1).title).toBe('First');
    editSilently(world, 1, { title: 'Second' });
    world.clock.advance(POLL_MS);
    await pollAndWork(world);
    expect(itemAt(world, 1).title).toBe('Second');
  });

  test('a poll finds an edit in the second in which a hook was handled', async () => {
    const world = await openInStep({ stash: { zone } });
    await world.edit(1, { title: 'Told by a hook' });
    await world.work();
    editSilently(world, 1, { title: 'Not told' });
    world.clock.advance(POLL_MS);
    await pollAndWork(world);
    expect(itemAt(world, 1).title).toBe('Not told');
  });
});

test('a poll finds 350 edits made at once, over several pages', async () => {
  const world = await openInStep({ files: 400 });
  for (const number of numbers(350)) editSilently(world, number, { title: `Silent ${number}` });
  await pollAndWork(world);
  expect(numbers(350).filter((number) => itemAt(world, number).title !== `Silent ${number}`)).toEqual([]);
  expect(itemAt(world, 351).title).toBe(world.scene(351).title);
});

test('a poll finds a new scene', async () => {
  const world = await openInStep();
  const scene = world.stash.library.addScene({ title: 'New', files: [{ path: '/data/new.mp4', size: 77 }] });
  world.plex.library.addItem('1', { files: [{ path: '/media/new.mp4', size: 77 }] });
  world.clock.advance(POLL_MS);
  await pollAndWork(world);
  const [key = ''] = world.plex.library.ratingKeys({ path: '/media/new.mp4' });
  expect(world.plex.library.read(key)?.title).toBe('New');
  expect(scene.title).toBe('New');
});

test('a change that waits while Plex is away is news for one poll: the next ones do not start its job afresh', async () => {
  const world = await openInStep();
  editSilently(world, 2, { title: 'Waits' });
  world.clock.advance(POLL_MS);
  expect(await pollStash(world.engine)).toMatchObject({ value: { changed: 1 } });
  world.clock.advance(POLL_MS);
  expect(await pollStash(world.engine)).toMatchObject({ value: { changed: 0 } });
  await settle(world);
  expect(itemAt(world, 2).title).toBe('Waits');
});

test('the first poll of all takes what is there for seen, and asks Plex about no scene', async () => {
  const world = await open({ files: 20 });
  const requests = await requestsDuring(world, () => pollAndWork(world));
  expect(requests.filter(({ kind }) => kind === 'details' || kind === 'edits')).toEqual([]);
});

test('an edit that a hook told of is not synced again for the poll, and costs Plex nothing more', async () => {
  const world = await openInStep({ files: 40 });
  for (const number of numbers(40)) {
    await world.edit(number, { title: `Hooked ${number}`, tagIds: tagIds(world, ['Rain']) });
    await world.work();
  }
  world.clock.advance(POLL_MS);
  const requests = await requestsDuring(world, async () => {
    for (let round = 0; round < 3; round++) {
      await pollAndWork(world);
      world.clock.advance(POLL_MS);
    }
  });
  expect(editsAmong(requests)).toEqual([]);
  expect(requests.filter(({ kind }) => kind === 'details')).toEqual([]);
});

test('nothing changed: a poll queues nothing and asks Stash for two pages of scenes at most', async () => {
  const world = await openInStep({ files: 400 });
  await pollAndWork(world);
  world.clock.advance(POLL_MS);
  const asked = world.stash.log.requests.length;
  const requests = await requestsDuring(world, () => pollAndWork(world));
  const meanwhile = world.stash.log.requests.slice(asked).flatMap(({ fields }) => fields);
  expect(meanwhile.filter((field) => field === 'findScenes').length).toBeLessThanOrEqual(2);
  expect(requests.filter(({ kind }) => kind === 'details' || kind === 'edits')).toEqual([]);
});

test('edits made while PlexSync was not running are found by its first poll', async () => {
  const world = await openInStep();
  editSilently(world, 3, { title: 'Meanwhile' });
  world.clock.advance(3_600_000);
  await world.restart();
  await pollAndWork(world);
  expect(itemAt(world, 3).title).toBe('Meanwhile');
});

test('edits made while Stash was away are found when it is back', async () => {
  const world = await openInStep();
  editSilently(world, 3, { title: 'Meanwhile' });
  await world.stash.goDown();
  expect(await world.engine.poll()).toMatchObject({ ok: false, failure: { class: 'unreachable' } });
  await world.stash.comeBack();
  world.clock.advance(POLL_MS);
  await pollAndWork(world);
  expect(itemAt(world, 3).title).toBe('Meanwhile');
});
