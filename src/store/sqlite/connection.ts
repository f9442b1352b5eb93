import type { DatabaseSync } from 'node:sqlite';
import { loadNodeSqlite } from './nodeSqlite.ts';
import { translated } from './sqliteProblem.ts';

/** Values for the `:name` parameters of a statement. */
export type Parameters = Readonly<Record<string, string | number | null>>;

/** A prepared statement. `Row` is what the columns are named and typed as; STRICT tables hold it to that. */
export interface Statement<Row> {
  all(parameters?: Parameters): Row[];
  get(parameters?: Parameters): Row | undefined;
  /** @returns how many rows were changed. */
  run(parameters?: Parameters): number;
}

/** One SQLite database: the only file that another binding of SQLite would have to replace. */
export class Connection {
  readonly file: string;
  readonly #database: DatabaseSync;

  constructor(file: string, options: { readonly busyTimeoutMs: number } = { busyTimeoutMs: 5_000 }) {
    this.file = file;
    const { DatabaseSync } = loadNodeSqlite();
    // Foreign keys are switched on after migrations, which may have to rebuild tables that others point to.
    this.#database = this.#translate(() => new DatabaseSync(file, { enableForeignKeyConstraints: false }));
    this.execute(`PRAGMA busy_timeout = ${options.busyTimeoutMs}`);
  }

  execute(sql: string): void {
    this.#translate(() => this.#database.exec(sql));
  }

  prepare<Row = never>(sql: string): Statement<Row> {
    const statement = this.#translate(() => this.#database.prepare(sql));
    return {
      all: (parameters = {}) => this.#translate(() => statement.all(parameters) as unknown as Row[]),
      get: (parameters = {}) =>
        this.#translate(() => statement.get(parameters) as unknown as Row | undefined),
      run: (parameters = {}) => this.#translate(() => Number(statement.run(parameters).changes)),
    };
  }

  /** What `work` reads, all of it from one moment. */
  async read<Value>(work: () => Value): Promise<Value> {
    return this.transaction('DEFERRED', work);
  }

  /** Saves all that `work` writes, or nothing. It has survived a power cut once this has returned. */
  async write<Value>(work: () => Value): Promise<Value> {
    return this.transaction('IMMEDIATE', work);
  }

  transaction<Value>(mode: 'DEFERRED' | 'IMMEDIATE' | 'EXCLUSIVE', work: () => Value): Value {
    this.execute(`BEGIN ${mode}`);
    try {
      const value = work();
      this.execute('COMMIT');
      return value;
    } catch (cause) {
      this.#rollBack();
      throw cause;
    }
  }

  close(): void {
    this.#database.close();
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch (cause) {
      // A full disk or a failing one made SQLite roll back by itself.
      if (!(cause instanceof Error && cause.message.includes('no transaction is active'))) throw cause;
    }
  }

  #translate<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (cause) {
      throw translated(cause, this.file);
    }
  }
}
