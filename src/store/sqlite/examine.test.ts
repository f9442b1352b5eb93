import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { SqliteStore } from './sqliteStore.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

function open(file: string): Connection {
  const connection = new Connection(file);
  onTestFinished(() => connection.close());
  return connection;
}

function emptyDatabase(): string {
  const file = join(temporaryFolder(), 'damaged.db');
  const connection = new Connection(file);
  migrate(connection, MIGRATIONS, 0);
  connection.close();
  return file;
}

test('a row that breaks an invariant is damage', async () => {
  const connection = open(emptyDatabase());
  connection.execute('PRAGMA ignore_check_constraints = ON');
  connection.execute("INSERT INTO breakers VALUES ('x', '{}')");
  connection.execute('PRAGMA ignore_check_constraints = OFF');
  const { damage } = await new SqliteStore(connection).examine(() => true);
  expect(damage).toBe('CHECK constraint failed in breakers');
});

test('so is a page of nonsense', async () => {
  const file = emptyDatabase();
  const before = new Connection(file);
  const root = "SELECT rootpage AS page FROM sqlite_schema WHERE name = 'destroyed_scenes_by_time'";
  const page = before.prepare<{ readonly page: number }>(root).get()?.page ?? 0;
  before.close();
  const descriptor = openSync(file, 'r+');
  const bytes = 4096;
  expect(statSync(file).size).toBeGreaterThanOrEqual(page * bytes);
  writeSync(descriptor, Buffer.alloc(bytes, 0xff), 0, bytes, (page - 1) * bytes);
  closeSync(descriptor);
  const { damage } = await new SqliteStore(open(file)).examine(() => true);
  expect(damage).toMatch(/malformed|destroyed_scenes_by_time|page/i);
});
