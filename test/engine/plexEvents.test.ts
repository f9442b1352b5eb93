import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSynced, titleOf } from '../faults/syncedWorld.ts';
import { type Listening, listening } from '../world/plexEvents.ts';
import type { World, WorldOptions } from '../world/world.ts';

let world: World;
let plex: Listening;

async function open(options: Partial<WorldOptions> = {}): Promise<void> {
  world = await openSynced({ files: 3, ...options });
  plex = await listening(world);
  await plex.settle();
  world.plex.log.clear();
}

afterEach(async () => {
  world.plex.log.assertHarmless();
  await plex.close();
  await world.close();
});

const looks = (): number =>
  world.log.lines.filter((line) => line.includes('"source":"plex","msg":"looked at')).length;
const detailReads = (): number => world.plex.log.requests.filter(({ kind }) => kind === 'details').length;

const addScene = (name: string, size = 4_321): number =>
  world.stash.library.addScene({ title: name, files: [{ path: `/data/new/${name}.mp4`, size }] }).id;

const addItem = (name: string, size = 4_321): string =>
  world.plex.library.addItem('1', { files: [{ path: `/media/new/${name}.mp4`, size }] });

const titleOfItem = (key: string): string | undefined => world.plex.library.read(key)?.fields.title;

describe('a new item in Plex', () => {
  beforeEach(() => open());

  test('gets its metadata as Plex tells of it, without a poll', async () => {
    await world.trigger(addScene('Awaited'));
    await world.work();
    const key = addItem('Awaited');
    await plex.settle();
    expect(titleOfItem(key)).toBe('Awaited');
  });

  test('costs one request to be read, however often Plex tells of it', async () => {
    world.plex.switches.alertDelivery = 'doubled';
    for (const name of ['a', 'b', 'c']) addItem(name);
    await plex.settle();
    expect(detailReads()).toBe(1);
  });

  test('of a library out of scope is not asked for', async () => {
    const { key } = world.plex.library.addSection({ title: 'Shows', type: 'show', items: [] });
    world.plex.library.addItem(key, { files: [{ path: '/shows/1.mp4', size: 1 }] });
    await plex.settle();
    expect(world.plex.log.requests).toEqual([]);
  });
});

describe('an item that somebody else changed in Plex', () => {
  const editAsPerson = (title: string): void => {
    world.plex.library.editAsPerson(world.itemKey(2), { fields: { title } });
  };

  test.each(['told', 'left-out'] as const)('is put right at once, its time %s', async (alertTimes) => {
    await open({ plex: { alertTimes } });
    editAsPerson('Typed over');
    await plex.settle();
    expect(titleOf(world, 2)).toBe('Before 2');
  });

  test('is put right by the poll where Plex does not tell', async () => {
    await open({ plex: { alertDelivery: 'lost' } });
    editAsPerson('Typed over');
    await plex.settle();
    expect(titleOf(world, 2)).toBe('Typed over');
    world.clock.advance(30_000);
    await world.engine.poll();
    await world.work();
    expect(titleOf(world, 2)).toBe('Before 2');
  });

  test('keeps the edit under preserve_plex_edits, and is looked at once', async () => {
    await open({ settings: { preserve_plex_edits: true } });
    editAsPerson('Kept');
    await plex.settle();
    await world.engine.poll();
    await world.work();
    expect(titleOf(world, 2)).toBe('Kept');
    expect(looks()).toBe(1);
  });

  test('is told of by the log as a change in Plex', async () => {
    await open();
    editAsPerson('Typed over');
    await plex.settle();
    expect(world.log.lines.filter((line) => /"synced"/.test(line)).at(-1)).toContain('"source":"plex"');
  });
});

describe('our own edits', () => {
  test.each([
    { editAlerts: 'processed' },
    { editAlerts: 'all-states' },
    { alertTimes: 'left-out' },
    { alertDelivery: 'grouped' },
  ] as const)('are no news, told with %o', async (switches) => {
    await open({ plex: switches });
    const told = plex.events.length;
    await world.edit(1, { title: 'Ours' });
    await world.workFor(10_000);
    world.plex.log.clear();
    await plex.settle();
    expect(plex.events.length).toBeGreaterThan(told);
    expect(world.plex.log.requests).toEqual([]);
    expect((await world.operations.status()).queue).toMatchObject({ pending: 0, waiting: 0 });
  });

  test('hide no edit that somebody else makes in the same second', async () => {
    await open();
    await world.edit(1, { title: 'Ours' });
    await world.work();
    world.clock.advance(300);
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Theirs' } });
    await plex.settle();
    expect(titleOf(world, 1)).toBe('Ours');
  });

  test('that Plex tells of late are read once more, and make no job', async () => {
    await open({ plex: { editAlerts: 'none' } });
    await world.edit(1, { title: 'Ours' });
    await world.workFor(2_000);
    const { ratingKey, updatedAt } = world.plex.library.read(world.itemKey(1)) ?? expect.unreachable();
    const entry = { itemID: ratingKey, sectionID: '1', type: 1, state: 5, updatedAt };
    world.plex.notifications.sendText(
      JSON.stringify({ NotificationContainer: { type: 'timeline', TimelineEntry: [entry] } }),
    );
    world.plex.log.clear();
    const before = looks();
    await plex.settle();
    expect(detailReads()).toBe(1);
    expect(looks()).toBe(before);
  });

  test('are no news when Plex stamps the item anew some seconds later', async () => {
    await open();
    await world.edit(1, { title: 'Ours' });
    await world.workFor(10_000);
    world.plex.library.editAsPerson(world.itemKey(1), {});
    const before = looks();
    await plex.settle();
    expect(looks()).toBe(before);
  });

  test('that Plex takes and does not show do not bring themselves back', async () => {
    await open();
    world.plex.faults.add({
      fault: 'empty',
      method: 'PUT',
      url: /^\/library\/sections\/1\/all/,
      count: Number.POSITIVE_INFINITY,
    });
    await world.edit(1, { title: 'Never shown' });
    await world.workFor(3_600_000);
    const [dead] = await world.engine.store.queue.list({ states: ['dead'], limit: 1 });
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { summary: 'Touched' } });
    await plex.settle();
    expect(await world.engine.store.queue.list({ states: ['dead'], limit: 1 })).toEqual([dead]);
  });
});

describe('what is gone from Plex', () => {
  beforeEach(() => open());

  test.each(['minus-one', 'section'] as const)('leaves the index, told with %s', async (deletionAlert) => {
    world.plex.switches.deletionAlert = deletionAlert;
    world.plex.library.removeItem(world.itemKey(3));
    await plex.settle();
    expect((await world.operations.status()).index).toMatchObject([{ items: 2 }]);
    expect(await world.engine.store.queue.list({ states: ['waiting'], limit: 9 })).toMatchObject([
      { subject: { id: '3' }, failure: { class: 'no-match' } },
    ]);
  });

  test('only because an event says so is still there', async () => {
    const entry = { itemID: world.itemKey(3), sectionID: '-1', type: -1, state: 9, metadataState: 'deleted' };
    world.plex.notifications.sendText(
      JSON.stringify({ NotificationContainer: { type: 'timeline', TimelineEntry: [entry] } }),
    );
    await plex.settle();
    expect((await world.operations.status()).index).toMatchObject([{ items: 3 }]);
  });

  test('and comes back under another key is written anew', async () => {
    const { plexPath: path, size, durationMs } = world.samples[2] ?? expect.unreachable();
    world.plex.library.removeItem(world.itemKey(3));
    await plex.settle();
    world.plex.library.addItem('1', { files: [{ path, size, durationMs }] });
    await plex.settle();
    expect(titleOf(world, 3)).toBe('Before 3');
  });
});

describe('a scan', () => {
  beforeEach(() => open());

  test('brings the metadata of what it finds, and lets go of what is gone', async () => {
    await world.trigger(addScene('Found'));
    await world.work();
    world.plex.library.addFile({ path: '/media/new/Found.mp4', size: 4_321, durationMs: 1_000 });
    world.plex.library.removeFile(world.samples[2]?.plexPath ?? '');
    world.plex.library.scan('1');
    for (let second = 0; second < 5; second++) {
      world.clock.advance(1_000);
      await plex.settle();
    }
    const [key = ''] = world.plex.library.ratingKeys({ path: '/media/new/Found.mp4' });
    expect(titleOfItem(key)).toBe('Found');
    expect((await world.operations.status()).index).toMatchObject([{ items: 3 }]);
  });

  test('whose events are lost but for its end is caught up with', async () => {
    world.plex.switches.alertDelivery = 'lost';
    await world.trigger(addScene('Found'));
    await world.work();
    world.plex.library.addFile({ path: '/media/new/Found.mp4', size: 4_321, durationMs: 1_000 });
    world.plex.library.scan('1');
    world.clock.advance(5_000);
    await plex.settle();
    const [key = ''] = world.plex.library.ratingKeys({ path: '/media/new/Found.mp4' });
    expect(titleOfItem(key)).toBe('Found');
  });

  test('that finds thousands costs pages, not a request for each fifty', async () => {
    for (let number = 0; number < 2_000; number++) addItem(`bulk ${number}`, 10_000 + number);
    await plex.settle();
    expect((await world.operations.status()).index).toMatchObject([{ items: 2_003 }]);
    expect(world.plex.log.requests.length).toBeLessThan(20);
  });
});

describe('a connection that was lost', () => {
  beforeEach(() => open());

  test('is made up for by what changed meanwhile', async () => {
    await plex.close();
    world.clock.advance(1_000);
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Unheard' } });
    plex = await listening(world);
    await plex.settle();
    expect(titleOf(world, 1)).toBe('Before 1');
  });

  test('to come back to another server changes nothing there, nor in the index', async () => {
    world.plex.library.replaceServer('another');
    await plex.close();
    plex = await listening(world);
    world.plex.library.removeItem(world.itemKey(3));
    await plex.settle();
    expect((await world.operations.status()).index).toMatchObject([{ items: 3 }]);
    expect(world.plex.log.counts().edits).toBe(0);
  });

  test('while Plex is away is made up for once it answers', async () => {
    world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'Away' } });
    world.plex.faults.add({ fault: 'status', argument: 503, count: 2 });
    await plex.settle();
    world.clock.advance(60_000);
    await plex.settle();
    expect(titleOf(world, 1)).toBe('Before 1');
  });
});

test.each([
  ['no JSON', '{"NotificationContainer":'],
  ['another kind', '{"NotificationContainer":{"type":"playing","PlaySessionStateNotification":[{}]}}'],
  ['nothing in it', '{"NotificationContainer":{"type":"timeline","size":3}}'],
  ['wrong types', '{"NotificationContainer":{"type":"timeline","TimelineEntry":[null,7,{"itemID":{}}]}}'],
])('a frame that is %s does no harm', async (_, frame) => {
  await open();
  world.plex.notifications.sendText(frame);
  await plex.settle();
  expect(world.plex.log.requests).toEqual([]);
});
