interface Identified {
  readonly id: number;
}

/** Rows by id, and in order of it. Ids count up and are never used twice, as in Stash. */
export class Table<Row extends Identified> {
  readonly name: string;
  readonly #rows = new Map<number, Row>();
  #ordered: Row[] = [];
  #hasGaps = false;
  #lastId = 0;
  #version = 0;

  /** `name`: as Stash's messages say it. */
  constructor(name: string) {
    this.name = name;
  }

  /** Counts changes: whoever keeps something derived from the rows can tell that it is stale. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#rows.size;
  }

  insert(make: (id: number) => Row): Row {
    const row = make(++this.#lastId);
    this.#rows.set(row.id, row);
    this.#ordered.push(row);
    this.#version++;
    return row;
  }

  get(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  update(row: Row, change: Partial<Row>): void {
    Object.assign(row, change);
    this.#version++;
  }

  delete(id: number): void {
    this.#hasGaps = this.#rows.delete(id) || this.#hasGaps;
    this.#version++;
  }

  /** Ascending by id. */
  all(): readonly Row[] {
    if (this.#hasGaps) {
      this.#ordered = [...this.#rows.values()];
      this.#hasGaps = false;
    }
    return this.#ordered;
  }
}
