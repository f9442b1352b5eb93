import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Inbox } from '../../src/engine/inbox.ts';
import { StoreError } from '../../src/store/storeError.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { openWorld, type World } from '../world/world.ts';

const full = new StoreError({ kind: 'full', message: 'The disk is full.' }, null);

let world: World;
let directory: string;
let inbox: Inbox;

beforeEach(async () => {
  world = await openWorld({ files: 2 });
  const { settings, store, clock, logger, reach } = world.engine;
  directory = settings.inbox_dir;
  inbox = new Inbox({ directory, queue: store.queue, meta: store.meta, clock, logger, reach });
  await inbox.prepare({ isExternal: true });
});
afterEach(() => world.close());

const takeIn = () => inbox.takeIn({ isEnabled: true });
const queued = async (): Promise<readonly string[]> =>
  (await world.operations.queue({ states: ['pending'], limit: 10 })).map(({ subject }) =>
    subject.kind === 'scene' ? subject.id : subject.kind,
  );
const complaints = (): readonly string[] =>
  world.log.lines.filter((line) => line.includes('left where it is'));

test('a file that cannot be put away is said once, is not taken in twice, and holds up nothing', async () => {
  // Nothing can be set aside where a file has the folder's name.
  writeFileSync(path.join(directory, 'unreadable'), '');
  mkdirSync(path.join(directory, 'v1-0'));
  leaveHookEvent(directory, { type: 'Scene.Update.Post', id: 1 });
  expect(await takeIn()).toMatchObject({ events: 2, unreadable: 1 });
  expect(await queued()).toEqual(['1']);
  leaveHookEvent(directory, { type: 'Scene.Update.Post', id: 2 });
  expect(await takeIn()).toMatchObject({ events: 1, unreadable: 0 });
  expect(await queued()).toEqual(['1', '2']);
  expect(complaints()).toHaveLength(1);
  expect(readdirSync(directory).sort()).toEqual(['external', 'unreadable', 'v1-0']);
});

test('events that a full disk keeps out of the queue stay in the inbox until there is room', async () => {
  const { queue } = world.engine.store;
  const enqueue = queue.enqueue.bind(queue);
  leaveHookEvent(directory, { type: 'Scene.Update.Post', id: 1 });
  queue.enqueue = () => Promise.reject(full);
  await expect(takeIn()).rejects.toBe(full);
  queue.enqueue = enqueue;
  expect(await takeIn()).toMatchObject({ events: 1 });
  expect(await queued()).toEqual(['1']);
});

test('an overflow marker that cannot be removed means one comparison, and the next one another', async () => {
  const marker = path.join(directory, 'overflow');
  mkdirSync(path.join(marker, 'not-empty'), { recursive: true });
  await takeIn();
  expect(await queued()).toEqual(['library']);
  await world.work();
  await takeIn();
  expect(await queued()).toEqual([]);
  expect(complaints()).toHaveLength(1);

  rmSync(marker, { recursive: true });
  await takeIn();
  writeFileSync(marker, '');
  await takeIn();
  expect(await queued()).toEqual(['library']);
});

/** The inbox is open to a group: what somebody of it may put there must not reach the files of PlexSync's user. */
describe('of whoever shares the inbox', () => {
  /** Files of PlexSync's user, somewhere else. */
  function elsewhere(names: readonly string[]): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-elsewhere-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const name of names) writeFileSync(path.join(folder, name), 'mine');
    return folder;
  }
  const at = (name: string): string => path.join(directory, name);

  test('a pipe in place of an event is set aside, and nothing waits for it', async () => {
    for (const name of ['v1-1', 'v1-2', 'v1-3', 'v1-4', 'v1-5']) execFileSync('mkfifo', [at(name)]);
    leaveHookEvent(directory, { type: 'Scene.Update.Post', id: 1 });
    expect(await takeIn()).toMatchObject({ events: 6, unreadable: 5 });
    expect(await queued()).toEqual(['1']);
  });

  test('a link in place of an event is not followed', async () => {
    const folder = elsewhere([]);
    leaveHookEvent(folder, { type: 'Scene.Update.Post', id: 2 });
    symlinkSync(path.join(folder, readdirSync(folder)[0] ?? ''), at('v1-link'));
    expect(await takeIn()).toMatchObject({ events: 1, unreadable: 1 });
    expect(await queued()).toEqual([]);
  });

  test('a link in place of the folder for unreadable events leads to no file that is moved or removed', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `v1-mine-${index}`);
    const folder = elsewhere(names);
    symlinkSync(folder, at('unreadable'));
    writeFileSync(at('v1-bad'), 'x');
    await takeIn();
    expect(readdirSync(folder).sort()).toEqual(names.sort());
  });

  test('links in place of its marks lead to no file that is written', async () => {
    const folder = elsewhere(['config', 'database']);
    rmSync(at('external'));
    symlinkSync(path.join(folder, 'config'), at('external'));
    symlinkSync(path.join(folder, 'new'), at('alive'));
    await inbox.prepare({ isExternal: true });
    await inbox.showAlive();
    expect(readFileSync(path.join(folder, 'config'), 'utf8')).toBe('mine');
    expect(existsSync(path.join(folder, 'new'))).toBe(false);
    expect(existsSync(at('alive'))).toBe(true);
  });
});
