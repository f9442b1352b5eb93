import { beforeEach, describe, expect, test } from 'vitest';
import { Library } from '../model/library.ts';
import { printServerTime } from '../model/serverTime.ts';
import { findScenes, type SceneRequest } from './findScenes.ts';
import { SceneOrders } from './sceneOrders.ts';

let library: Library;
let orders: SceneOrders;
let nowMs: number;
beforeEach(() => {
  nowMs = Date.UTC(2026, 10, 24, 3);
  library = new Library(() => printServerTime(nowMs, '-05:00'));
  orders = new SceneOrders(library);
});

const idsOf = (request: SceneRequest): readonly number[] =>
  findScenes(request, { library, orders })
    .scenes()
    .map((scene) => scene.id);
const addScenes = (count: number) => Array.from({ length: count }, () => library.addScene());

describe('pages', () => {
  test('hold 25 unless told otherwise, and count from 1', () => {
    addScenes(30);
    expect(idsOf({})).toHaveLength(25);
    expect(idsOf({ filter: { page: 2 } })).toHaveLength(5);
    expect(idsOf({ filter: { page: 0, per_page: 2 } })).toEqual([1, 2]);
    expect(idsOf({ filter: { per_page: 0 } })).toEqual([]);
    expect(idsOf({ filter: { per_page: -1, page: 3 } })).toHaveLength(30);
  });

  test('by id after the last one see each scene once, whatever goes meanwhile', () => {
    addScenes(10);
    const seen: number[] = [];
    for (let last = 0, page = [0]; page.length > 0; last = seen.at(-1) ?? 0) {
      page = [
        ...idsOf({
          filter: { sort: 'id', per_page: 3 },
          scene_filter: { id: { value: last, modifier: 'GREATER_THAN' } },
        }),
      ];
      seen.push(...page);
      library.scenes.delete(last);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('by time skip a scene when an earlier one is edited meanwhile', () => {
    for (let n = 0; n < 4; n++) {
      nowMs += 1000;
      library.addScene();
    }
    const page = (number: number) =>
      idsOf({ filter: { sort: 'updated_at', direction: 'ASC', per_page: 2, page: number } });
    expect(page(1)).toEqual([1, 2]);
    nowMs += 1000;
    library.editScene(library.scenes.all()[0] ?? expect.unreachable(), {});
    expect(page(2)).toEqual([4, 1]);
  });

  test('by id cost what they hold, not the library each time', () => {
    const count = 10_000;
    let reads = 0;
    for (const scene of addScenes(count)) {
      const { id } = scene;
      const countedId = () => {
        reads++;
        return id;
      };
      Object.defineProperty(scene, 'id', { get: countedId });
    }
    const after = (last: number) => ({ id: { value: last, modifier: 'GREATER_THAN' } }) as const;
    for (let last = 0; last < count; last += 100) {
      const page = idsOf({ filter: { sort: 'id', per_page: 100 }, scene_filter: after(last) });
      expect(page[0]).toBe(last + 1);
    }
    expect(reads).toBeLessThan(3 * count);
  });
});

describe('ids', () => {
  test('come in the order asked for, whatever the filters say', () => {
    addScenes(3);
    expect(idsOf({ ids: ['3', '1'], filter: { per_page: 1 } })).toEqual([3, 1]);
  });

  test('one that is missing fails all, as does one named twice', () => {
    addScenes(3);
    expect(() => idsOf({ ids: ['1', '9'] })).toThrow('scene with id 9 not found');
    expect(() => idsOf({ ids: ['1', '1'] })).toThrow('validating ids: duplicate id found: 1');
    expect(() => idsOf({ ids: ['one'] })).toThrow('strconv.Atoi: parsing "one": invalid syntax');
  });

  test('none at all means every scene', () => {
    addScenes(3);
    expect(idsOf({ ids: [] })).toEqual([1, 2, 3]);
  });
});

describe('times', () => {
  test('are compared as text: a UTC watermark misses what a server west of it has stored since', () => {
    nowMs = Date.parse('2026-11-24T00:39:46Z');
    addScenes(1);
    const after = (value: string) =>
      idsOf({ scene_filter: { updated_at: { value, modifier: 'GREATER_THAN' } } });
    expect(after('2026-11-24T00:30:00Z')).toEqual([]);
    expect(after('2026-11-23T19:30:00-05:00')).toEqual([1]);
  });
});

describe('filters', () => {
  const matching = (scene_filter: SceneRequest['scene_filter']) =>
    idsOf({ scene_filter: scene_filter ?? {} });

  test('by path use LIKE: other case and wildcards match, any file counts', () => {
    library.addScene({ files: [{ path: '/data/a_1.mp4' }] });
    library.addScene({ files: [{ path: '/data/other.mp4' }, { path: '/DATA/AB1.MP4' }] });
    expect(matching({ path: { value: '/data/a_1.mp4', modifier: 'EQUALS' } })).toEqual([1, 2]);
    expect(matching({ path: { value: 'a_1.mp4', modifier: 'EQUALS' } })).toEqual([]);
    expect(matching({ path: { value: 'other nothing', modifier: 'INCLUDES' } })).toEqual([2]);
    expect(matching({ path: { value: '"other nothing"', modifier: 'INCLUDES' } })).toEqual([]);
  });

  test('by tag and studio take in children as deep as asked for', () => {
    const [top, middle, bottom] = ['top', 'middle', 'bottom'].map((name, index) =>
      library.addTag({ name, parentIds: index === 0 ? [] : [index] }),
    );
    library.addStudio({ name: 'parent' });
    library.addStudio({ name: 'child', parentId: 1 });
    library.addScene({ tagIds: [bottom?.id ?? 0], studioId: 2 });
    const tagged = (depth: number) =>
      matching({ tags: { value: [String(top?.id)], modifier: 'INCLUDES', depth } });
    expect(middle?.id).toBe(2);
    expect([tagged(0), tagged(1), tagged(2), tagged(-1)]).toEqual([[], [], [1], [1]]);
    expect(matching({ studios: { value: ['1'], modifier: 'INCLUDES' } })).toEqual([]);
    expect(matching({ studios: { value: ['1'], modifier: 'INCLUDES', depth: -1 } })).toEqual([1]);
    expect(matching({ studios: { modifier: 'IS_NULL' } })).toEqual([]);
  });

  test('on an empty text pass only when they ask for it: it is NULL', () => {
    library.addScene({ title: '' });
    library.addScene({ title: 'x' });
    expect(matching({ title: { value: 'y', modifier: 'NOT_EQUALS' } })).toEqual([2]);
    expect(matching({ title: { value: 'y', modifier: 'EXCLUDES' } })).toEqual([2]);
    expect(matching({ title: { value: '', modifier: 'IS_NULL' } })).toEqual([1]);
  });

  test('nest, but only one way at a time', () => {
    addScenes(5);
    const above3 = { id: { value: 3, modifier: 'GREATER_THAN' } } as const;
    const is1 = { id: { value: 1, modifier: 'EQUALS' } } as const;
    expect(matching({ ...above3, OR: is1 })).toEqual([1, 4, 5]);
    expect(matching({ NOT: above3 })).toEqual([1, 2, 3]);
    expect(matching({ ...above3, AND: is1 })).toEqual([]);
    expect(() => matching({ OR: is1, AND: is1 })).toThrow('cannot have AND and OR in the same filter');
  });
});

test('a text is found word by word, in titles, details and paths', () => {
  library.addScene({ title: 'Golden Mill', files: [{ path: '/data/first.mp4' }] });
  library.addScene({ details: 'by the mill', files: [{ path: '/data/golden.mp4' }] });
  library.addScene({ title: 'Golden' });
  const found = (q: string) => idsOf({ filter: { q } });
  expect([found(''), found('mill GOLDEN'), found('first')]).toEqual([[1, 2, 3], [1, 2], [1]]);
});

test('ids by their older name are ids', () => {
  addScenes(3);
  expect(idsOf({ scene_ids: [3, 1] })).toEqual([3, 1]);
  expect(idsOf({ scene_ids: null })).toEqual([1, 2, 3]);
});

test('the order by time is the newest first after each edit, and within a second by title', () => {
  for (const title of ['b', 'c', 'a']) library.addScene({ title });
  const newest = () => idsOf({ filter: { sort: 'updated_at', direction: 'DESC' } });
  expect(newest()).toEqual([3, 1, 2]);
  nowMs += 1000;
  library.editScene(library.scenes.get(2) ?? expect.unreachable(), { details: 'x' });
  expect(newest()).toEqual([2, 3, 1]);
});

test('a sort that Stash does not know is refused in its words', () => {
  expect(() => idsOf({ filter: { sort: 'bogus' } })).toThrow('invalid sort: bogus');
});
