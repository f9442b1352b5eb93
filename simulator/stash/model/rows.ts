/** What the simulated Stash keeps. Times are as it prints them, see serverTime.ts. */
interface Row {
  readonly id: number;
  createdAt: string;
  updatedAt: string;
}

export interface SceneRow extends Row {
  /** Empty for a scanned, unedited scene. */
  title: string;
  code: string;
  details: string;
  director: string;
  urls: readonly string[];
  date: string | null;
  rating100: number | null;
  organized: boolean;
  studioId: number | null;
  performerIds: readonly number[];
  tagIds: readonly number[];
  groups: readonly SceneGroupRow[];
  /** The first is the primary file. */
  fileIds: readonly number[];
}

export interface SceneGroupRow {
  readonly groupId: number;
  readonly sceneIndex: number | null;
}

export interface FileRow extends Row {
  path: string;
  size: number;
  durationMs: number;
  /** By type: always `oshash`, sometimes `md5`, `phash`. */
  fingerprints: Readonly<Record<string, string>>;
  modTime: string;
  /** The zip file that holds it. */
  zipFile: { readonly id: number; readonly path: string } | null;
}

export interface PerformerRow extends Row {
  name: string;
  disambiguation: string;
  aliases: readonly string[];
}

export interface StudioRow extends Row {
  name: string;
  urls: readonly string[];
  aliases: readonly string[];
  parentId: number | null;
}

export interface GroupRow extends Row {
  name: string;
}

export interface TagRow extends Row {
  name: string;
  sortName: string;
  description: string;
  aliases: readonly string[];
  parentIds: readonly number[];
}

/** A new row: times are set when it is added. */
export type New<Kind extends Row> = Omit<Kind, 'id' | 'createdAt' | 'updatedAt'>;
