import { readId } from '../find/relatedIds.ts';
import type { SceneGroupRow, SceneRow } from '../model/rows.ts';
import {
  type BulkChange,
  bulkApply,
  type ChangeRules,
  performers,
  readReferences,
  type SceneChange,
  type SceneInput,
  sceneChange,
} from './sceneChange.ts';

export interface SceneUpdate extends SceneInput {
  readonly id: string;
  readonly primary_file_id?: string | null;
}

interface BulkIds {
  readonly ids?: readonly string[] | null;
  readonly mode: BulkChange<string>['mode'];
}

export interface BulkSceneUpdate extends Omit<SceneInput, 'urls' | 'performer_ids' | 'tag_ids' | 'groups'> {
  readonly ids?: readonly string[] | null;
  readonly urls?: {
    readonly values?: readonly string[] | null;
    readonly mode: BulkChange<string>['mode'];
  } | null;
  readonly performer_ids?: BulkIds | null;
  readonly tag_ids?: BulkIds | null;
  readonly group_ids?: BulkIds | null;
}

export function createScene(input: SceneInput, rules: ChangeRules): SceneRow {
  const change = sceneChange(input, rules);
  if (!change.title) throw new Error('title must be set if scene has no files');
  return rules.library.addScene(change);
}

/** All or none, as in one transaction. Each counts as an edit, even one that changes nothing. */
export function updateScenes(inputs: readonly SceneUpdate[], rules: ChangeRules): readonly SceneRow[] {
  const planned = inputs.map((input) => {
    const scene = requireScene(convertId(input.id, 'id'), rules);
    return { scene, change: updateOf(scene, { input, rules }) };
  });
  for (const { scene, change } of planned) rules.library.editScene(scene, change);
  return planned.map(({ scene }) => scene);
}

/** As `updateScenes`; a scene named twice is edited, and told of, twice. */
export function bulkUpdateScenes(input: BulkSceneUpdate, rules: ChangeRules): readonly SceneRow[] {
  const { library } = rules;
  const { ids, urls, performer_ids, tag_ids, group_ids, ...plain } = input;
  const scenes = (ids ?? []).map((id) => {
    const scene = library.scenes.get(convertId(id, 'ids'));
    if (scene === undefined) throw new Error('sql: no rows in result set');
    return scene;
  });
  const change = sceneChange(plain, rules);
  const tags = tag_ids && { mode: tag_ids.mode, values: readReferences(tag_ids.ids ?? [], library.tags) };
  const people = performer_ids && {
    mode: performer_ids.mode,
    values: performers(performer_ids.ids ?? [], library),
  };
  const groups = group_ids && {
    mode: group_ids.mode,
    values: readReferences(group_ids.ids ?? [], library.groups),
  };
  for (const scene of scenes) {
    library.editScene(scene, {
      ...change,
      ...(urls && { urls: bulkApply(scene.urls, { mode: urls.mode, values: urls.values ?? [] }) }),
      ...(tags && { tagIds: bulkApply(scene.tagIds, tags) }),
      ...(people && { performerIds: bulkApply(scene.performerIds, people).toSorted((a, b) => a - b) }),
      ...(groups && { groups: bulkGroups(scene.groups, groups) }),
    });
  }
  return scenes;
}

/** Moves the files of the sources to the destination; the sources vanish (stash reference §2.6: no hook says so). */
export function mergeScenes(
  input: {
    readonly source: readonly string[];
    readonly destination: string;
    readonly values?: SceneUpdate | null;
  },
  rules: ChangeRules,
): SceneRow {
  const { library } = rules;
  const destinationId = convertId(input.destination, 'destination id');
  const sourceIds = [...new Set(input.source.map((id) => convertId(id, 'source ids')))];
  if (sourceIds.includes(destinationId)) throw new Error('destination scene cannot be in source list');
  const sources = sourceIds.map((id) => {
    const source = library.scenes.get(id);
    if (source === undefined) throw new Error(`finding source scenes: scene with id ${id} not found`);
    return source;
  });
  const destination = requireScene(destinationId, rules);
  const change = input.values ? sceneChange(input.values, rules) : {};
  const fileIds = [...destination.fileIds, ...sources.flatMap((source) => source.fileIds)];
  library.editScene(destination, { ...change, fileIds });
  for (const source of sources) library.scenes.delete(source.id);
  return destination;
}

/** What was there of it when it went. */
export interface DestroyedScene {
  readonly id: number;
  readonly path: string;
  readonly oshash: string;
  readonly checksum: string;
}

/** All or none. The files stay known to Stash, without a scene. */
export function destroyScenes(ids: readonly string[], rules: ChangeRules): readonly DestroyedScene[] {
  const { library } = rules;
  const scenes = ids.map((id) => requireScene(convertId(id, 'id'), rules));
  return scenes.map((scene) => {
    const [primary] = library.filesOf(scene);
    library.scenes.delete(scene.id);
    return {
      id: scene.id,
      path: primary?.path ?? '',
      oshash: primary?.fingerprints['oshash'] ?? '',
      checksum: primary?.fingerprints['md5'] ?? '',
    };
  });
}

function updateOf(scene: SceneRow, parts: { input: SceneUpdate; rules: ChangeRules }): SceneChange {
  const { input, rules } = parts;
  const change = sceneChange(input, rules);
  if (change.title === '' && scene.fileIds.length === 0)
    throw new Error('title must be set if scene has no files');
  if (!input.primary_file_id) return change;
  const fileId = convertId(input.primary_file_id, 'primary file id');
  if (!scene.fileIds.includes(fileId)) throw new Error(`file with id ${fileId} not associated with scene`);
  return { ...change, fileIds: [fileId, ...scene.fileIds.filter((id) => id !== fileId)] };
}

function bulkGroups(current: readonly SceneGroupRow[], change: BulkChange<number>): readonly SceneGroupRow[] {
  const ids = bulkApply(
    current.map((each) => each.groupId),
    change,
  );
  return ids.map(
    (groupId) => current.find((each) => each.groupId === groupId) ?? { groupId, sceneIndex: null },
  );
}

function requireScene(id: number, { library }: ChangeRules): SceneRow {
  const scene = library.scenes.get(id);
  if (scene === undefined) throw new Error(`scene with id ${id} not found`);
  return scene;
}

function convertId(id: string, what: string): number {
  try {
    return readId(id);
  } catch (error) {
    throw new Error(`converting ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
