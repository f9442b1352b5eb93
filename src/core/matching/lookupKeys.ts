import type { SceneFile } from '../scene.ts';
import { nameKey, pathKey } from './pathKey.ts';
import { type PathMap, plexPathsOf } from './pathMap.ts';

/** What to ask the index for: every part that could be evidence for one of the files is found by one of them. */
export interface LookupKeys {
  readonly pathKeys: readonly string[];
  readonly nameKeys: readonly string[];
  readonly sizes: readonly number[];
}

/** For the files of many scenes at once. Members of zip files are left out: Plex cannot have them. */
export function lookupKeys(files: readonly SceneFile[], maps: readonly PathMap[]): LookupKeys {
  const sought = files.filter((file) => !file.isInZip);
  return {
    pathKeys: distinct(sought.flatMap((file) => plexPathsOf(file.path, maps).map(pathKey))),
    nameKeys: distinct(sought.map((file) => nameKey(file.path))),
    sizes: distinct(sought.flatMap((file) => (file.size === null ? [] : [file.size]))),
  };
}

const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];
