import type { Part } from '../item.ts';
import type { Evidence } from '../link.ts';
import type { SceneFile } from '../scene.ts';
import { nameKey } from './pathKey.ts';
import { type PathMap, plexPathsOf } from './pathMap.ts';
import { isCaseSensitivePath, samePathKey } from './paths.ts';

/** How paths of Stash and Plex are compared. */
export interface PathRules {
  /** The user's own ones, or else inferred ones; tried in this order, then the same path. */
  readonly maps: readonly PathMap[];
  /** Null: not known, so judged by the shape of each path. */
  readonly isPlexCaseSensitive: boolean | null;
}

export interface FileEvidence {
  readonly evidence: Exclude<Evidence, 'pinned'>;
  /** For `path`: which of the paths that were tried it is; an earlier one is the better founded. */
  readonly rank: number;
}

/**
 * Stash takes the duration from ffprobe, Plex from its own analysis; on the same file they differ by
 * rounding and by the tail of a longer audio track. The size, equal to the byte, carries the proof.
 */
const DURATION_TOLERANCE_MS = 1_000;

export const EVIDENCE_WORDS: { readonly [Level in Evidence]: string } = {
  pinned: 'chosen by a person',
  path: 'same path',
  'name-and-size': 'same file name and size',
  'size-and-duration': 'same size and duration',
};

/** Both sizes are known, and they differ: whatever else agrees, it is not the same file now. */
export function contradictsSize(file: SceneFile, part: Part): boolean {
  return file.size !== null && part.size !== null && file.size !== part.size;
}

/** The strongest reason to believe that the two are one file; null for none. Never a title. */
export function evidenceOf(file: SceneFile, part: Part, rules: PathRules): FileEvidence | null {
  if (contradictsSize(file, part)) return null;
  const rank = pathRank(file, part, rules);
  if (rank !== -1) return { evidence: 'path', rank };
  if (file.size === null || part.size === null) return null;
  if (nameKey(file.path) === nameKey(part.path)) return { evidence: 'name-and-size', rank: 0 };
  return isDurationEqual(file, part) ? { evidence: 'size-and-duration', rank: 0 } : null;
}

/** Which of the paths that Plex may have the file at is the part's; -1 for none. */
export function pathRank(file: SceneFile, part: Part, { maps, isPlexCaseSensitive }: PathRules): number {
  const isCaseSensitive = isCaseSensitivePath(part.path, isPlexCaseSensitive);
  const key = samePathKey(part.path, isCaseSensitive);
  return plexPathsOf(file.path, maps).findIndex((path) => samePathKey(path, isCaseSensitive) === key);
}

function isDurationEqual(file: SceneFile, part: Part): boolean {
  if (file.durationMs === null || part.durationMs === null) return false;
  return Math.abs(file.durationMs - part.durationMs) <= DURATION_TOLERANCE_MS;
}
