import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Connection, type Statement } from './connection.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { SqliteStore } from './sqliteStore.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

/** Starts of the statements that are about all rows of a table, and so may read all of them. */
const ABOUT_ALL = [
  'SELECT count(*) AS items FROM items',
  'SELECT count(*) AS links FROM links',
  'SELECT count(*) AS scenes FROM holds',
  "SELECT count(*) AS writes FROM undo_requests WHERE state = 'open'",
  'SELECT priority, count(*) AS jobs FROM jobs INDEXED BY jobs_to_claim',
  'SELECT state, failure_class, count(*) AS jobs',
  'SELECT uuid, key, title, listed_at AS listedAt',
  'SELECT DISTINCT scene_id AS scene FROM missing_names',
  'SELECT count(DISTINCT scene_id) AS scenes',
  'SELECT ( SELECT count(*) FROM (SELECT scene_id FROM links GROUP BY scene_id',
  'SELECT id AS scene FROM scenes WHERE length(id) > length(:after)',
  "UPDATE journal SET state = 'given-up' WHERE state = 'sent'",
  'WITH places AS',
  // A page of them.
  'WITH page AS',
];

class RecordingConnection extends Connection {
  readonly statements: string[] = [];

  override prepare<Row = never>(sql: string): Statement<Row> {
    this.statements.push(sql.replace(/\s+/g, ' ').trim());
    return super.prepare<Row>(sql);
  }
}

interface Plan {
  readonly sql: string;
  readonly steps: readonly string[];
}

function plansOfStore(): readonly Plan[] {
  const connection = new RecordingConnection(join(temporaryFolder(), 'plans.db'));
  onTestFinished(() => connection.close());
  migrate(connection, MIGRATIONS, 0);
  connection.statements.length = 0;
  new SqliteStore(connection);
  return connection.statements.slice().map((sql) => ({
    sql,
    steps: connection
      .prepare<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => row.detail),
  }));
}

test('no statement reads a whole table unless it is about the whole table', () => {
  const plans = plansOfStore();
  expect(plans.length).toBeGreaterThan(60);
  const isScan = (step: string): boolean => step.startsWith('SCAN') && step !== 'SCAN CONSTANT ROW';
  const scanning = plans.filter(({ steps }) => steps.some(isScan));
  const isAboutAll = ({ sql }: Plan): boolean => ABOUT_ALL.some((start) => sql.startsWith(start));
  expect(scanning.filter((plan) => !isAboutAll(plan))).toEqual([]);
});

test('a claim and the next due time each read one index, in its order', () => {
  const plans = plansOfStore();
  const planOf = (start: string): readonly string[] | undefined =>
    plans.find(({ sql }) => sql.startsWith(start))?.steps;
  expect(planOf('SELECT kind, id, priority, due_at AS dueAt')).toEqual([
    'SEARCH jobs USING INDEX jobs_to_claim (kind=? AND priority=? AND due_at<?)',
  ]);
  expect(planOf('SELECT min(priority)')).toEqual([
    'SEARCH jobs USING INDEX jobs_to_claim (kind=? AND priority>?)',
  ]);
  expect(planOf('SELECT min(due_at)')).toEqual(['SEARCH jobs USING INDEX jobs_by_due']);
});
