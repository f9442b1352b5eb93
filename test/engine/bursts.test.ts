import { afterEach, expect, test } from 'vitest';
import { Inbox } from '../../src/engine/inbox.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
let inbox: Inbox;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await world.close();
});

async function openWithInbox(files: number): Promise<void> {
  world = await openWorld({ files });
  const { settings, store, clock, logger, reach } = world.engine;
  inbox = new Inbox({
    directory: settings.inbox_dir,
    queue: store.queue,
    meta: store.meta,
    clock,
    logger,
    reach,
  });
  await inbox.prepare({ isExternal: true });
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** An edit in Stash, and what Stash told the hook of it. */
function edit(number: number, { title, input }: { title: string; input: unknown }): void {
  world.stash.library.editScene(world.scene(number), { title });
  leaveHookEvent(world.engine.settings.inbox_dir, { type: 'Scene.Update.Post', id: number, input });
}

function editInBulk(count: number): void {
  const ids = numbers(count).map(String);
  for (const number of numbers(count)) edit(number, { title: `Bulk ${number}`, input: { ids } });
}

async function takeIn(): Promise<void> {
  while ((await inbox.takeIn({ isEnabled: true })).isMoreWaiting);
}

const titleOf = (number: number): string | undefined => world.plex.library.read(world.itemKey(number))?.title;
const inBulk = (): number => numbers(300).filter((number) => titleOf(number) === `Bulk ${number}`).length;

test('one edit goes before a bulk edit of hundreds that came before it, and that follows', async () => {
  await openWithInbox(301);
  editInBulk(300);
  await takeIn();
  await world.engine.worker.tick();
  expect(inBulk()).toBe(50);
  edit(301, { title: 'Alone', input: { id: '301', title: 'Alone' } });
  await takeIn();
  expect(await world.operations.status()).toMatchObject({ queue: { pending: 251, bulk: 250 } });
  const [first] = await world.operations.queue({ states: ['pending'], limit: 1 });
  expect(first).toMatchObject({ subject: { id: '301' }, priority: 10 });
  await world.engine.worker.tick();
  expect(titleOf(301)).toBe('Alone');
  await world.work();
  expect(inBulk()).toBe(300);
});

test('an edit of a scene that waits in a bulk brings it to the front', async () => {
  await openWithInbox(300);
  editInBulk(300);
  await takeIn();
  edit(290, { title: 'In a hurry', input: { id: '290' } });
  await takeIn();
  await world.engine.worker.tick();
  expect(titleOf(290)).toBe('In a hurry');
});

test('a scene that a scan has just found is looked at when Stash has made it whole, at the latest 5 s later', async () => {
  await openWithInbox(2);
  leaveHookEvent(world.engine.settings.inbox_dir, { type: 'Scene.Create.Post', id: 2, input: null });
  await takeIn();
  await world.work();
  world.clock.advance(4_000);
  world.stash.library.editScene(world.scene(2), { title: 'Whole' });
  await world.work();
  expect(titleOf(2)).not.toBe('Whole');
  world.clock.advance(1_000);
  await world.work();
  expect(titleOf(2)).toBe('Whole');
});

test('a person’s edit of a scene just found is not kept waiting', async () => {
  await openWithInbox(2);
  leaveHookEvent(world.engine.settings.inbox_dir, { type: 'Scene.Create.Post', id: 2, input: null });
  await takeIn();
  edit(2, { title: 'By hand', input: { id: '2' } });
  await takeIn();
  await world.work();
  expect(titleOf(2)).toBe('By hand');
});

test('a performer of hundreds of scenes is renamed behind single edits, one of three before the bulk', async () => {
  await openWithInbox(300);
  const [many, few] = ['Many', 'Few'].map((name) => world.stash.library.addPerformer({ name }).id);
  for (const number of numbers(300)) {
    const performerIds = [many ?? 0, ...(number > 297 ? [few ?? 0] : [])];
    world.stash.library.scenes.update(world.scene(number), { performerIds });
  }
  for (const id of [many ?? 0, few ?? 0]) {
    leaveHookEvent(world.engine.settings.inbox_dir, { type: 'Performer.Update.Post', id, input: { id } });
  }
  await takeIn();
  await world.engine.worker.tick();
  const jobs = await world.operations.queue({ states: ['pending'], limit: 5 });
  expect(jobs.map(({ subject, priority }) => [subject.id, priority])).toEqual([
    ['298', 30],
    ['299', 30],
    ['300', 30],
    ['1', 130],
    ['2', 130],
  ]);
});
