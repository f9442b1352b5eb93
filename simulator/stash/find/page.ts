/** `FindFilterType` of the schema. */
export interface FindFilter {
  readonly q?: string | null;
  readonly page?: number | null;
  readonly per_page?: number | null;
  readonly sort?: string | null;
  readonly direction?: 'ASC' | 'DESC' | null;
}

const DEFAULT_PER_PAGE = 25;
const ALL = -1;

interface Paging<Row> {
  readonly test: (row: Row) => boolean;
  /** Where in `rows` to begin. */
  readonly start: number;
  readonly filter: FindFilter;
}

/** Pages count from 1; lower numbers mean the first. Reads no further than the page. */
export function pageOf<Row>(rows: readonly Row[], { test, start, filter }: Paging<Row>): readonly Row[] {
  const perPage = filter.per_page ?? DEFAULT_PER_PAGE;
  const limit = perPage === ALL ? Number.POSITIVE_INFINITY : perPage;
  let skip = perPage === ALL ? 0 : (Math.max(filter.page ?? 1, 1) - 1) * perPage;
  const page: Row[] = [];
  for (let index = start; index < rows.length && page.length < limit; index++) {
    const row = rows[index];
    if (row === undefined || !test(row)) continue;
    if (skip > 0) skip--;
    else page.push(row);
  }
  return page;
}
