import type { Connection } from './connection.ts';

/** The first release without the WAL-reset bug (https://www.sqlite.org/wal.html#walresetbug). */
const SAFE_VERSION = '3.51.3';

export function sqliteWarnings(connection: Connection): readonly string[] {
  return connection
    .prepare<{ readonly version: string }>('SELECT sqlite_version() AS version')
    .all()
    .flatMap(({ version }) => warningsAbout(version));
}

/** Backports of the repair (3.50.7, 3.44.6) are warned of too: no Node.js release is built with them. */
export const warningsAbout = (version: string): readonly string[] =>
  version.localeCompare(SAFE_VERSION, 'en', { numeric: true }) >= 0 ? [] : [warning(version)];

const warning = (version: string): string =>
  `This Node.js brings SQLite ${version}; before ${SAFE_VERSION}, two programs that write one database at once can damage it. PlexSync lets only one of its own in, so keep other programs (such as a database browser) away from plexsync.db while it runs, or install a newer Node.js.`;
