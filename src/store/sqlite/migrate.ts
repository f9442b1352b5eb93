import { takeBackup } from './backups.ts';
import type { Connection } from './connection.ts';
import type { Migration } from './migrations/migration.ts';

const CREATE_MIGRATIONS = `
  CREATE TABLE IF NOT EXISTS migrations (
    version INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at INTEGER NOT NULL
  ) STRICT`;
const RECORD = 'INSERT INTO migrations (version, name, applied_at) VALUES (:version, :name, :now)';
const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
const VERSION = 'SELECT max(version) AS version FROM migrations';

/** Version of the schema: 0 for an empty database, null for one that is not PlexSync's. */
export function schemaVersion(connection: Connection): number | null {
  const tables = connection.prepare<{ readonly name: string }>(TABLES).all();
  if (tables.length === 0) return 0;
  if (!tables.some((table) => table.name === 'migrations')) return null;
  return connection.prepare<{ readonly version: number | null }>(VERSION).get()?.version ?? null;
}

/**
 * Brings the schema up to date, after a backup of what was there. All steps are one transaction, which
 * shuts other writers out: the database has the old schema or the new one, whenever the power goes.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], now: number): void {
  const before = schemaVersion(connection) ?? 0;
  if (pending(migrations, before).length === 0) return;
  if (before > 0) takeBackup(connection, { version: before, now });
  connection.transaction('EXCLUSIVE', () => {
    connection.execute(CREATE_MIGRATIONS);
    const record = connection.prepare(RECORD);
    // Read again under the lock: another process may have done it since.
    for (const { version, name, sql } of pending(migrations, schemaVersion(connection) ?? 0)) {
      // First, so that two processes that got this far can't both go on.
      record.run({ version, name, now });
      connection.execute(sql);
    }
    holdForeignKeys(connection);
  });
}

const pending = (migrations: readonly Migration[], version: number): readonly Migration[] =>
  migrations.filter((migration) => migration.version > version);

function holdForeignKeys(connection: Connection): void {
  const broken = connection.prepare<{ readonly table: string }>('PRAGMA foreign_key_check').all();
  if (broken.length === 0) return;
  throw new Error(`A migration left rows without what they point to, in ${broken[0]?.table}`);
}
