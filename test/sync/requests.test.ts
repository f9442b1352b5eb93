import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '../../simulator/plex/requestLog.ts';
import type { World } from '../world/world.ts';
import { editsAmong, itemAt, requestsDuring, settle, tagIds, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

const OF_ALL = new Set(['index', 'identity', 'server']);
/** Those that the number of scenes decides: keeping the index and asking who is there cost the same anyway. */
const forScenes = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter((request) => !OF_ALL.has(request.kind));

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

async function editAll(world: World, count: number, title: string): Promise<void> {
  for (const number of numbers(count)) await world.edit(number, { title: `${title} ${number}` });
}

/** Time goes on, and the index with it: what was written is in the lists, and not of this second any more. */
async function later(world: World): Promise<void> {
  world.clock.advance(60_000);
  expect(await world.engine.poll()).toMatchObject({ ok: true });
}

async function compareAll(world: World): Promise<readonly LoggedRequest[]> {
  return requestsDuring(world, async () => {
    await world.operations.sync({ kind: 'all' });
    await settle(world);
  });
}

describe.each(['append', 'replace'] as const)('with a Plex whose tag writes %s', (tagWrite) => {
  test('each of 100 single edits costs at most three requests', async () => {
    const world = await open({ files: 100, plex: { tagWrite } });
    await world.trigger(1);
    await settle(world);
    const costs: number[] = [];
    for (const number of numbers(100)) {
      const requests = await requestsDuring(world, async () => {
        await world.edit(number, {
          title: `Edited ${number}`,
          tagIds: tagIds(world, ['Rain', `T${number}`]),
        });
        await world.work();
      });
      costs.push(requests.length);
      world.clock.advance(1_500);
    }
    expect(numbers(100).map((number) => itemAt(world, number).title)).toEqual(
      numbers(100).map((number) => `Edited ${number}`),
    );
    expect(Math.max(...costs)).toBeLessThanOrEqual(3);
  });

  test('1,000 scenes in bulk cost at most 1.4 requests a scene', async () => {
    const world = await open({ files: 1_000, plex: { tagWrite } });
    await world.trigger(1);
    await settle(world);
    await editAll(world, 1_000, 'Bulk');
    const requests = await requestsDuring(world, () => settle(world));
    expect(itemAt(world, 1_000).title).toBe('Bulk 1000');
    expect(editsAmong(requests)).toHaveLength(1_000);
    expect(forScenes(requests).length).toBeLessThanOrEqual(1_400);
    expect(requests.length - forScenes(requests).length).toBeLessThanOrEqual(10);
  });
});

test('1,000 unchanged scenes cost at most 0.03 requests a scene', async () => {
  const world = await open({ files: 1_000 });
  await compareAll(world);
  await later(world);
  // The read that proved each write was of the second of the write, so that it may not stand for later ones.
  const firstLook = await compareAll(world);
  expect(editsAmong(firstLook)).toEqual([]);
  expect(forScenes(firstLook).length).toBeLessThanOrEqual(30);
  await later(world);
  // From now on the list alone proves it, but for those whose day it is to be read in detail.
  const secondLook = await compareAll(world);
  expect(forScenes(secondLook).length).toBeLessThanOrEqual(8);
  expect(editsAmong(secondLook)).toEqual([]);
});

test('among unchanged scenes the one that was edited in Plex is found', async () => {
  const world = await open({ files: 200 });
  await compareAll(world);
  await later(world);
  await compareAll(world);
  await later(world);
  world.plex.library.editAsPerson(world.itemKey(77), { fields: { studio: 'Another' } });
  await later(world);
  expect(editsAmong(await compareAll(world))).toHaveLength(1);
  expect(itemAt(world, 77).fields.studio).toBe(world.samples[76]?.studio);
});

test('an edit costs the same among 100 items and among 5,000, and so does a poll', async () => {
  const costs: unknown[] = [];
  for (const files of [100, 5_000]) {
    const world = await open({ files });
    await world.edit(1, { title: 'The newest' });
    await settle(world);
    await later(world);
    const askedBefore = world.stash.log.requests.length;
    const forEdit = await requestsDuring(world, async () => {
      await world.edit(50, { title: 'Edited', tagIds: tagIds(world, ['A', 'B']) });
      await world.work();
    });
    const askedOfStash = world.stash.log.requests.length - askedBefore;
    const forPoll = await requestsDuring(world, () => later(world));
    costs.push({ askedOfStash, forEdit: forEdit.map(kindOf), forPoll: forPoll.map(kindOf) });
  }
  expect(costs[1]).toEqual(costs[0]);
});

const kindOf = ({ kind }: LoggedRequest): string => kind;

test('scenes that are not in Plex do not have the index read for each of them', async () => {
  const world = await open({ files: 20 });
  await world.trigger(1);
  await settle(world);
  const lost = numbers(50).map((number) =>
    world.stash.library.addScene({ title: 'Lost', files: [{ path: `/data/lost/${number}.mp4` }] }),
  );
  world.clock.advance(60_000);
  const requests = await requestsDuring(world, async () => {
    for (const scene of lost) {
      await world.trigger(scene.id);
      await world.work();
    }
  });
  expect(requests.length).toBeLessThanOrEqual(10);
});

test('writes go two at a time at most', async () => {
  const world = await open({ files: 60 });
  // Else the first is answered before the second has come.
  world.plex.faults.add({ fault: 'delay', argument: 5, method: 'PUT', count: Number.POSITIVE_INFINITY });
  await editAll(world, 60, 'Bulk');
  await settle(world);
  expect(world.plex.log.maxConcurrentWrites()).toBe(2);
});
