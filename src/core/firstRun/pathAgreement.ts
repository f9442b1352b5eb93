import { fileFingerprint } from '../matching/pairFiles.ts';
import { pathKey } from '../matching/pathKey.ts';
import { type PathMap, plexPathsOf } from '../matching/pathMap.ts';
import type { SceneFile } from '../scene.ts';

/** A file as Plex has it. */
interface PlexFile {
  readonly path: string;
  readonly size: number | null;
}

/** How well path maps explain where Plex has the files of Stash. */
export interface PathAgreement {
  /** Files of Stash that were looked for. */
  readonly looked: number;
  /** Of these, files that Plex has by name and size. */
  readonly common: number;
  /** Of these, files that Plex has just where the maps, or the same path, say. */
  readonly agreeing: number;
  /** Of those that agree, by map in the order of the maps. What agrees by more than one counts for the first. */
  readonly byMap: readonly number[];
  /** One that does not agree, or is not in Plex at all, to look at; null when all agree. */
  readonly example: { readonly stash: string; readonly plex: string | null } | null;
}

/** What can be in Plex as a file of its own, and be told by its size. */
export const isComparable = ({ size, isInZip }: SceneFile): boolean => size !== null && !isInZip;

/** @param parts of Plex, at least all that share their name with one of the files */
export function pathAgreement(
  files: readonly SceneFile[],
  parts: readonly PlexFile[],
  maps: readonly PathMap[],
): PathAgreement {
  const twins = Map.groupBy(parts, fileFingerprint);
  const byMap = maps.map(() => 0);
  let [common, agreeing, looked] = [0, 0, 0];
  let astray: PathAgreement['example'] = null;
  let missing: PathAgreement['example'] = null;
  for (const file of files.filter(isComparable)) {
    looked += 1;
    const found = twins.get(fileFingerprint(file)) ?? [];
    const [twin] = found;
    if (twin === undefined) {
      missing ??= { stash: file.path, plex: null };
      continue;
    }
    common += 1;
    const places = new Set(found.map(({ path }) => pathKey(path)));
    const isAgreeing = plexPathsOf(file.path, maps).some((path) => places.has(pathKey(path)));
    if (isAgreeing) agreeing += 1;
    else astray ??= { stash: file.path, plex: twin.path };
    const map = maps.findIndex((each) => agreesBy(file.path, each, places));
    if (map >= 0) byMap[map] = (byMap[map] ?? 0) + 1;
  }
  return { looked, common, agreeing, byMap, example: astray ?? missing };
}

/** The same path is tried last whatever the map says, so it is no merit of the map. */
const agreesBy = (path: string, map: PathMap, places: ReadonlySet<string>): boolean => {
  const [mapped = path] = plexPathsOf(path, [map]);
  return mapped !== path && places.has(pathKey(mapped));
};
