import { effectiveTitleSort, type Item, TAG_KIND_NAMES } from './model.ts';
import type { QueryEntry } from './query.ts';
import type { Row } from './sectionOrder.ts';
import type { Switches } from './switches.ts';

export interface Filter {
  readonly ofRow: (row: Row) => boolean;
  /** Null: rows alone decide, so no item needs to be made. */
  readonly ofItem: ((item: Item) => boolean) | null;
}

/** Arguments of a list that are no filters. */
const NO_FILTERS: ReadonlySet<string> = new Set(['type', 'sort', 'limit', 'group', 'checkFiles']);
const IS_NO_FILTER = /^(include|exclude|skip|async)/;

/** Keys arrive without their last "=": `updatedAt>>=1` is `updatedAt>>` with the value 1. */
const FILTER = /^(?:movie\.)?(\w+?)(!|=|>>|<<|>|<)?$/;

const DATE_TESTS: Readonly<Record<string, (held: number, asked: number) => boolean>> = {
  // "Is after" takes in the second itself: whoever pages by it must not rely on either.
  '>>': (held, asked) => held >= asked,
  '<<': (held, asked) => held < asked,
};

/** There is no filter by file (plex reference §2). */
export function filterOf(entries: readonly QueryEntry[], switches: Switches): Filter | 'bad' {
  const rowTests: ((row: Row) => boolean)[] = [];
  const itemTests: ((item: Item) => boolean)[] = [];
  if (switches.trashedInLists === 'left-out') itemTests.push((item) => item.deletedAt === null);
  for (const { key, value } of entries) {
    const [, name = '', operator = ''] = FILTER.exec(key) ?? [];
    if (NO_FILTERS.has(name) || IS_NO_FILTER.test(name)) continue;
    const dateTest = DATE_TESTS[operator];
    const itemTest = itemTestOf(name, operator, value);
    if ((name === 'updatedAt' || name === 'addedAt') && dateTest !== undefined) {
      const asked = Number(value);
      // Items without a stamp are after no time.
      rowTests.push((row) => row[name] > 0 && dateTest(row[name], asked));
    } else if (itemTest !== null) itemTests.push(itemTest);
    else if (switches.unknownFilter === '400') return 'bad';
  }
  return {
    ofRow: (row) => rowTests.every((test) => test(row)),
    ofItem: itemTests.length === 0 ? null : (item) => itemTests.every((test) => test(item)),
  };
}

function itemTestOf(name: string, operator: string, value: string): ((item: Item) => boolean) | null {
  if (name === 'title' && operator === '') {
    const asked = value.toLowerCase();
    const isIn = (text: string | undefined) => text?.toLowerCase().includes(asked) ?? false;
    return (item) => isIn(item.fields.title) || isIn(effectiveTitleSort(item.fields));
  }
  if (name === 'guid' && operator === '') {
    const asked = value.split(',');
    return (item) => asked.includes(item.guid);
  }
  const kind = TAG_KIND_NAMES.find((one) => one === name);
  if (kind === undefined || (operator !== '' && operator !== '!')) return null;
  const ids = value.split(',').map(Number);
  return (item) => (item.tags[kind] ?? []).some(({ tagId }) => ids.includes(tagId)) === (operator === '');
}

const SORT_VALUES: Readonly<Record<string, (row: Row) => number | string>> = {
  titleSort: (row) => row.sortTitle,
  addedAt: (row) => row.addedAt,
  updatedAt: (row) => row.updatedAt,
};

/** `movie.addedAt:desc`; rows come by sort title, which also breaks ties. Unknown fields change nothing. */
export function sortOf(sort: string | undefined, rows: readonly Row[]): readonly Row[] {
  const [, name = '', direction] = /^(?:movie\.)?(\w+)(?::(asc|desc))?/.exec(sort ?? '') ?? [];
  const valueOf = SORT_VALUES[name];
  if (valueOf === undefined) return rows;
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}
