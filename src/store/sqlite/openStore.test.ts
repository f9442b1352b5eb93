import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sceneId } from '../../core/ids.ts';
import { sceneSubject } from '../../core/scene.ts';
import type { Store } from '../port.ts';
import { StoreError, type StoreProblem } from '../storeError.ts';
import { takeBackup } from './backups.ts';
import { Connection } from './connection.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { openConnection } from './openConnection.ts';
import { type OpenedStore, openStore, type StorePlace } from './openStore.ts';
import { SqliteStore } from './sqliteStore.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

function open(place: StorePlace): OpenedStore {
  const opened = openStore({ ...place, now: NOW });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

function refused(place: StorePlace): StoreProblem {
  const opened = openStore({ ...place, now: NOW });
  if (opened.ok) expect.fail('the store was opened');
  return opened.failure;
}

const enqueueScenes = (store: Store, count: number): Promise<unknown> =>
  store.queue.enqueue(
    Array.from({ length: count }, (_, id) => ({
      subject: sceneSubject(sceneId(String(id))),
      source: 'hook',
    })),
    { now: NOW, dueAt: NOW },
  );

/** A folder with a database of 500 jobs in it, closed. */
async function filledFolder(): Promise<{ dataDir: string; file: string }> {
  const dataDir = temporaryFolder();
  const { store } = open({ dataDir });
  await enqueueScenes(store, 500);
  await store.close();
  return { dataDir, file: join(dataDir, 'plexsync.db') };
}

/** The backup that a migration takes, without one. */
function backUp(file: string, version: number): string {
  const connection = new Connection(file);
  try {
    return takeBackup(connection, { version, now: NOW });
  } finally {
    connection.close();
  }
}

function change(file: string, sql: string): void {
  const connection = new Connection(file);
  connection.execute(sql);
  connection.close();
}

/** Root may write everywhere, so that a test run by root steps down while it looks. */
function asOrdinaryUser<Value>(work: () => Value): Value {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a new store', () => {
  test('lies in a folder and in files that only their owner can read', async () => {
    const dataDir = join(temporaryFolder(), 'deep', 'data');
    const { store } = open({ dataDir });
    await enqueueScenes(store, 1);
    expect(modeOf(dataDir)).toBe('700');
    const files = ['plexsync.db', 'plexsync.db-wal', 'plexsync.db-shm'];
    expect(files.map((name) => modeOf(join(dataDir, name)))).toEqual(['600', '600', '600']);
    await store.close();
  });

  test('needs no backup and no warning', async () => {
    const dataDir = temporaryFolder();
    const { store, warnings } = open({ dataDir });
    expect(warnings).toEqual([]);
    expect(existsSync(join(dataDir, 'backups'))).toBe(false);
    await store.close();
  });

  test('writes through a log that is flushed at each commit, and holds foreign keys', () => {
    const opened = openConnection(join(temporaryFolder(), 'any.db'), NOW);
    if (!opened.ok) throw new Error(opened.failure.message);
    const pragma = (name: string): unknown => opened.value.prepare(`PRAGMA ${name}`).get();
    expect(pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(pragma('synchronous')).toEqual({ synchronous: 2 });
    expect(pragma('foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(pragma('busy_timeout')).toEqual({ timeout: 5_000 });
    opened.value.close();
  });
});

describe('a store that is opened again', () => {
  test('has what was saved', async () => {
    const { dataDir } = await filledFolder();
    const { store } = open({ dataDir });
    expect(await store.queue.counts()).toMatchObject({ pending: 500 });
    await store.close();
  });

  test('may be a backup that was copied to its place', async () => {
    const { dataDir, file } = await filledFolder();
    const backup = backUp(file, 1);
    const restored = join(dataDir, 'restored.db');
    copyFileSync(backup, restored);
    const { store } = open({ file: restored });
    expect(await store.queue.counts()).toMatchObject({ pending: 500 });
    await enqueueScenes(store, 501);
    await store.close();
  });
});

describe('a store whose file was taken away', () => {
  test('is made anew, also beside backups', async () => {
    const { dataDir, file } = await filledFolder();
    backUp(file, 1);
    rmSync(file);
    const { store } = open({ dataDir });
    expect(await store.queue.counts()).toMatchObject({ pending: 0 });
    await store.close();
  });
});

describe('a store is refused and left as it is', () => {
  const garbage = Buffer.from(
    '<html>not a database, but long enough to look like a page of one</html>'.repeat(99),
  );

  test.each<[string, (file: string) => void]>([
    ['is no database at all', (file) => writeFileSync(file, garbage)],
    [
      'has damaged pages',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0x5a, 8_192, bytes.length - 4_096);
        writeFileSync(file, bytes);
      },
    ],
    ['was cut short', (file) => writeFileSync(file, readFileSync(file).subarray(0, 20_000))],
  ])('when it %s', async (_, damage) => {
    const { dataDir, file } = await filledFolder();
    damage(file);
    const before = readFileSync(file);
    const { kind, message } = refused({ dataDir });
    expect(kind).toBe('corrupt');
    expect(message).toContain(`The database ${file} is damaged`);
    expect(message).toContain('There is no backup.');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('when it is damaged, and the newest backup is named', async () => {
    const { dataDir, file } = await filledFolder();
    const backup = backUp(file, 1);
    writeFileSync(file, garbage);
    expect(refused({ dataDir }).message).toContain(`copy the newest backup to its place: ${backup}`);
  });

  test('when it was cut to nothing beside its backups or its log', async () => {
    const { dataDir, file } = await filledFolder();
    writeFileSync(file, '');
    writeFileSync(`${file}-wal`, 'log');
    expect(refused({ dataDir })).toMatchObject({
      kind: 'corrupt',
      message: expect.stringContaining('empty'),
    });
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('log');
    writeFileSync(`${file}-wal`, '');
    backUp(file, 1);
    expect(refused({ dataDir }).kind).toBe('corrupt');
    expect(statSync(file).size).toBe(0);
  });

  test('when a newer PlexSync wrote it, and a backup that fits is named', async () => {
    const { dataDir, file } = await filledFolder();
    change(file, `INSERT INTO migrations VALUES (99, 'from the future', 0); PRAGMA journal_mode = DELETE`);
    const before = readFileSync(file);
    const { kind, message } = refused({ dataDir });
    expect(kind).toBe('newer');
    expect(message).toContain(
      `was written by a newer PlexSync (its schema is 99, this one knows up to ${MIGRATIONS.length})`,
    );
    expect(message).toMatch(/Install the newer PlexSync again\.$/);
    backUp(file, 98);
    expect(refused({ dataDir }).message).toBe(message);
    const backup = backUp(file, 1);
    expect(refused({ dataDir }).message).toContain(
      `copy the newest backup that fits to its place: ${backup}`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('when it is another program’s', () => {
    const file = join(temporaryFolder(), 'other.db');
    change(file, 'CREATE TABLE bookmarks (url TEXT)');
    const before = readFileSync(file);
    expect(refused({ file }).kind).toBe('foreign');
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a store that cannot be written', () => {
  test('is refused when its folder may not be made', () => {
    const parent = temporaryFolder();
    chmodSync(parent, 0o555);
    const dataDir = join(parent, 'data');
    const { kind, message } = asOrdinaryUser(() => refused({ dataDir }));
    expect(kind).toBe('not-writable');
    expect(message).toContain(`PlexSync cannot write to ${join(dataDir, 'plexsync.db')}`);
    expect(message).toContain('set data_dir to another folder');
  });

  test('is refused when its folder lies in what is a file', () => {
    const dataDir = join(temporaryFolder(), 'file', 'data');
    writeFileSync(join(dataDir, '..'), '');
    expect(refused({ dataDir }).kind).toBe('not-writable');
  });

  test('is refused when the database itself is read-only', async () => {
    const { dataDir, file } = await filledFolder();
    chmodSync(file, 0o444);
    chmodSync(dataDir, 0o555);
    expect(asOrdinaryUser(() => refused({ dataDir })).kind).toBe('not-writable');
    chmodSync(dataDir, 0o700);
  });

  test('is refused when a folder is in its place', () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'plexsync.db'));
    expect(refused({ dataDir }).kind).toBe('not-writable');
  });
});

describe('a disk that fills up', () => {
  /** A store whose disk has room for `pages` more pages. */
  async function nearlyFull(pages: number): Promise<Store> {
    const { file } = await filledFolder();
    const opened = openConnection(file, NOW);
    if (!opened.ok) throw new Error(opened.failure.message);
    const used = opened.value.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
    opened.value.execute(`PRAGMA max_page_count = ${used + pages}`);
    onTestFinished(() => opened.value.close());
    return new SqliteStore(opened.value);
  }

  test('rejects what cannot be saved with a clear message, and keeps all of what was', async () => {
    const store = await nearlyFull(5);
    const rejected = enqueueScenes(store, 50_000);
    await expect(rejected).rejects.toThrow(StoreError);
    await expect(rejected).rejects.toMatchObject({
      problem: { kind: 'full', message: expect.stringMatching(/^The disk that holds .* is full/) },
    });
    expect(await store.queue.counts()).toMatchObject({ pending: 500 });
  });

  test('lets work go on once there is room again', async () => {
    const store = await nearlyFull(5);
    await expect(enqueueScenes(store, 50_000)).rejects.toThrow(StoreError);
    await enqueueScenes(store, 510);
    expect(await store.queue.counts()).toMatchObject({ pending: 510 });
  });
});
