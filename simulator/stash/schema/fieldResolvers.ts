import path from 'node:path/posix';
import { byName } from '../find/findEntities.ts';
import type { FoundScenes } from '../find/findScenes.ts';
import { rowsOf } from '../model/library.ts';
import type {
  FileRow,
  GroupRow,
  PerformerRow,
  SceneGroupRow,
  SceneRow,
  StudioRow,
  TagRow,
} from '../model/rows.ts';
import type { Call, Resolvers } from './resolver.ts';

type Field<Source> = (source: Source, args: Readonly<Record<string, string>>, call: Call) => unknown;
type Fields<Source> = Readonly<Record<string, Field<Source>>>;

interface Timed {
  readonly createdAt: string;
  readonly updatedAt: string;
}
const times: Fields<Timed> = {
  created_at: (row) => row.createdAt,
  updated_at: (row) => row.updatedAt,
};
/** Answered by the property of the same name. */
function plain<Source>(...names: readonly (keyof Source & string)[]): Fields<Source> {
  return Object.fromEntries(names.map((name) => [name, (source: Source) => source[name]]));
}

const scene: Fields<SceneRow> = {
  ...times,
  ...plain('id', 'title', 'urls', 'date', 'rating100', 'organized', 'groups', 'code', 'details', 'director'),
  files: (row, _, { library }) => library.filesOf(row),
  paths: (row) => row,
  studio: (row, _, { library }) => (row.studioId === null ? null : library.studios.get(row.studioId)),
  tags: (row, _, { library }) => byName(rowsOf(library.tags, row.tagIds)),
  performers: (row, _, { library }) => rowsOf(library.performers, row.performerIds),
};

/** Addresses of this Stash as the asker calls it (stash reference §3.3), whether or not anything is there. */
const scenePaths: Fields<SceneRow> = {
  screenshot: ({ id, updatedAt }, _, { baseUrl }) =>
    `${baseUrl}/scene/${id}/screenshot?t=${Math.floor(Date.parse(updatedAt) / 1000)}`,
  preview: ({ id }, _, { baseUrl }) => `${baseUrl}/scene/${id}/preview`,
};

const sceneGroup: Fields<SceneGroupRow> = {
  group: (row, _, { library }) => library.groups.get(row.groupId),
  scene_index: (row) => row.sceneIndex,
};

const videoFile: Fields<FileRow> = {
  ...times,
  ...plain('id', 'path', 'size'),
  basename: (row) => path.basename(row.path),
  zip_file_id: (row) => row.zipFile?.id ?? null,
  zip_file: (row) => row.zipFile,
  mod_time: (row) => row.modTime,
  duration: (row) => row.durationMs / 1000,
  fingerprint: (row, { type }) => (type === undefined ? null : row.fingerprints[type]),
  fingerprints: (row) => Object.entries(row.fingerprints).map(([type, value]) => ({ type, value })),
};

const zipFile: Fields<NonNullable<FileRow['zipFile']>> = {
  ...plain('id', 'path'),
  basename: (row) => path.basename(row.path),
};

const performer: Fields<PerformerRow> = {
  ...times,
  ...plain('id', 'name', 'disambiguation'),
  alias_list: (row) => row.aliases,
};

const studio: Fields<StudioRow> = {
  ...times,
  ...plain('id', 'name', 'urls', 'aliases'),
  parent_studio: (row, _, { library }) => (row.parentId === null ? null : library.studios.get(row.parentId)),
  child_studios: (row, _, { library }) => library.studios.all().filter((each) => each.parentId === row.id),
};

const group: Fields<GroupRow> = { ...times, ...plain('id', 'name') };

const tag: Fields<TagRow> = {
  ...times,
  ...plain('id', 'name', 'description', 'aliases'),
  sort_name: (row) => row.sortName,
  parents: (row, _, { library }) => byName(rowsOf(library.tags, row.parentIds)),
  children: (row, _, { library }) =>
    byName(library.tags.all().filter((each) => each.parentIds.includes(row.id))),
};

const foundScenes: Fields<FoundScenes> = {
  count: (found) => found.all().length,
  duration: (found, _, { library }) => sum(found, (row) => (library.filesOf(row)[0]?.durationMs ?? 0) / 1000),
  filesize: (found, _, { library }) => sum(found, (row) => library.filesOf(row)[0]?.size ?? 0),
  scenes: (found) => found.scenes(),
};

function sum(found: FoundScenes, valueOf: (row: SceneRow) => number): number {
  return found.all().reduce((total, row) => total + valueOf(row), 0);
}

interface FoundEntities {
  readonly count: number;
  readonly rows: readonly unknown[];
}
const foundEntities = (name: string): Fields<FoundEntities> => ({
  count: (found) => found.count,
  [name]: (found) => found.rows,
});

export const fieldResolvers: Readonly<Record<string, Resolvers>> = {
  Scene: scene,
  ScenePathsType: scenePaths,
  SceneGroup: sceneGroup,
  VideoFile: videoFile,
  BasicFile: zipFile,
  Fingerprint: plain<{ type: string; value: string }>('type', 'value'),
  Performer: performer,
  Studio: studio,
  Group: group,
  Tag: tag,
  FindScenesResultType: foundScenes,
  FindPerformersResultType: foundEntities('performers'),
  FindStudiosResultType: foundEntities('studios'),
  FindGroupsResultType: foundEntities('groups'),
  FindTagsResultType: foundEntities('tags'),
};
