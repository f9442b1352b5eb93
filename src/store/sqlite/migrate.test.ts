import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backupsOf } from './backups.ts';
import { Connection } from './connection.ts';
import { migrate, schemaVersion } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const DAY_MS = 86_400_000;

const step = (version: number, sql = `CREATE TABLE step_${version} (id INTEGER PRIMARY KEY)`): Migration => ({
  version,
  name: `step ${version}`,
  sql,
});
const upTo = (version: number): readonly Migration[] =>
  Array.from({ length: version }, (_, index) => step(index + 1));

function connect(folder = temporaryFolder()): Connection {
  const connection = new Connection(join(folder, 'plexsync.db'));
  onTestFinished(() => connection.close());
  return connection;
}

const tablesOf = (connection: Connection): readonly string[] =>
  connection
    .prepare<{ readonly name: string }>(
      `SELECT name FROM sqlite_schema WHERE name LIKE 'step%' ORDER BY name`,
    )
    .all()
    .map((row) => row.name);

test('the migrations are numbered 1, 2, 3 … without gaps', () => {
  expect(MIGRATIONS.map((each) => each.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('the schema they make is the one in fixtures/schema.sql', async () => {
  const connection = connect();
  migrate(connection, MIGRATIONS, NOW);
  const schema = connection
    .prepare<{ readonly sql: string }>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
    .all()
    .map((row) => `${row.sql};\n`);
  await expect(schema.join('\n')).toMatchFileSnapshot('fixtures/schema.sql');
});

describe('migrate', () => {
  test('takes an empty database through all steps, and notes when', () => {
    const connection = connect();
    migrate(connection, upTo(2), NOW);
    expect(tablesOf(connection)).toEqual(['step_1', 'step_2']);
    expect(connection.prepare('SELECT * FROM migrations').all()).toEqual([
      { version: 1, name: 'step 1', applied_at: NOW },
      { version: 2, name: 'step 2', applied_at: NOW },
    ]);
    expect(schemaVersion(connection)).toBe(2);
  });

  test('takes an old database through the steps that it lacks', () => {
    const connection = connect();
    migrate(connection, upTo(1), NOW);
    migrate(connection, upTo(3), NOW);
    expect(tablesOf(connection)).toEqual(['step_1', 'step_2', 'step_3']);
  });

  test('leaves a database alone that is up to date', () => {
    const connection = connect();
    migrate(connection, upTo(1), NOW);
    migrate(connection, upTo(1), NOW + DAY_MS);
    expect(backupsOf(connection.file)).toEqual([]);
    expect(connection.prepare('SELECT applied_at FROM migrations').all()).toEqual([{ applied_at: NOW }]);
  });

  test('that fails in one step takes back all of them', () => {
    const connection = connect();
    migrate(connection, upTo(1), NOW);
    const broken = [...upTo(2), step(3, 'CREATE TABLE step_3 (id INTEGER); SELECT * FROM nowhere')];
    expect(() => migrate(connection, broken, NOW)).toThrow('nowhere');
    expect(tablesOf(connection)).toEqual(['step_1']);
    expect(schemaVersion(connection)).toBe(1);
  });

  test('that leaves rows without what they point to is taken back', () => {
    const connection = connect();
    migrate(connection, upTo(1), NOW);
    const orphan = `
      CREATE TABLE step_2 (id INTEGER REFERENCES step_1 (id));
      INSERT INTO step_2 (id) VALUES (7)`;
    expect(() => migrate(connection, [step(1), step(2, orphan)], NOW)).toThrow('step_2');
    expect(tablesOf(connection)).toEqual(['step_1']);
  });
});

describe('a backup', () => {
  test('is taken before the first step, named with version and time, and can be opened', () => {
    const connection = connect();
    migrate(connection, upTo(1), NOW);
    connection.execute('INSERT INTO step_1 (id) VALUES (42)');
    migrate(connection, upTo(2), NOW);
    const backups = backupsOf(connection.file);
    expect(backups.map((each) => basename(each.file))).toEqual(['plexsync-v1-20260102T030405006Z.db']);
    const backup = new Connection(backups[0]?.file ?? '');
    onTestFinished(() => backup.close());
    expect(tablesOf(backup)).toEqual(['step_1']);
    expect(backup.prepare('SELECT id FROM step_1').all()).toEqual([{ id: 42 }]);
  });

  test('is kept until there are three newer ones', () => {
    const folder = temporaryFolder();
    const connection = connect(folder);
    for (const version of [1, 2, 3, 4, 5]) migrate(connection, upTo(version), NOW + version * DAY_MS);
    expect(backupsOf(connection.file).map((each) => each.version)).toEqual([4, 3, 2]);
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(3);
  });

  test('is not mistaken for another file of the folder, and removes none', () => {
    const folder = temporaryFolder();
    const connection = connect(folder);
    migrate(connection, upTo(1), NOW);
    migrate(connection, upTo(2), NOW);
    const others = [
      'plexsync-v1-mine.db',
      'other-v1-20260102T030405006Z.db',
      'plexsync-v1-20260102T030405007Z.db.zip',
    ];
    for (const name of others) writeFileSync(join(folder, 'backups', name), '');
    for (const version of [3, 4, 5]) migrate(connection, upTo(version), NOW + version);
    expect(backupsOf(connection.file)).toHaveLength(3);
    expect(others.every((name) => existsSync(join(folder, 'backups', name)))).toBe(true);
  });

  test('that was not finished is not counted, and the next one takes its place', () => {
    const folder = temporaryFolder();
    const connection = connect(folder);
    migrate(connection, upTo(1), NOW);
    migrate(connection, upTo(2), NOW - DAY_MS);
    writeFileSync(join(folder, 'backups', 'plexsync-v2-20260102T030405006Z.db.unfinished'), 'half of it');
    expect(backupsOf(connection.file)).toHaveLength(1);
    migrate(connection, upTo(3), NOW);
    expect(readdirSync(join(folder, 'backups')).sort()).toEqual([
      'plexsync-v1-20260101T030405006Z.db',
      'plexsync-v2-20260102T030405006Z.db',
    ]);
  });
});
