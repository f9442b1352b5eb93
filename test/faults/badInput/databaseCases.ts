import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sceneId } from '../../../src/core/ids.ts';
import { sceneSubject } from '../../../src/core/scene.ts';
import type { Store } from '../../../src/store/port.ts';
import { takeBackup } from '../../../src/store/sqlite/backups.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { MIGRATIONS } from '../../../src/store/sqlite/migrations/migrations.ts';
import { openConnection } from '../../../src/store/sqlite/openConnection.ts';
import { openStore } from '../../../src/store/sqlite/openStore.ts';
import { SqliteStore } from '../../../src/store/sqlite/sqliteStore.ts';
import { StoreError } from '../../../src/store/storeError.ts';
import { type BadInputArea, type BadInputCase, NONE, type Observed } from './badInputCase.ts';
import { fileCase } from './fileCase.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const JOBS = 500;
const databaseIn = (folder: string): string => path.join(folder, 'plexsync.db');

const enqueueScenes = (store: Store, count: number): Promise<unknown> =>
  store.queue.enqueue(
    Array.from({ length: count }, (_, id) => ({
      subject: sceneSubject(sceneId(String(id))),
      source: 'hook',
    })),
    { now: NOW, dueAt: NOW },
  );

async function fill(folder: string): Promise<void> {
  const opened = openStore({ dataDir: folder, now: NOW });
  if (!opened.ok) throw new Error(opened.failure.message);
  await enqueueScenes(opened.value.store, JOBS);
  await opened.value.store.close();
}

function withConnection(folder: string, work: (connection: Connection) => void): void {
  const connection = new Connection(databaseIn(folder));
  work(connection);
  connection.close();
}

const backUp = (folder: string): void =>
  withConnection(folder, (connection) => void takeBackup(connection, { version: 1, now: NOW }));

const fromTheFuture = (folder: string): void =>
  withConnection(folder, (connection) =>
    connection.execute(
      `INSERT INTO migrations VALUES (99, 'from the future', 0); PRAGMA journal_mode = DELETE`,
    ),
  );

/** Root may write everywhere: it steps down while it looks. */
function asOrdinaryUser<Value>(work: () => Value): Value {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** PlexSync is started on a database that was filled, then spoiled. */
const startCase = (
  input: string,
  spoil: (folder: string) => void,
  expected: Pick<Observed, 'state' | 'message'>,
): BadInputCase =>
  fileCase({
    input,
    expected,
    look: async (folder) => {
      await fill(folder);
      spoil(folder);
      const file = databaseIn(folder);
      const before = existsSync(file) ? readFileSync(file) : null;
      const start = () => openStore({ dataDir: folder, now: NOW });
      const isReadOnly = (statSync(folder).mode & 0o200) === 0;
      const opened = isReadOnly ? asOrdinaryUser(start) : start();
      chmodSync(folder, 0o700);
      if (opened.ok) {
        const { pending } = await opened.value.store.queue.counts();
        await opened.value.store.close();
        return { state: `starts with ${pending} jobs`, message: NONE };
      }
      const isSame = before !== null && readFileSync(file).equals(before);
      return {
        state: `does not start · database ${isSame ? 'left as it is' : 'changed'}`,
        message: opened.failure.message,
      };
    },
  });

const overwrite = (change: (bytes: Buffer) => Buffer | string) => (folder: string) =>
  writeFileSync(databaseIn(folder), change(readFileSync(databaseIn(folder))));

export const databaseCases: BadInputArea = {
  title: 'The database',
  cases: [
    startCase(
      'no database at all, but a text file in its place',
      overwrite(() => 'hello '.repeat(1_000)),
      {
        state: 'does not start · database left as it is',
        message:
          'The database DATA/plexsync.db is damaged (file is not a database). It was left as it is. There is no backup. Stop PlexSync and move the file, with its -wal and -shm files, to another folder to start anew: all scenes are compared again, but which values in Plex came from PlexSync is forgotten.',
      },
    ),
    startCase(
      'damaged pages, and no backup',
      overwrite((bytes) => bytes.fill(0x5a, 8_192, bytes.length - 4_096)),
      {
        state: 'does not start · database left as it is',
        message:
          'The database DATA/plexsync.db is damaged (database disk image is malformed). It was left as it is. There is no backup. Stop PlexSync and move the file, with its -wal and -shm files, to another folder to start anew: all scenes are compared again, but which values in Plex came from PlexSync is forgotten.',
      },
    ),
    startCase(
      'damaged, and a backup beside it',
      (folder) => {
        backUp(folder);
        overwrite(() => 'hello '.repeat(1_000))(folder);
      },
      {
        state: 'does not start · database left as it is',
        message:
          'The database DATA/plexsync.db is damaged (file is not a database). It was left as it is. Stop PlexSync and move the file, with its -wal and -shm files, to another folder, then copy the newest backup to its place: DATA/backups/plexsync-v1-20260102T030405006Z.db - or leave the place empty to start anew: all scenes are compared again, but which values in Plex came from PlexSync is forgotten.',
      },
    ),
    startCase(
      'cut short',
      overwrite((bytes) => bytes.subarray(0, 20_000)),
      {
        state: 'does not start · database left as it is',
        message:
          'The database DATA/plexsync.db is damaged (database disk image is malformed). It was left as it is. There is no backup. Stop PlexSync and move the file, with its -wal and -shm files, to another folder to start anew: all scenes are compared again, but which values in Plex came from PlexSync is forgotten.',
      },
    ),
    startCase(
      'cut to nothing beside its backup',
      (folder) => {
        backUp(folder);
        overwrite(() => '')(folder);
      },
      {
        state: 'does not start · database left as it is',
        message:
          'The database DATA/plexsync.db is damaged (it is empty, but its log or its backups are not). It was left as it is. Stop PlexSync and move the file, with its -wal and -shm files, to another folder, then copy the newest backup to its place: DATA/backups/plexsync-v1-20260102T030405006Z.db - or leave the place empty to start anew: all scenes are compared again, but which values in Plex came from PlexSync is forgotten.',
      },
    ),
    startCase('written by a newer PlexSync', fromTheFuture, {
      state: 'does not start · database left as it is',
      message: `The database DATA/plexsync.db was written by a newer PlexSync (its schema is 99, this one knows up to ${MIGRATIONS.length}). It was left as it is. Install the newer PlexSync again.`,
    }),
    startCase(
      'written by a newer PlexSync, and a backup from before beside it',
      (folder) => {
        backUp(folder);
        fromTheFuture(folder);
      },
      {
        state: 'does not start · database left as it is',
        message: `The database DATA/plexsync.db was written by a newer PlexSync (its schema is 99, this one knows up to ${MIGRATIONS.length}). It was left as it is. Install the newer PlexSync again, or move the file, with its -wal and -shm files, to another folder and copy the newest backup that fits to its place: DATA/backups/plexsync-v1-20260102T030405006Z.db.`,
      },
    ),
    startCase(
      'a database of another program',
      (folder) => withConnection(folder, (connection) => connection.execute('DROP TABLE migrations')),
      {
        state: 'does not start · database left as it is',
        message:
          'DATA/plexsync.db is a database of another program. It was left as it is. Set data_dir to another folder.',
      },
    ),
    startCase(
      'a folder and a database that are read-only',
      (folder) => {
        chmodSync(databaseIn(folder), 0o444);
        chmodSync(folder, 0o555);
      },
      {
        state: 'does not start · database left as it is',
        message:
          'PlexSync cannot write to DATA/plexsync.db (attempt to write a readonly database). Make the folder and the files in it writable for the user that PlexSync runs as, or set data_dir to another folder.',
      },
    ),
    fileCase({
      input: 'a disk that is full while jobs are stored, and has room again later',
      expected: {
        state: 'all 500 jobs of before kept, none of the new ones · later 50000 jobs',
        message:
          'The disk that holds DATA/plexsync.db is full, so nothing more can be saved. Free some space on it.',
      },
      look: async (folder) => {
        await fill(folder);
        const opened = openConnection(databaseIn(folder), NOW);
        if (!opened.ok) throw new Error(opened.failure.message);
        const pages =
          opened.value.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
        opened.value.execute(`PRAGMA max_page_count = ${pages + 5}`);
        const store = new SqliteStore(opened.value);
        const error = await enqueueScenes(store, 50_000).catch((cause: unknown) => cause);
        const { pending } = await store.queue.counts();
        opened.value.execute('PRAGMA max_page_count = 1000000');
        await enqueueScenes(store, 50_000);
        const later = await store.queue.counts();
        await store.close();
        return {
          state: `all ${pending} jobs of before kept, none of the new ones · later ${later.pending} jobs`,
          message: error instanceof StoreError ? error.message : 'no error',
        };
      },
    }),
  ],
};
