import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { problemsOfDatabase } from './readDatabase.ts';

function folderWith(sql: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-read-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = new DatabaseSync(path.join(folder, 'plexsync.db'), { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
  return folder;
}

const TABLES = 'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a (id));';

test('a sound database has no problems, and neither has one that was not made yet', () => {
  const folder = folderWith(`${TABLES} INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);`);
  expect(problemsOfDatabase(folder)).toEqual([]);
  expect(problemsOfDatabase(path.join(folder, 'none'))).toEqual([]);
});

test('a row that points nowhere is told', () => {
  expect(problemsOfDatabase(folderWith(`${TABLES} INSERT INTO b VALUES (7);`))).toHaveLength(1);
});

test('damage is told', () => {
  const folder = folderWith(TABLES);
  const file = path.join(folder, 'plexsync.db');
  // The page of the second table.
  const garbage = Buffer.alloc(4_096, 0x55);
  writeFileSync(file, garbage, { flag: 'r+' });
  expect(problemsOfDatabase(folder).length).toBeGreaterThan(0);
});
