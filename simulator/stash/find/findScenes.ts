import { type Library, rowsOf } from '../model/library.ts';
import type { SceneRow } from '../model/rows.ts';
import { type FindFilter, pageOf } from './page.ts';
import { readId } from './relatedIds.ts';
import { type SceneFilter, type SceneTest, sceneTest } from './sceneFilter.ts';
import { inOrder, type SceneOrders } from './sceneOrders.ts';

export interface SceneRequest {
  readonly scene_filter?: SceneFilter | null;
  /** The older name of `ids`, which plugins still send. */
  readonly scene_ids?: readonly number[] | null;
  readonly ids?: readonly string[] | null;
  readonly filter?: FindFilter | null;
}

export interface FoundScenes {
  /** Reads on to the end, so it is worked out only when asked for (as in Stash, stash reference §3.2). */
  all(): readonly SceneRow[];
  scenes(): readonly SceneRow[];
}

/** `ids` override all filters; an empty list of them asks for everything. */
export function findScenes(
  request: SceneRequest,
  parts: { library: Library; orders: SceneOrders },
): FoundScenes {
  const { library, orders } = parts;
  const ids = request.ids ?? request.scene_ids?.map(String) ?? [];
  if (ids.length > 0) {
    const named = scenesNamed(ids, library);
    return { all: () => named, scenes: () => named };
  }
  const isWanted = sceneTest(request.scene_filter ?? {}, library);
  const isFound = textSearch(request.filter?.q ?? '', library);
  const test: SceneTest = (scene) => isWanted(scene) && isFound(scene);
  const ordered = inOrder(orders, request.filter ?? {});
  const start = firstOf(ordered, request);
  return {
    all: () => ordered.filter(test),
    scenes: () => pageOf(ordered, { test, start, filter: request.filter ?? {} }),
  };
}

/** Every word must stand in a title, in details or in a path; Stash looks into fingerprints and markers, too. */
function textSearch(q: string, library: Library): SceneTest {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (scene) => {
    const paths = library.filesOf(scene).map((file) => file.path);
    const text = [scene.title, scene.details, ...paths].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** One that is missing fails the whole query. */
function scenesNamed(ids: readonly string[], library: Library): readonly SceneRow[] {
  const numbers = ids.map(readId);
  const twice = numbers.find((id, index) => numbers.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`validating ids: duplicate id found: ${twice}`);
  const missing = numbers.find((id) => library.scenes.get(id) === undefined);
  if (missing !== undefined) throw new Error(`scene with id ${missing} not found`);
  return rowsOf(library.scenes, numbers);
}

/** Pages by id start where they say, so that going through a library does not read it once a page. */
function firstOf(ordered: readonly SceneRow[], { filter, scene_filter }: SceneRequest): number {
  const isById = filter?.sort === 'id' && filter.direction !== 'DESC';
  const id = scene_filter?.id;
  if (!isById || id?.modifier !== 'GREATER_THAN' || scene_filter?.OR) return 0;
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle]?.id ?? 0) > id.value) high = middle;
    else low = middle + 1;
  }
  return low;
}
