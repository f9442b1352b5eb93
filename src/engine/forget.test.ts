import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from '../store/sqlite/lock.ts';
import { openStore } from '../store/sqlite/openStore.ts';
import { forget } from './forget.ts';

let home: string;
let dataDir: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'plexsync-forget-'));
  dataDir = join(home, 'plexsync-data');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const inbox = (): string => join(dataDir, 'inbox');
const ask = (isMeant: boolean, inboxDir = inbox(), socket = join(dataDir, 'control.sock')) =>
  forget({ dataDir, inboxDir, socket, now: 0, isMeant });

function put(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'x');
  }
}

/** Everything that a long life leaves behind. */
async function fillData(inboxDir = inbox()): Promise<void> {
  const opened = openStore({ dataDir, now: 0 });
  if (!opened.ok) throw new Error(opened.failure.message);
  await opened.value.store.close();
  const lock = takeLock({ dataDir, now: 0, role: 'daemon' });
  if (lock.ok) lock.value.release();
  put(
    ...['plexsync.db-wal', 'plexsync.db-shm', 'plexsync.log', 'plexsync.1.log', 'stash-settings.json'].map(
      (name) => join(dataDir, name),
    ),
    join(dataDir, 'control.sock'),
    join(dataDir, 'backups', 'plexsync-v1-20260101T000000000Z.db'),
    ...['v1-1-a', 'r1-1-b', '.new-1-c', 'overflow', 'alive', 'external', 'notice'].map((name) =>
      join(inboxDir, name),
    ),
    // Of a hook or a daemon that was killed.
    ...['.now-1', '.notice-1', 'notice.new'].map((name) => join(inboxDir, name)),
    ...['outbox/1.json', 'starting/17', 'no-node/17', 'unreadable/v1-2'].map((name) => join(inboxDir, name)),
  );
}

test('everything that PlexSync made goes, and its folders with it', async () => {
  await fillData();
  expect(await ask(true)).toMatchObject({ ok: true, value: { stays: [] } });
  expect(readdirSync(home)).toEqual([]);
});

test('without being meant it tells what would go, and touches nothing', async () => {
  await fillData();
  const before = readdirSync(home, { recursive: true });
  const found = await ask(false);
  expect(found.ok && found.value.goes.map((file) => file.slice(dataDir.length + 1))).toEqual([
    ...['.new-1-c', '.notice-1', '.now-1', 'alive', 'external', 'no-node', 'notice', 'notice.new'].map(
      (name) => `inbox/${name}`,
    ),
    ...['outbox', 'overflow', 'r1-1-b', 'starting'].map((name) => `inbox/${name}`),
    'inbox/unreadable',
    'inbox/v1-1-a',
    'backups/plexsync-v1-20260101T000000000Z.db',
    'control.sock',
    'daemon.lock',
    'plexsync.1.log',
    'plexsync.db',
    'plexsync.db-shm',
    'plexsync.db-wal',
    'plexsync.log',
    'stash-settings.json',
  ]);
  expect(readdirSync(home, { recursive: true })).toEqual(before);
});

test('what it does not know stays, with the folder that it lies in, and is named', async () => {
  await fillData();
  const others = ['notes.txt', 'inbox/v2-later', 'backups/mine.db', 'plexsync.db.copy', 'logs/a.log'];
  put(...others.map((name) => join(dataDir, name)));
  expect(await ask(true)).toMatchObject({
    value: {
      stays: ['inbox/v2-later', 'backups/mine.db', 'logs', 'notes.txt', 'plexsync.db.copy'].map((name) =>
        join(dataDir, name),
      ),
    },
  });
  expect(others.filter((name) => !existsSync(join(dataDir, name)))).toEqual([]);
  expect(readdirSync(dataDir).sort()).toEqual(['backups', 'inbox', 'logs', 'notes.txt', 'plexsync.db.copy']);
});

test('an inbox elsewhere is emptied and left, and so is a socket in the temp folder', async () => {
  const elsewhere = join(home, 'shared');
  const socket = join(home, 'tmp', 'abc.sock');
  await fillData(elsewhere);
  put(socket);
  expect(await ask(true, elsewhere, socket)).toMatchObject({ ok: true });
  expect(readdirSync(home).sort()).toEqual(['shared', 'tmp']);
  expect([...readdirSync(elsewhere), ...readdirSync(join(home, 'tmp'))]).toEqual([]);
});

test('while a daemon runs nothing goes, and who runs is said', async () => {
  await fillData();
  const lock = takeLock({ dataDir, now: 0, role: 'daemon' });
  expect(await ask(true)).toEqual({
    ok: false,
    failure: `PlexSync runs (process ${process.pid}): nothing was removed. Disable the plugin in Stash or stop the service, then try again.`,
  });
  expect(existsSync(join(dataDir, 'plexsync.db'))).toBe(true);
  if (lock.ok) lock.value.release();
  expect(await ask(true)).toMatchObject({ ok: true });
});

test('where there is nothing, nothing is made', async () => {
  expect(await ask(true)).toEqual({ ok: true, value: { goes: [], stays: [] } });
  expect(readdirSync(home)).toEqual([]);
});

test('a folder that is a link stays outside: only the link goes', async () => {
  await fillData();
  const target = join(home, 'precious');
  put(join(target, 'a.txt'));
  rmSync(join(inbox(), 'outbox'), { recursive: true });
  symlinkSync(target, join(inbox(), 'outbox'));
  expect(await ask(true)).toMatchObject({ ok: true });
  expect(readdirSync(target)).toEqual(['a.txt']);
});
