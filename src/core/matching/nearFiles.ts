import type { Candidate } from '../failure.ts';
import { itemKeyText } from '../item.ts';
import type { SceneFile } from '../scene.ts';
import { type CandidatePart, compareParts, firstOfEachItem, toCandidate } from './candidates.ts';
import { contradictsSize, EVIDENCE_WORDS, evidenceOf, type PathRules } from './evidence.ts';
import { mapBetween } from './mapBetween.ts';
import { NEAR_MISS_WORDS, nearMisses } from './nearMiss.ts';
import { nameKey } from './pathKey.ts';
import type { PathMap } from './pathMap.ts';

/** An item that a person may take for the scene's, with what speaks for it and against it. */
export interface NearFile extends Candidate {
  readonly words: string;
  /** No file of it has a known size that is none of the scene's: a person may choose it. */
  readonly mayBePinned: boolean;
  /** The path map under which its path would be the scene's, where that alone is wanting. */
  readonly map: PathMap | null;
}

/** Fewer letters than this are the beginning of too much. */
const SHORTEST_BEGINNING = 4;
/** Of the words of both names, so many must be in each. */
const ENOUGH_LIKENESS = 0.5;
const MOST_SHOWN = 5;

/**
 * Beginnings of the names of files to ask the index for, the longest first: names are stored folded and sorted, so that
 * a beginning is found fast in a library of any size. The first that finds something is enough.
 */
export function nameBeginnings(path: string): readonly string[] {
  const stem = stemOf(path);
  const lengths = [1, 0.75, 0.5, 0.25].map((share) => Math.ceil(stem.length * share));
  return [...new Set(lengths.map((length) => stem.slice(0, length)))].filter(
    (beginning) => beginning.length >= Math.min(SHORTEST_BEGINNING, stem.length) && beginning !== '',
  );
}

/** What comes nearest to a scene that matches nothing, the nearest first, one entry for each item. */
export function nearFiles(
  files: readonly SceneFile[],
  parts: readonly CandidatePart[],
  rules: PathRules,
): readonly NearFile[] {
  const sought = files.filter((file) => !file.isInZip);
  const missed = nearMisses(sought, parts, rules).map((miss) => ({
    ...miss,
    words: NEAR_MISS_WORDS[miss.reason],
  }));
  const known = new Set(missed.map(({ item }) => itemKeyText(item)));
  const similar = firstOfEachItem(
    parts
      .toSorted(compareParts)
      .filter(({ item }) => !known.has(itemKeyText(item)))
      .map((part) => ({ part, item: part.item, likeness: likenessOf(sought, part) }))
      .filter(({ likeness }) => likeness >= ENOUGH_LIKENESS)
      .toSorted((a, b) => b.likeness - a.likeness),
  ).map(({ part }) => ({
    ...toCandidate(part),
    words: sought.some((file) => !contradictsSize(file, part))
      ? 'similar file name'
      : 'similar file name, other size',
  }));
  return [...missed, ...similar]
    .slice(0, MOST_SHOWN)
    .map(({ item, title, path, size, durationMs, words }) =>
      judged({ item, title, path, size, durationMs }, { words, sought, parts }),
    );
}

/** Items that match equally well, or that another scene owns, as the failure named them. */
export function knownCandidates(
  candidates: readonly Candidate[],
  files: readonly SceneFile[],
  { parts, rules }: { readonly parts: readonly CandidatePart[]; readonly rules: PathRules },
): readonly NearFile[] {
  const sought = files.filter((file) => !file.isInZip);
  return candidates.map((candidate) => {
    const own = parts.filter(({ item }) => itemKeyText(item) === itemKeyText(candidate.item));
    const levels = sought.flatMap((file) =>
      own.flatMap((part) => evidenceOf(file, part, rules)?.evidence ?? []),
    );
    const words = [...new Set(levels)].map((level) => EVIDENCE_WORDS[level]).join('; ');
    return judged(candidate, { words, sought, parts });
  });
}

function judged(
  candidate: Candidate,
  context: {
    readonly words: string;
    readonly sought: readonly SceneFile[];
    readonly parts: readonly CandidatePart[];
  },
): NearFile {
  const { words, sought, parts } = context;
  const own = parts.filter(({ item }) => itemKeyText(item) === itemKeyText(candidate.item));
  const fitting = sought.flatMap((file) =>
    own.filter((part) => !contradictsSize(file, part)).map((part) => ({ file, part })),
  );
  const maps = fitting.flatMap(({ file, part }) => mapBetween(file.path, part.path) ?? []);
  return { ...candidate, words, mayBePinned: fitting.length > 0, map: maps[0] ?? null };
}

// ── Names ────────────────────────────────────────────────────────────────────────────────────────────

const stemOf = (path: string): string => nameKey(path).replace(/(?<=.)\.[^.]*$/u, '');

const wordsOf = (path: string): ReadonlySet<string> =>
  new Set(stemOf(path).match(/[\p{Letter}\p{Number}]+/gu) ?? []);

/** In [0, 1]: the share of words that two names have in common (Dice). */
function likenessOf(files: readonly SceneFile[], { path }: CandidatePart): number {
  const words = wordsOf(path);
  return Math.max(
    0,
    ...files.map((file) => {
      const own = wordsOf(file.path);
      const shared = [...own].filter((word) => words.has(word)).length;
      return own.size + words.size === 0 ? 0 : (2 * shared) / (own.size + words.size);
    }),
  );
}
