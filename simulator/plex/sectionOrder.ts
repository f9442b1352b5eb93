/** What lists are filtered and sorted by most, held for every item of a section so that none need be made. */
export interface Row {
  readonly ratingKey: string;
  readonly sortTitle: string;
  /** Epoch s. */
  readonly addedAt: number;
  /** Epoch s; 0 when absent. */
  readonly updatedAt: number;
}

const compareKeys = (a: Row, b: Row): number => Number(a.ratingKey) - Number(b.ratingKey);

function compareRows(a: Row, b: Row): number {
  if (a.sortTitle === b.sortTitle) return compareKeys(a, b);
  return a.sortTitle < b.sortTitle ? -1 : 1;
}

/**
 * The rows of one section by sort title. A renamed item moves, so a client that pages meanwhile may miss
 * one or see one twice, as on a real server.
 */
export class SectionOrder {
  readonly #all: () => Iterable<Row>;
  #rows: Row[] | null = null;
  readonly #byKey = new Map<string, Row>();
  #revision = 0;

  /** `all` is read once, when a row is first asked for. */
  constructor(all: () => Iterable<Row>) {
    this.#all = all;
  }

  /** Rises with every change. */
  get revision(): number {
    return this.#revision;
  }

  rows(): readonly Row[] {
    return this.#built();
  }

  set(row: Row): void {
    this.#revision += 1;
    if (this.#rows === null) return;
    const before = this.#byKey.get(row.ratingKey);
    if (before !== undefined) this.#rows.splice(this.#placeOf(before), 1);
    this.#byKey.set(row.ratingKey, row);
    this.#rows.splice(this.#placeOf(row), 0, row);
  }

  delete(ratingKey: string): void {
    this.#revision += 1;
    const before = this.#byKey.get(ratingKey);
    if (this.#rows === null || before === undefined) return;
    this.#rows.splice(this.#placeOf(before), 1);
    this.#byKey.delete(ratingKey);
  }

  #built(): Row[] {
    if (this.#rows === null) {
      this.#rows = [...this.#all()].sort(compareRows);
      for (const row of this.#rows) this.#byKey.set(row.ratingKey, row);
    }
    return this.#rows;
  }

  /** Where the row is, or would stand: the first place not before it. */
  #placeOf(row: Row): number {
    const rows = this.#built();
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = rows[middle];
      if (other !== undefined && compareRows(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
