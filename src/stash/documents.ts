import type { EntityId, SceneId } from '../core/ids.ts';
import type { EntityKind } from '../core/scene.ts';

/** What differs between the versions of Stash that we speak to. */
export interface StashFeatures {
  /** How a file says that it lies in a zip: `zip_file_id` came first and is deprecated since 0.30. */
  readonly zipField: 'zip_file_id' | 'zip_file' | null;
  /** Tags have a sort name since 0.28. */
  readonly hasTagSortName: boolean;
}

/** What Stash looks up for each tag or performer by itself, and so is asked for where a setting needs it alone. */
export interface SceneExtras {
  readonly tagAliases: boolean;
  readonly performerAliases: boolean;
}

/** Right from v0.27 to v0.30 at least, so that it is asked about only when Stash refuses a document. */
export const ASSUMED_FEATURES: StashFeatures = { zipField: 'zip_file_id', hasTagSortName: true };

/** What each document below needs. All of it is there since v0.27, the oldest version we speak to. */
export const REQUIRED_FIELDS = {
  Scene: [
    'id',
    'title',
    'code',
    'details',
    'director',
    'date',
    'rating100',
    'organized',
    'updated_at',
    'studio',
    'performers',
    'tags',
    'groups',
    'files',
  ],
  VideoFile: ['path', 'basename', 'size', 'duration', 'fingerprints'],
  SceneFilterType: ['id', 'path', 'performers', 'studios', 'tags', 'groups'],
} as const;

/** Deprecated fields are hidden from introspection unless asked for. */
export const PROBE = `query PlexSyncProbe {
  version { version }
  systemStatus { status }
  Scene: __type(name: "Scene") { fields(includeDeprecated: true) { name } }
  Tag: __type(name: "Tag") { fields { name } }
  VideoFile: __type(name: "VideoFile") { fields(includeDeprecated: true) { name } }
  SceneFilterType: __type(name: "SceneFilterType") { inputFields { name } }
}`;

/**
 * Reads scenes by aliases, since `findScenes(ids:)` fails as a whole when one is missing (stash reference
 * §3.2), at the same cost. Ids go as variables: Stash keeps the last 1,000 documents parsed, and so meets
 * only as many as there are counts.
 */
export function readScenesDocument(count: number, known: SceneKnowledge): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const parameters = indices.map((index) => `$id${index}: ID!`).join(', ');
  const fields = indices.map((index) => `  ${aliasOf(index)}: findScene(id: $id${index}) { ...SceneFields }`);
  return `query PlexSyncReadScenes(${parameters}) {\n${fields.join('\n')}\n}\n${sceneFields(known)}`;
}

export const aliasOf = (index: number): string => `scene${index}`;

export const idVariables = (ids: readonly SceneId[]): Readonly<Record<string, SceneId>> =>
  Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));

export const PLUGINS = `query PlexSyncPlugins { plugins { id name enabled } }`;

/** `count` costs a query of its own, so that it is asked for alone. */
export const COUNT_SCENES = `query PlexSyncCountScenes { findScenes(filter: { per_page: 1 }) { count } }`;

export const FIND_STAMPS = findScenes('id updated_at');
export const FIND_IDS = findScenes('id');
export const findWholeScenes = (known: SceneKnowledge): string =>
  `${findScenes('...SceneFields')}\n${sceneFields(known)}`;

/** Each ADD, UPDATE and REMOVE of a job; only the last is looked at, and nothing chooses it on Stash's side. */
export const JOBS = `subscription PlexSyncJobs { jobsSubscribe { type job { description } } }`;
export const SCANS = `subscription PlexSyncScans { scanCompleteSubscribe }`;

/** In aliases of our own, so that one decoder reads all kinds. `updated_at` and the sort by it: since long. */
export const newestEntitiesDocument = (kind: EntityKind): string =>
  `query PlexSyncNewest${capital(kind)}s($page: FindFilterType!) {
  found: find${capital(kind)}s(filter: $page) { entities: ${kind}s { id updated_at } }
}`;

export const entityStampDocument = (kind: EntityKind): string =>
  `query PlexSync${capital(kind)}Stamp($id: ID!) { entity: find${capital(kind)}(id: $id) { id updated_at } }`;

/** LIKE finds more than the name itself (§3.2): names are compared again. */
export const TAGS_NAMED = `query PlexSyncTagsNamed($name: String!) {
  found: findTags(tag_filter: { name: { value: $name, modifier: EQUALS } }, filter: { per_page: -1 }) {
    entities: tags { id name }
  }
}`;

export const TAGS_BELOW = `query PlexSyncTagsBelow($ids: [ID!]!) {
  found: findTags(
    tag_filter: { parents: { value: $ids, modifier: INCLUDES, depth: -1 } }
    filter: { per_page: -1 }
  ) { entities: tags { id name } }
}`;

const capital = (kind: EntityKind): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

function findScenes(selection: string): string {
  return `query PlexSyncFindScenes($page: FindFilterType!, $which: SceneFilterType!) {
  findScenes(filter: $page, scene_filter: $which) { scenes { ${selection} } }
}`;
}

export type SceneKnowledge = StashFeatures & SceneExtras;

function sceneFields({ zipField, hasTagSortName, tagAliases, performerAliases }: SceneKnowledge): string {
  const zip = { zip_file_id: 'zip_file_id', zip_file: 'zip_file { id }', none: '' }[zipField ?? 'none'];
  return `fragment SceneFields on Scene {
  id title code details director date rating100 organized updated_at
  studio { id name parent_studio { id name parent_studio { id name parent_studio { id name parent_studio { id name } } } } }
  performers { id name disambiguation${performerAliases ? ' alias_list' : ''} }
  tags { id name${hasTagSortName ? ' sort_name' : ''}${tagAliases ? ' aliases' : ''} }
  groups { group { id name } }
  files { path basename size duration fingerprints { type value } ${zip} }
}`;
}

/** Paging by id does not skip scenes that change meanwhile, as paging by offset does (stash reference §3.2). */
export const pageById = (limit: number): Variables => ({ sort: 'id', direction: 'ASC', per_page: limit });

export const newestFirst = (page: number, perPage: number): Variables => ({
  sort: 'updated_at',
  direction: 'DESC',
  page,
  per_page: perPage,
});

export const afterId = (id: SceneId | null): Variables => ({
  id: { value: Number(id ?? 0), modifier: 'GREATER_THAN' },
});

/** Studios and tags with all below them: a scene shows the parents of neither, but is filed under them. */
export function carrying(kind: EntityKind, id: EntityId): Variables {
  const includes = { value: [id], modifier: 'INCLUDES' };
  switch (kind) {
    case 'performer':
      return { performers: includes };
    case 'group':
      return { groups: includes };
    case 'studio':
      return { studios: { ...includes, depth: -1 } };
    case 'tag':
      return { tags: { ...includes, depth: -1 } };
  }
}

/** Finds more than asked for, as LIKE does with `%`, `_` and case; unquoted, any word would do (§3.2). */
export const pathIncludes = (text: string): Variables => ({
  path: { value: `"${text}"`, modifier: 'INCLUDES' },
});

export type Variables = Readonly<Record<string, unknown>>;
