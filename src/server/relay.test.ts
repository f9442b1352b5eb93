import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeOperations, quietStatus } from '../../test/fakes/fakeOperations.ts';
import { fakeSetupSteps } from '../../test/fakes/fakeSetupSteps.ts';
import { collectLog } from '../../test/world/collectedLog.ts';
import { sceneId } from '../core/ids.ts';
import { fail, succeed } from '../core/result.ts';
import type { Operations } from '../engine/operations.ts';
import { temporaryFolder } from '../store/sqlite/testing/temporaryFolder.ts';
import { StoreError } from '../store/storeError.ts';
import { NoticeBoard } from './notices.ts';
import { Outbox } from './outbox.ts';
import { startRelay } from './relay.ts';

const message = 'The disk that holds /data/plexsync.db is full. Free some space on it.';
const full = (): Promise<never> => Promise.reject(new StoreError({ kind: 'full', message }, null));

/** What a plugin's task or operation gets for an answer, asked so many seconds ago. */
async function answerTo(args: object, operations: Operations, secondsAgo = 0): Promise<unknown> {
  const inboxDir = join(temporaryFolder(), 'inbox');
  mkdirSync(inboxDir);
  const file = join(inboxDir, 'r1-7');
  writeFileSync(file, JSON.stringify({ server_connection: {}, args }));
  const askedAt = Date.now() / 1000 - secondsAgo;
  utimesSync(file, askedAt, askedAt);
  const { logger } = collectLog([]);
  const relay = await startRelay({
    inboxDir,
    operations,
    setup: fakeSetupSteps(),
    logger,
    isExternal: false,
  });
  onTestFinished(() => relay.close());
  return vi.waitFor((): unknown => JSON.parse(readFileSync(join(inboxDir, 'outbox', '7.json'), 'utf8')), {
    interval: 5,
    timeout: 5_000,
  });
}

test('waking tells what a badge shows, and whose settings hold', async () => {
  const status = () => Promise.resolve({ ...quietStatus, queue: { ...quietStatus.queue, dead: 3 } });
  expect(await answerTo({ operation: 'wake' }, fakeOperations({ status }))).toEqual({
    output: { dead: 3, isStuck: false, isService: false },
  });
});

test('a step of the set-up is asked for like an operation, and refused with what to do', async () => {
  expect(await answerTo({ operation: 'pollSignIn', input: { id: '7' } }, fakeOperations())).toEqual({
    output: { kind: 'waiting' },
  });
  const input = { url: null, token: null, tlsVerify: null };
  expect(await answerTo({ operation: 'tryPlex', input }, fakeOperations())).toEqual({
    error: expect.stringMatching(/^Nobody answers\. Nothing to do: /),
  });
  expect(await answerTo({ operation: 'tryPlex', input: { url: 7 } }, fakeOperations())).toEqual({
    error: expect.stringContaining('url: '),
  });
});

test('a disk that is full is told in its own words, and is no bug', async () => {
  const operations = fakeOperations({ clearQueue: full });
  expect(await answerTo({ task: 'clear-queue' }, operations)).toEqual({ error: message });
});

test('a task that queues something says for what that waits', async () => {
  const stop = {
    kind: 'safety' as const,
    reason: 'Most links fail.',
    advice: 'Run plexsync resume.',
    since: 0,
  };
  const operations = fakeOperations({ status: () => Promise.resolve({ ...quietStatus, stop }) });
  const message =
    'PlexSync looks at every scene as soon as it can. Stopped: Most links fail. Run plexsync resume.';
  const sync = () => Promise.resolve(succeed({ added: 1, coalesced: 0, scenes: null }));
  expect(await answerTo({ task: 'sync-all' }, { ...operations, sync })).toMatchObject({
    output: { message },
  });
});

test('a task of a PlexSync that is switched off is refused with what to do', async () => {
  const failure = {
    class: 'settings',
    message: 'PlexSync is switched off.',
    advice: 'Switch it on.',
  } as const;
  const retry = () => Promise.resolve(fail(failure));
  expect(await answerTo({ task: 'retry-dead' }, fakeOperations({ retry }))).toEqual({
    error: 'PlexSync is switched off. Switch it on.',
  });
});

test('whoever asks is answered, although nobody can say how it goes', async () => {
  const operations = fakeOperations({ status: full });
  expect(await answerTo({ task: 'clear-queue' }, operations)).toMatchObject({ output: { cleared: 0 } });
});

test('what was asked for long ago is done, unless it would drop what came since, or nobody waits any more', async () => {
  const late = { error: 'asked too long ago: nothing was done' };
  expect(await answerTo({ task: 'clear-queue' }, fakeOperations({}), 60)).toEqual(late);
  expect(await answerTo({ task: 'clear-dead' }, fakeOperations({}), 60)).toEqual(late);
  expect(await answerTo({ operation: 'status' }, fakeOperations({}), 60)).toEqual(late);
  expect(await answerTo({ task: 'sync-all' }, fakeOperations({}), 60)).toMatchObject({
    output: { added: 1 },
  });
});

test('Stash’s pages can hold and release scenes, and have writes undone', async () => {
  const operations = fakeOperations();
  const scenes = [sceneId('42')];
  const selection = { kind: 'writes', writes: [7] } as const;
  const asked: readonly (readonly [object, unknown])[] = [
    [{ operation: 'hold', input: { scenes, reason: '' } }, { held: 1 }],
    [
      { operation: 'holds', input: { limit: 5 } },
      { count: 0, holds: [] },
    ],
    [{ operation: 'release', input: { kind: 'scenes', scenes } }, { released: scenes }],
    [
      { operation: 'planUndo', input: { selection, isForced: false, limit: 5 } },
      { writes: 0, scenes: 0, shown: [] },
    ],
    [
      { operation: 'undo', input: { selection, isForced: false } },
      { askedAt: 0, writes: 1, scenes: 1 },
    ],
    [
      { operation: 'undoReport', input: { since: 0, limit: 5 } },
      { open: 0, done: 1, left: 0, notes: [] },
    ],
  ];
  for (const [args, output] of asked) expect(await answerTo(args, operations)).toEqual({ output });
  expect(
    await answerTo({ operation: 'undo', input: { selection: { kind: 'all' } } }, operations),
  ).toMatchObject({
    error: expect.stringContaining('selection'),
  });
});

/** An inbox with requests in it, and a relay that answers them. */
async function relayOf(requests: Readonly<Record<string, object>>, operations: Operations) {
  const inboxDir = join(temporaryFolder(), 'inbox');
  mkdirSync(join(inboxDir, 'outbox'), { recursive: true });
  for (const [id, args] of Object.entries(requests)) {
    writeFileSync(join(inboxDir, `r1-${id}`), JSON.stringify({ server_connection: {}, args }));
  }
  const { logger, lines } = collectLog([]);
  const answer = (id: string): Promise<unknown> =>
    vi.waitFor((): unknown => JSON.parse(readFileSync(join(inboxDir, 'outbox', `${id}.json`), 'utf8')), {
      interval: 5,
      timeout: 5_000,
    });
  const begin = async (): Promise<void> => {
    const relay = await startRelay({
      inboxDir,
      operations,
      setup: fakeSetupSteps(),
      logger,
      isExternal: false,
    });
    onTestFinished(() => relay.close());
  };
  return { inboxDir, answer, begin, lines };
}

test('a request that takes long keeps no other one waiting', async () => {
  let endPlan = (): void => undefined;
  const plan = (): Promise<never> =>
    new Promise((_resolve, reject) => {
      endPlan = () => reject(new Error('enough'));
    });
  const operations = fakeOperations({ plan });
  const requests = { 1: { operation: 'plan', input: ['1'] }, 2: { operation: 'status' } };
  const { answer, begin } = await relayOf(requests, operations);
  await begin();
  expect(await answer('2')).toHaveProperty('output.version');
  endPlan();
  expect(await answer('1')).toHaveProperty('error');
});

test('what cannot be read, such as a folder, keeps no request waiting, and is told once', async () => {
  const { inboxDir, answer, begin, lines } = await relayOf(
    { 2: { operation: 'status' } },
    fakeOperations({}),
  );
  mkdirSync(join(inboxDir, 'r1-1'));
  await begin();
  expect(await answer('2')).toHaveProperty('output.version');
  writeFileSync(join(inboxDir, 'r1-3'), JSON.stringify({ args: { operation: 'status' } }));
  expect(await answer('3')).toHaveProperty('output.version');
  expect(lines.filter((line) => line.includes('cannot be read or answered'))).toHaveLength(1);
});

test('a task whose answer cannot be written is done once, and answered when it can be', async () => {
  let cleared = 0;
  const clearQueue = () => Promise.resolve({ cleared: ++cleared });
  const { inboxDir, answer, begin, lines } = await relayOf(
    { 1: { task: 'clear-queue' } },
    fakeOperations({ clearQueue }),
  );
  const inTheWay = join(inboxDir, 'outbox', '.1.new');
  mkdirSync(inTheWay);
  await begin();
  await vi.waitFor(() => expect(lines.join('\n')).toContain('cannot be read or answered'), {
    timeout: 5_000,
  });
  writeFileSync(join(inboxDir, 'r1-2'), JSON.stringify({ args: { operation: 'status' } }));
  await answer('2');
  rmdirSync(inTheWay);
  expect(await answer('1')).toMatchObject({ output: { cleared: 1 } });
  expect(cleared).toBe(1);
});

test('links that somebody put into the shared inbox lead to no file that is written or removed', async () => {
  const folder = temporaryFolder();
  const inboxDir = join(folder, 'inbox');
  const mine = join(folder, 'mine');
  for (const each of [inboxDir, mine, join(inboxDir, 'outbox')]) mkdirSync(each);
  writeFileSync(join(mine, 'config'), 'mine');
  symlinkSync(join(mine, 'config'), join(inboxDir, 'outbox', '.7.new'));
  symlinkSync(join(mine, 'config'), join(inboxDir, 'notice.new'));
  const outbox = new Outbox(inboxDir, true);
  await outbox.write('r1-7', succeed('answer'));
  await new NoticeBoard(inboxDir, { mode: 0o640 }).say([{ level: 'info', text: 'a' }]);
  expect(readFileSync(join(mine, 'config'), 'utf8')).toBe('mine');
  expect(readFileSync(join(inboxDir, 'outbox', '7.json'), 'utf8')).toBe('{"output":"answer"}');

  writeFileSync(join(mine, 'old.json'), 'mine');
  utimesSync(join(mine, 'old.json'), 1, 1);
  const linked = join(folder, 'linked');
  mkdirSync(linked);
  symlinkSync(mine, join(linked, 'outbox'));
  const other = new Outbox(linked, true);
  await expect(other.tidy(Date.now())).rejects.toThrow('is no folder');
  await expect(other.write('r1-7', succeed('answer'))).rejects.toThrow('is no folder');
  expect(readdirSync(mine).sort()).toEqual(['config', 'old.json']);
});
