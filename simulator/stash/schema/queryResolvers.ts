import type { TextCriterion } from '../find/criteria.ts';
import { type EntityRequest, findEntities } from '../find/findEntities.ts';
import { findScenes, type SceneRequest } from '../find/findScenes.ts';
import { type RelatedCriterion, readId, relatedTest } from '../find/relatedIds.ts';
import type { FileRow, SceneRow } from '../model/rows.ts';
import { type Call, type Resolvers, requireDatabase } from './resolver.ts';

type Query<Args> = (source: unknown, args: Args, call: Call) => unknown;

interface NameFilter {
  readonly name?: TextCriterion | null;
}

interface TagFilter extends NameFilter {
  readonly parents?: RelatedCriterion | null;
}

/** Those that read the database fail while it cannot be read; the last three answer all the same. */
function fromDatabase<Args>(query: Query<Args>): Query<Args> {
  return (source, args, call) => {
    requireDatabase(call);
    return query(source, args, call);
  };
}

function findOne<Row>(
  tableOf: (call: Call) => { get(id: number): Row | undefined },
): Query<{ readonly id: string }> {
  return fromDatabase((_, { id }, call) => tableOf(call).get(readId(id)) ?? null);
}

const findScene: Query<{ readonly id?: string | null; readonly checksum?: string | null }> = (
  _,
  args,
  call,
) => {
  if (args.id) return call.library.scenes.get(readId(args.id)) ?? null;
  return args.checksum ? sceneWith({ md5: args.checksum }, call) : null;
};

const findSceneByHash: Query<{
  readonly input: { readonly oshash?: string | null; readonly checksum?: string | null };
}> = (_, { input }, call) => {
  if (input.checksum) return sceneWith({ md5: input.checksum }, call);
  return input.oshash ? sceneWith({ oshash: input.oshash }, call) : null;
};

/** The first scene that has a file of this fingerprint. */
function sceneWith(fingerprint: FileRow['fingerprints'], { library }: Call): SceneRow | null {
  const [type = '', value] = Object.entries(fingerprint)[0] ?? [];
  const hasIt = (file: FileRow) => file.fingerprints[type] === value;
  return library.scenes.all().find((scene) => library.filesOf(scene).some(hasIt)) ?? null;
}

export const queryResolvers: Resolvers = {
  findScene: fromDatabase(findScene),
  findSceneByHash: fromDatabase(findSceneByHash),
  findScenes: fromDatabase<SceneRequest>((_, request, call) => findScenes(request, call)),
  findPerformer: findOne(({ library }) => library.performers),
  findStudio: findOne(({ library }) => library.studios),
  findGroup: findOne(({ library }) => library.groups),
  findTag: findOne(({ library }) => library.tags),
  findPerformers: fromDatabase<EntityRequest & { readonly performer_filter?: NameFilter | null }>(
    (_, args, call) =>
      findEntities(call.library.performers, { ...args, named: args.performer_filter?.name ?? null }),
  ),
  findStudios: fromDatabase<EntityRequest & { readonly studio_filter?: NameFilter | null }>((_, args, call) =>
    findEntities(call.library.studios, { ...args, named: args.studio_filter?.name ?? null }),
  ),
  findGroups: fromDatabase<EntityRequest & { readonly group_filter?: NameFilter | null }>((_, args, call) =>
    findEntities(call.library.groups, { ...args, named: args.group_filter?.name ?? null }),
  ),
  findTags: fromDatabase<EntityRequest & { readonly tag_filter?: TagFilter | null }>((_, args, call) => {
    const { tags } = call.library;
    const { name = null, parents = null } = args.tag_filter ?? {};
    const childrenOf = (id: number) =>
      tags.all().flatMap((tag) => (tag.parentIds.includes(id) ? [tag.id] : []));
    const isBelow = parents === null ? () => true : relatedTest(parents, childrenOf);
    return findEntities(tags, { ...args, named: name }, (tag) => isBelow(tag.parentIds));
  }),
  configuration: () => ({}),
  systemStatus: () => ({}),
  version: () => ({}),
};
