import type { PathMap } from './pathMap.ts';
import { foldCase, joinPath, type SplitPath, sharedEnd, splitPath } from './paths.ts';

/**
 * The path map under which the one path is the other: what both end in is left out, so that it serves as many files
 * as it can. Null when none can: a map does not change file names, and the same path needs none.
 */
export function mapBetween(stashPath: string, plexPath: string): PathMap | null {
  const [stash, plex] = [splitPath(stashPath), splitPath(plexPath)];
  if (stash.root === '' || plex.root === '') return null;
  // As strict as can be: a map that goes deeper than needed works, one that rests on the wrong case may not.
  const folders = sharedEnd(stash.segments.slice(0, -1), plex.segments.slice(0, -1), plex.style === 'posix');
  if (foldCase(nameOf(stash)) !== foldCase(nameOf(plex))) return null;
  const from = joinPath(withoutEnd(stash, folders + 1));
  const to = joinPath(withoutEnd(plex, folders + 1));
  return from === to ? null : { from, to, support: 0 };
}

const nameOf = ({ segments }: SplitPath): string => segments.at(-1) ?? '';

const withoutEnd = (path: SplitPath, count: number): SplitPath => ({
  ...path,
  segments: path.segments.slice(0, path.segments.length - count),
});
