import type { Library } from '../model/library.ts';
import type { SceneRow, TagRow } from '../model/rows.ts';
import { type RangeCriterion, rangeTest, type TextCriterion, textTest } from './criteria.ts';
import { type ChildrenOf, type RelatedCriterion, relatedTest } from './relatedIds.ts';

/** `SceneFilterType` of the schema. */
export interface SceneFilter {
  readonly AND?: SceneFilter | null;
  readonly OR?: SceneFilter | null;
  readonly NOT?: SceneFilter | null;
  readonly id?: RangeCriterion<number> | null;
  readonly title?: TextCriterion | null;
  readonly details?: TextCriterion | null;
  readonly oshash?: TextCriterion | null;
  readonly path?: TextCriterion | null;
  readonly file_count?: RangeCriterion<number> | null;
  readonly rating100?: RangeCriterion<number> | null;
  readonly organized?: boolean | null;
  readonly studios?: RelatedCriterion | null;
  readonly groups?: RelatedCriterion | null;
  readonly tags?: RelatedCriterion | null;
  readonly tag_count?: RangeCriterion<number> | null;
  readonly performers?: RelatedCriterion | null;
  readonly performer_count?: RangeCriterion<number> | null;
  readonly created_at?: RangeCriterion<string> | null;
  readonly updated_at?: RangeCriterion<string> | null;
}

export type SceneTest = (scene: SceneRow) => boolean;

export function sceneTest(filter: SceneFilter, library: Library): SceneTest {
  const { AND, OR, NOT } = filter;
  const nested = Object.entries({ AND, OR, NOT }).flatMap(([name, sub]) => (sub ? [{ name, sub }] : []));
  const [first, second] = nested;
  if (second) throw new Error(`cannot have ${first?.name} and ${second.name} in the same filter`);
  const own = ownTests(filter, library);
  const isOwn: SceneTest = (scene) => own.every((test) => test(scene));
  if (!first) return isOwn;
  const isSub = sceneTest(first.sub, library);
  if (first.name === 'OR') return (scene) => isOwn(scene) || isSub(scene);
  return (scene) => isOwn(scene) && isSub(scene) === (first.name === 'AND');
}

function ownTests(filter: SceneFilter, library: Library): readonly SceneTest[] {
  const tests: SceneTest[] = [];
  const range = <Value extends number | string>(
    criterion: RangeCriterion<Value> | null | undefined,
    valueOf: (scene: SceneRow) => Value | null,
  ): void => {
    if (!criterion) return;
    const test = rangeTest(criterion);
    tests.push((scene) => test(valueOf(scene)));
  };
  /** Of several texts, as a scene has several files, any one may pass. */
  const text = (
    criterion: TextCriterion | null | undefined,
    textsOf: (scene: SceneRow) => readonly string[],
  ): void => {
    if (!criterion) return;
    const test = textTest(criterion);
    tests.push((scene) => textsOf(scene).some(test));
  };
  const related = (
    criterion: RelatedCriterion | null | undefined,
    rule: { idsOf: (scene: SceneRow) => readonly number[]; childrenOf: () => ChildrenOf },
  ): void => {
    if (!criterion) return;
    const test = relatedTest(criterion, rule.childrenOf());
    tests.push((scene) => test(rule.idsOf(scene)));
  };

  range(filter.id, (scene) => scene.id);
  range(filter.file_count, (scene) => scene.fileIds.length);
  range(filter.rating100, (scene) => scene.rating100);
  range(filter.tag_count, (scene) => scene.tagIds.length);
  range(filter.performer_count, (scene) => scene.performerIds.length);
  range(filter.created_at, (scene) => scene.createdAt);
  range(filter.updated_at, (scene) => scene.updatedAt);
  text(filter.title, (scene) => [scene.title]);
  text(filter.details, (scene) => [scene.details]);
  text(filter.path, (scene) => library.filesOf(scene).map((file) => file.path));
  text(filter.oshash, (scene) => library.filesOf(scene).map((file) => file.fingerprints['oshash'] ?? ''));
  const { organized } = filter;
  if (typeof organized === 'boolean') tests.push((scene) => scene.organized === organized);
  related(filter.tags, { idsOf: (scene) => scene.tagIds, childrenOf: () => tagChildren(library) });
  related(filter.studios, {
    idsOf: (scene) => (scene.studioId === null ? [] : [scene.studioId]),
    childrenOf: () => studioChildren(library),
  });
  related(filter.performers, { idsOf: (scene) => scene.performerIds, childrenOf: () => NO_CHILDREN });
  related(filter.groups, {
    idsOf: (scene) => scene.groups.map((each) => each.groupId),
    childrenOf: () => NO_CHILDREN,
  });
  return tests;
}

const NO_CHILDREN: ChildrenOf = () => [];

function studioChildren(library: Library): ChildrenOf {
  const byParent = Map.groupBy(library.studios.all(), (studio) => studio.parentId);
  return (id) => (byParent.get(id) ?? []).map((studio) => studio.id);
}

function tagChildren(library: Library): ChildrenOf {
  const children = new Map<number, TagRow[]>();
  for (const tag of library.tags.all()) {
    for (const parentId of tag.parentIds) {
      children.set(parentId, [...(children.get(parentId) ?? []), tag]);
    }
  }
  return (id) => (children.get(id) ?? []).map((tag) => tag.id);
}
