import type { StoreExam } from '../port.ts';
import { StoreError } from '../storeError.ts';
import type { Connection } from './connection.ts';

const TABLES =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";

/**
 * Table by table with its indexes. Measured on a database of 390 MB, 100,000 rows in each of six tables: 0.5 s in
 * all, 0.25 s for the largest one.
 */
export async function examine(connection: Connection, goesOn: () => boolean): Promise<StoreExam> {
  const tables = connection.prepare<{ readonly name: string }>(TABLES).all();
  let examined = 0;
  for (const { name } of tables) {
    if (!goesOn()) break;
    const damage = damageOf(connection, name);
    if (damage !== null) return { damage, parts: tables.length, examined };
    examined += 1;
    // What else this process has to do comes between two tables.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { damage: null, parts: tables.length, examined };
}

function damageOf(connection: Connection, table: string): string | null {
  try {
    const check = `PRAGMA integrity_check("${table}")`;
    const [found] = connection.prepare<{ readonly integrity_check: string }>(check).all();
    return found === undefined || found.integrity_check === 'ok' ? null : found.integrity_check;
  } catch (error) {
    if (error instanceof StoreError && error.problem.kind === 'corrupt') return error.message;
    throw error;
  }
}
