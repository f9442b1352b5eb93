import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What is wrong with the database as it lies there; looked at on a copy, so that nothing is put right by looking. */
export function problemsOfDatabase(dataDir: string): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-looked-at-'));
  try {
    for (const end of ['', '-wal']) {
      const name = `plexsync.db${end}`;
      if (existsSync(path.join(dataDir, name)))
        copyFileSync(path.join(dataDir, name), path.join(folder, name));
    }
    const file = path.join(folder, 'plexsync.db');
    // Killed before it was made.
    if (!existsSync(file)) return [];
    return saidOf(file).filter((row) => row !== '{"integrity_check":"ok"}');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One that is damaged too much to be asked throws. */
function saidOf(file: string): readonly string[] {
  const database = new DatabaseSync(file);
  try {
    return ['integrity_check', 'foreign_key_check'].flatMap((pragma) =>
      database
        .prepare(`PRAGMA ${pragma}`)
        .all()
        .map((row) => JSON.stringify(row)),
    );
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    database.close();
  }
}
