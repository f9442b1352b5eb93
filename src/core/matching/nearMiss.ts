import type { Candidate } from '../failure.ts';
import type { SceneFile } from '../scene.ts';
import { type CandidatePart, compareParts, firstOfEachItem, toCandidate } from './candidates.ts';
import { contradictsSize, type PathRules, pathRank } from './evidence.ts';
import { nameKey } from './pathKey.ts';

/** Why a file of Plex came near and is not believed, nearest first. */
export const NEAR_MISS_WORDS = {
  'pinned-other-size': 'chosen by a person, but no file of it has the size of a file of the scene',
  'path-other-size':
    'same path, other size: the file was replaced, and either Stash or Plex has not scanned it since',
  'name-unknown-size': 'same name, but the size is not known on both sides',
  'name-other-size': 'same name, other size',
  'size-other-duration': 'same size, other name and duration',
  'size-unknown-duration': 'same size, other name, and the duration is not known on both sides',
} as const;
type NearMissReason = keyof typeof NEAR_MISS_WORDS;

/** An item that nearly matched: a hint for the person who wonders why it did not. */
export interface NearMiss extends Candidate {
  readonly reason: NearMissReason;
}

/** More would not help anybody choose. */
const MOST_SHOWN = 5;
const REASONS = Object.keys(NEAR_MISS_WORDS) as readonly NearMissReason[];

/** The nearest items, one entry for each. The parts are known to be no evidence for any of the files. */
export function nearMisses(
  files: readonly SceneFile[],
  parts: readonly CandidatePart[],
  rules: PathRules,
): readonly NearMiss[] {
  const found = parts.toSorted(compareParts).flatMap((part) =>
    files.flatMap((file) => {
      const reason = nearMissReason(file, part, rules);
      return reason === null ? [] : [{ ...toCandidate(part), reason }];
    }),
  );
  const nearestFirst = found.toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason));
  return firstOfEachItem(nearestFirst).slice(0, MOST_SHOWN);
}

/** Items that a person chose and that hold none of the scene's files now. */
export function refusedPins(parts: readonly CandidatePart[]): readonly NearMiss[] {
  return firstOfEachItem(parts.toSorted(compareParts)).map((part) => ({
    ...toCandidate(part),
    reason: 'pinned-other-size',
  }));
}

function nearMissReason(file: SceneFile, part: CandidatePart, rules: PathRules): NearMissReason | null {
  if (contradictsSize(file, part) && pathRank(file, part, rules) !== -1) return 'path-other-size';
  if (nameKey(file.path) === nameKey(part.path)) {
    return contradictsSize(file, part) ? 'name-other-size' : 'name-unknown-size';
  }
  if (file.size === null || file.size !== part.size) return null;
  return file.durationMs === null || part.durationMs === null
    ? 'size-unknown-duration'
    : 'size-other-duration';
}
