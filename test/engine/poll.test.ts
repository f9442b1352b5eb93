import { afterEach, describe, expect, test } from 'vitest';
import type { Settings } from '../../src/core/settings/table.ts';
import { openSynced, titlesIn } from '../faults/syncedWorld.ts';
import { openWorld, type World } from '../world/world.ts';

const POLL_MS = 30_000;

let world: World;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** No hook tells of these. */
function editSilently(from: number, to: number, title: string): void {
  for (const number of numbers(from, to)) {
    world.stash.library.editScene(world.scene(number), { title: `${title} ${number}` });
  }
}

const arrived = (title: string): number =>
  titlesIn(world).filter((each) => each?.startsWith(`${title} `)).length;

async function pollAndWork(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    world.clock.advance(POLL_MS);
    await world.engine.poll();
    await world.work();
  }
}

/** As on any evening: the last poll is a while ago, and nothing was new in it. */
async function openQuiet(files: number): Promise<World> {
  world = await openSynced({ files });
  await pollAndWork(4);
  return world;
}

const isStampQuery = (document: string): boolean =>
  document.includes('findScenes(filter') && document.includes('id updated_at');

/** The nth of these questions meets a proxy whose Stash is gone. */
function failStampPage(nth: number): void {
  const { faults } = world.stash;
  const take = faults.take.bind(faults);
  let asked = 0;
  faults.take = (document) => (isStampQuery(document) && ++asked === nth ? 'proxyDown' : take(document));
}

/** Requests to Stash meanwhile. */
/** How often Stash was asked about scenes meanwhile. */
async function asksDuring(act: () => Promise<unknown>): Promise<number> {
  const before = world.stash.log.requests.length;
  await act();
  const meanwhile = world.stash.log.requests.slice(before);
  return meanwhile.filter(({ fields }) => fields.some((field) => field.startsWith('findScene'))).length;
}

describe('changes that no hook told of', () => {
  test('all arrive although Stash went away in the middle of the first look', async () => {
    await openQuiet(450);
    editSilently(1, 450, 'Bulk');
    failStampPage(4);
    await pollAndWork(1);
    expect((await world.engine.lastPollAt()) ?? 0).toBeLessThan(world.clock.now());
    await pollAndWork(3);
    expect(arrived('Bulk')).toBe(450);
  });

  test('are found below pages full of changes that hooks told of', async () => {
    await openQuiet(350);
    editSilently(1, 50, 'Lost');
    world.clock.advance(5_000);
    for (const number of numbers(51, 350)) await world.edit(number, { title: `Hooked ${number}` });
    world.clock.advance(5_000);
    await world.work();
    await pollAndWork(2);
    expect([arrived('Lost'), arrived('Hooked')]).toEqual([50, 300]);
  });

  test('are found when they were stored late, under a stamp older than one seen before', async () => {
    await openQuiet(250);
    const { updatedAt } = world.scene(1);
    editSilently(1, 1, 'Late');
    const { updatedAt: lateAt } = world.scene(1);
    world.stash.library.scenes.update(world.scene(1), { title: 'Before 1', updatedAt });
    world.clock.advance(10_000);
    for (const number of numbers(2, 210)) await world.edit(number, { title: `Hooked ${number}` });
    await world.work();
    for (let round = 0; round < 3; round++) {
      world.clock.advance(5_000);
      await world.engine.poll();
      await world.work();
    }
    world.stash.library.scenes.update(world.scene(1), { title: 'Late 1', updatedAt: lateAt });
    await pollAndWork(1);
    expect(arrived('Late')).toBe(1);
  });

  test('are found although Stash’s clocks went back: it sorts the texts of its times', async () => {
    await openQuiet(250);
    writeTimes(1, 250, '+02:00');
    await pollAndWork(4);
    editSilently(1, 10, 'Again');
    writeTimes(1, 10, '+01:00');
    world.clock.advance(2 * 3_600_000);
    editSilently(11, 11, 'Later');
    writeTimes(11, 11, '+01:00');
    await pollAndWork(1);
    expect([arrived('Again'), arrived('Later')]).toEqual([10, 1]);
  });
});

describe('while Plex cannot be asked', () => {
  const PAST_THE_LONGEST_OPEN_TIME = 12;

  test.each<[string, { readonly down?: true; readonly settings?: Partial<Settings> }]>([
    ['Plex is down', { down: true }],
    ['its token is wrong', { settings: { plex_token: 'wrong' } }],
    ['its library is wrong', { settings: { plex_library: ['Films'] } }],
  ])('%s: what is edited from the first start on arrives once it can', async (_, { down, settings }) => {
    world = await openWorld({ files: 12, ...(settings === undefined ? {} : { settings }) });
    if (down === true) await world.plex.goDown();
    await pollAndWork(6);
    for (const number of numbers(10, 12)) {
      editSilently(number, number, 'Meanwhile');
      await pollAndWork(1);
    }
    const waiting = await world.operations.queue({ states: ['pending'], limit: 100 });
    expect(waiting.map(({ subject }) => subject.id)).toEqual(expect.arrayContaining(['10', '11', '12']));

    if (down === true) await world.plex.comeBack();
    else await restartCorrected();
    await pollAndWork(PAST_THE_LONGEST_OPEN_TIME);
    expect(arrived('Meanwhile')).toBe(3);
  });

  test('a safety stop keeps Plex as it is, and the queue learns of edits', async () => {
    await openQuiet(3);
    await world.engine.stop.engage({ kind: 'safety', reason: 'Most links fail.' });
    world.plex.log.clear();
    editSilently(2, 2, 'Stopped');
    await pollAndWork(1);
    expect(await world.operations.status()).toMatchObject({ queue: { pending: 1 } });
    expect(world.plex.log.requests).toEqual([]);
  });

  test('a Stash that is away as well is asked no more often than its own breaker says', async () => {
    await openQuiet(3);
    await Promise.all([world.plex.goDown(), world.stash.goDown()]);
    await pollAndWork(20);
    const { breakers } = await world.operations.status();
    expect(breakers.stash.state).toBe('open');
    await world.stash.comeBack();
    world.stash.log.clear();
    await world.engine.poll();
    expect(world.stash.log.requests).toEqual([]);
  });
});

/** As after the person has mended the settings and started PlexSync again. */
const restartCorrected = async (): Promise<void> =>
  world.restart({ plex_token: 'simulator-token', plex_library: [] });

/** The same instants, as a Stash in this zone prints them. */
function writeTimes(from: number, to: number, zone: '+01:00' | '+02:00'): void {
  for (const number of numbers(from, to)) {
    const local = Date.parse(world.scene(number).updatedAt) + Number(zone.slice(1, 3)) * 3_600_000;
    const updatedAt = `${new Date(local).toISOString().slice(0, 19)}${zone}`;
    world.stash.library.scenes.update(world.scene(number), { updatedAt });
  }
}

describe('what a poll costs', () => {
  test('a bulk edit is not read again for ever', async () => {
    await openQuiet(450);
    editSilently(1, 450, 'Bulk');
    await pollAndWork(4);
    expect(arrived('Bulk')).toBe(450);
    expect(await asksDuring(() => pollAndWork(10))).toBeLessThanOrEqual(10);
  });
});

describe('a scene stamped in the future', () => {
  test('does not hide scenes that were never seen', async () => {
    world = await openWorld({ files: 5 });
    world.stash.library.scenes.update(world.scene(5), { updatedAt: '2035-01-01T00:00:00Z' });
    await world.engine.poll();
    await world.work();
    world.clock.advance(60_000);
    editSilently(1, 4, 'Polled');
    await pollAndWork(2);
    expect(arrived('Polled')).toBe(4);
  });

  test('is looked at twice, not at each poll', async () => {
    await openQuiet(3);
    const ahead = new Date(world.clock.now() + 3_600_000).toISOString();
    world.stash.library.scenes.update(world.scene(1), {
      title: 'Ahead 1',
      updatedAt: `${ahead.slice(0, 19)}Z`,
    });
    await pollAndWork(2);
    expect(arrived('Ahead')).toBe(1);
    const details = world.plex.log.counts().details;
    expect(await asksDuring(() => pollAndWork(20))).toBeLessThanOrEqual(20);
    expect(world.plex.log.counts().details).toBe(details);
  });
});

test('a time that makes no sense stops no poll', async () => {
  await openQuiet(3);
  world.stash.library.scenes.update(world.scene(2), { title: 'Odd 2', updatedAt: 'some day' });
  await pollAndWork(2);
  expect(arrived('Odd')).toBe(1);
  editSilently(1, 1, 'Later');
  await pollAndWork(2);
  expect(arrived('Later')).toBe(1);
});

test('a lone edit costs three requests, also when polls follow', async () => {
  await openQuiet(3);
  world.plex.log.clear();
  await world.edit(1, { title: 'Alone 1' });
  await world.work();
  await pollAndWork(3);
  expect(arrived('Alone')).toBe(1);
  const { details, edits } = world.plex.log.counts();
  expect(details + edits).toBeLessThanOrEqual(3);
});
