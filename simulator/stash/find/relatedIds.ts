import type { Modifier } from './criteria.ts';

export interface RelatedCriterion {
  readonly value?: readonly string[] | null;
  readonly modifier: Modifier;
  /** How many levels of children count as well; -1: all. */
  readonly depth?: number | null;
  readonly excludes?: readonly string[] | null;
}

/** The direct children of an entity; nothing for kinds without a hierarchy. */
export type ChildrenOf = (id: number) => readonly number[];

/** Tests the ids that a scene carries: tags, studios, groups (with their children) or performers. */
export function relatedTest(
  criterion: RelatedCriterion,
  childrenOf: ChildrenOf,
): (ids: readonly number[]) => boolean {
  const depth = criterion.depth ?? 0;
  const families = (criterion.value ?? []).map((id) => familyOf(readId(id), { depth, childrenOf }));
  const excluded = (criterion.excludes ?? []).map((id) => familyOf(readId(id), { depth, childrenOf }));
  const carries = (ids: readonly number[], family: ReadonlySet<number>) => ids.some((id) => family.has(id));
  const isExcluded = (ids: readonly number[]) => excluded.some((family) => carries(ids, family));
  switch (criterion.modifier) {
    case 'INCLUDES':
      return (ids) =>
        (families.length === 0 || families.some((family) => carries(ids, family))) && !isExcluded(ids);
    case 'INCLUDES_ALL':
      return (ids) => families.every((family) => carries(ids, family)) && !isExcluded(ids);
    case 'EXCLUDES':
      return (ids) => !families.some((family) => carries(ids, family)) && !isExcluded(ids);
    case 'IS_NULL':
      return (ids) => ids.length === 0;
    case 'NOT_NULL':
      return (ids) => ids.length > 0;
    default:
      throw new Error(`the simulator does not know the modifier ${criterion.modifier} for related entities`);
  }
}

/** Stash reads ids as Go does, and says so when it cannot. */
export function readId(id: string): number {
  if (!/^[+-]?\d+$/.test(id)) throw new Error(`strconv.Atoi: parsing "${id}": invalid syntax`);
  return Number(id);
}

function familyOf(
  id: number,
  { depth, childrenOf }: { depth: number; childrenOf: ChildrenOf },
): ReadonlySet<number> {
  const family = new Set([id]);
  let level = [id];
  for (let step = 0; level.length > 0 && (depth < 0 || step < depth); step++) {
    level = level.flatMap(childrenOf).filter((child) => !family.has(child));
    for (const child of level) family.add(child);
  }
  return family;
}
