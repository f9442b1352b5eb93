import { pathKey } from './pathKey.ts';
import { type PathMap, plexPathsOf } from './pathMap.ts';

/** How many of these files the map leads from where Stash has them to where Plex does. */
export function fittingFiles(
  map: PathMap,
  files: readonly { readonly stash: string; readonly plex: string }[],
): number {
  return files.filter(({ stash, plex }) =>
    // The unchanged path comes last, and is no merit of the map.
    plexPathsOf(stash, [map])
      .slice(0, -1)
      .some((path) => pathKey(path) === pathKey(plex)),
  ).length;
}
