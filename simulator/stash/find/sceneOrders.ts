import type { Library } from '../model/library.ts';
import type { SceneRow } from '../model/rows.ts';
import type { FindFilter } from './page.ts';

type SortKey = (scene: SceneRow, library: Library) => number | string;

const primaryFile: (scene: SceneRow, library: Library) => { path: string; size: number; durationMs: number } =
  (scene, library) => library.filesOf(scene)[0] ?? { path: '', size: 0, durationMs: 0 };

/** Part of Stash's list of sorts; any other is refused in its words. */
const SORT_KEYS = {
  id: (scene) => scene.id,
  created_at: (scene) => scene.createdAt,
  // Text, so the order is wrong across zones (stash reference §3.2).
  updated_at: (scene) => scene.updatedAt,
  title: (scene, library) => (scene.title || primaryFile(scene, library).path).toLowerCase(),
  code: (scene) => scene.code,
  date: (scene) => scene.date ?? '',
  rating: (scene) => scene.rating100 ?? -1,
  path: (scene, library) => primaryFile(scene, library).path.toLowerCase(),
  filesize: (scene, library) => primaryFile(scene, library).size,
  duration: (scene, library) => primaryFile(scene, library).durationMs,
} as const satisfies Record<string, SortKey>;

/** Remembers each order until a scene changes: a sorted page must not cost a sort of everything each time. */
export class SceneOrders {
  readonly #library: Library;
  readonly #kept = new Map<string, { readonly version: number; readonly scenes: readonly SceneRow[] }>();

  constructor(library: Library) {
    this.#library = library;
  }

  by(sort: keyof typeof SORT_KEYS, direction: 'ASC' | 'DESC'): readonly SceneRow[] {
    const { scenes, files } = this.#library;
    if (sort === 'id' && direction === 'ASC') return scenes.all();
    const name = `${sort} ${direction}`;
    const version = scenes.version + files.version;
    const kept = this.#kept.get(name);
    if (kept?.version === version) return kept.scenes;
    const sorted = this.#sort(sort, direction);
    this.#kept.set(name, { version, scenes: sorted });
    return sorted;
  }

  #sort(sort: keyof typeof SORT_KEYS, direction: 'ASC' | 'DESC'): readonly SceneRow[] {
    const keyOf: SortKey = SORT_KEYS[sort];
    const sign = direction === 'DESC' ? -1 : 1;
    const keyed = this.#library.scenes.all().map((scene) => ({
      scene,
      key: keyOf(scene, this.#library),
      // Rows of one second come by title, not by id.
      tie: (scene.title || String(scene.id)).toLowerCase(),
    }));
    keyed.sort((a, b) => sign * compare(a.key, b.key) || compare(a.tie, b.tie));
    return keyed.map((each) => each.scene);
  }
}

export function inOrder(orders: SceneOrders, { sort, direction }: FindFilter): readonly SceneRow[] {
  if (!sort) return orders.by('id', 'ASC');
  if (!isSortKey(sort)) throw new Error(`invalid sort: ${sort}`);
  return orders.by(sort, direction ?? 'ASC');
}

function isSortKey(sort: string): sort is keyof typeof SORT_KEYS {
  return Object.hasOwn(SORT_KEYS, sort);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
