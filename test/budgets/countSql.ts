import { loadNodeSqlite } from '../../src/store/sqlite/nodeSqlite.ts';

export interface SqlCounts {
  /** Statements that ran, those of transactions not among them. */
  readonly statements: number;
  readonly rowsRead: number;
  /** Transactions that wait for the disk. */
  readonly writes: number;
}

const { DatabaseSync, StatementSync } = loadNodeSqlite();
const counts = { statements: 0, rowsRead: 0, writes: 0 };
let isCounted = false;

/**
 * What all databases of this process do meanwhile. Node's own classes are counted, so that nothing of ours goes past
 * it; to be called in a test file of its own.
 */
export async function sqlDuring(act: () => Promise<unknown>): Promise<SqlCounts> {
  countFromNowOn();
  const before = { ...counts };
  await act();
  return {
    statements: counts.statements - before.statements,
    rowsRead: counts.rowsRead - before.rowsRead,
    writes: counts.writes - before.writes,
  };
}

function countFromNowOn(): void {
  if (isCounted) return;
  isCounted = true;
  const { all, get, run } = StatementSync.prototype;
  const { exec } = DatabaseSync.prototype;
  Object.assign(StatementSync.prototype, {
    all(this: typeof StatementSync.prototype, ...given: Parameters<typeof all>) {
      const rows = all.apply(this, given);
      counts.statements++;
      counts.rowsRead += rows.length;
      return rows;
    },
    get(this: typeof StatementSync.prototype, ...given: Parameters<typeof get>) {
      const row = get.apply(this, given);
      counts.statements++;
      if (row !== undefined) counts.rowsRead++;
      return row;
    },
    run(this: typeof StatementSync.prototype, ...given: Parameters<typeof run>) {
      const done = run.apply(this, given);
      counts.statements++;
      return done;
    },
  });
  Object.assign(DatabaseSync.prototype, {
    exec(this: typeof DatabaseSync.prototype, sql: string) {
      exec.call(this, sql);
      if (sql === 'BEGIN IMMEDIATE') counts.writes++;
    },
  });
}
