import { rowsOf } from '../model/library.ts';
import type { Table } from '../model/table.ts';
import { type TextCriterion, textTest } from './criteria.ts';
import { type FindFilter, pageOf } from './page.ts';
import { readId } from './relatedIds.ts';

interface EntityRow {
  readonly id: number;
  readonly name: string;
  readonly sortName?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EntityRequest {
  readonly ids?: readonly string[] | null;
  readonly filter?: FindFilter | null;
  readonly named?: TextCriterion | null;
}

/** Stash sorts names without regard to case and by the value of numbers in them. */
const NATURAL = new Intl.Collator('en', { numeric: true, sensitivity: 'accent' });

export function findEntities<Row extends EntityRow>(
  table: Table<Row>,
  request: EntityRequest,
  isRelated: (row: Row) => boolean = () => true,
): { readonly count: number; readonly rows: readonly Row[] } {
  if (request.ids && request.ids.length > 0) {
    const ids = request.ids.map(readId);
    const missing = ids.find((id) => table.get(id) === undefined);
    if (missing !== undefined) throw new Error(`${table.name.slice(0, -1)} with id ${missing} not found`);
    return { count: ids.length, rows: rowsOf(table, ids) };
  }
  const filter = request.filter ?? {};
  const isNamed = request.named ? textTest(request.named) : () => true;
  const found = sorted(table.all(), filter).filter((row) => isNamed(row.name) && isRelated(row));
  return { count: found.length, rows: pageOf(found, { test: () => true, start: 0, filter }) };
}

/** As the tags of a scene are listed. */
export function byName<Row extends EntityRow>(rows: readonly Row[]): readonly Row[] {
  const nameOf = (row: Row) => row.sortName || row.name;
  return rows.toSorted((a, b) => NATURAL.compare(nameOf(a), nameOf(b)));
}

function sorted<Row extends EntityRow>(
  rows: readonly Row[],
  { sort, direction }: FindFilter,
): readonly Row[] {
  const ordered = inOrder(rows, sort || 'name');
  return direction === 'DESC' ? ordered.toReversed() : ordered;
}

function inOrder<Row extends EntityRow>(rows: readonly Row[], sort: string): readonly Row[] {
  switch (sort) {
    case 'name':
      return byName(rows);
    case 'id':
      return rows;
    case 'created_at':
      return rows.toSorted((a, b) => NATURAL.compare(a.createdAt, b.createdAt));
    case 'updated_at':
      return rows.toSorted((a, b) => NATURAL.compare(a.updatedAt, b.updatedAt));
    default:
      throw new Error(`invalid sort: ${sort}`);
  }
}
