import { compareTexts } from './compareTexts.ts';
import { nameKey } from './pathKey.ts';
import type { PathMap } from './pathMap.ts';
import { joinPath, type SplitPath, samePathKey, sharedEnd, splitPath } from './paths.ts';

/** One file as both sides name it: equal in name and size, or linked already (the size may be null then). */
export interface PathPair {
  readonly stash: string;
  readonly plex: string;
  readonly size: number | null;
}

/** Two files may lie alike by chance, three hardly do. Where fewer are known at all, they must be of one mind. */
const ENOUGH_PAIRS = 3;
/** Folders of one path that are looked at: the work grows with their square, and no person's files lie so deep. */
const DEEPEST = 64;
/** The rest may be moved files and mounts within the mount. More than half, so that one target wins. */
const ENOUGH_SHARE = 0.6;

/**
 * Learns how Stash's folders become Plex's. Each pair votes, for every Stash folder above it, for the Plex
 * folder that would explain it. From the root down, a folder gets a map when enough of the pairs below it
 * agree on a target that the map above does not give already: so the shortest prefixes win, and a mount
 * within a mount gets a map of its own. The same path on both sides needs no map.
 *
 * Give it all pairs of a name and size: what occurs several times on either side proves nothing.
 *
 * @returns longest Stash prefix first, the order in which maps are tried.
 */
export function inferPathMaps(pairs: readonly PathPair[]): readonly PathMap[] {
  const voters = votersAmong(pairs);
  const roots = new Map<string, Folder>();
  for (const voter of voters) vote(voter, roots);
  const needed = Math.min(ENOUGH_PAIRS, voters.length);
  return [...roots.values()]
    .flatMap((root) => mapsBelow(root, root.path, needed))
    .toSorted((a, b) => b.from.segments.length - a.from.segments.length)
    .map(({ from, to, support }) => ({ from: joinPath(from), to: joinPath(to), support }));
}

// ── Who votes ────────────────────────────────────────────────────────────────────────────────────────

interface Voter {
  readonly stash: SplitPath;
  readonly plex: SplitPath;
}

function votersAmong(pairs: readonly PathPair[]): readonly Voter[] {
  const named = pairs.filter((pair) => nameKey(pair.stash) === nameKey(pair.plex)).toSorted(comparePairs);
  // An item in two libraries, or a link beside the files that made it, brings the same pair twice.
  const distinct = [...new Map(named.map((pair) => [fileKeys(pair).join('\n'), pair])).values()];
  const counts = new Map<string, number>();
  for (const key of distinct.flatMap(uniqueKeys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return distinct
    .filter((pair) => uniqueKeys(pair).every((key) => counts.get(key) === 1))
    .map((pair) => ({ stash: splitPath(pair.stash), plex: splitPath(pair.plex) }))
    .filter(({ stash, plex }) => stash.root !== '' && plex.root !== '')
    .filter(({ stash, plex }) => Math.max(stash.segments.length, plex.segments.length) <= DEEPEST);
}

/** Sorted, so that neither the maps nor their spelling depend on the order in which pairs were found. */
function comparePairs(a: PathPair, b: PathPair): number {
  return compareTexts(a.stash, b.stash) || compareTexts(a.plex, b.plex) || (a.size ?? -1) - (b.size ?? -1);
}

const fileKeys = ({ stash, plex }: PathPair): readonly string[] => [
  `stash ${folderKey(splitPath(stash))}`,
  `plex ${folderKey(splitPath(plex))}`,
];

/** What may occur in one pair only: either file, and the name with the size. */
const uniqueKeys = (pair: PathPair): readonly string[] =>
  pair.size === null ? fileKeys(pair) : [...fileKeys(pair), `size ${pair.size} ${nameKey(pair.stash)}`];

// ── The vote ─────────────────────────────────────────────────────────────────────────────────────────

/** A folder of Stash, and what the pairs below it say of the Plex folder it is. */
interface Folder {
  readonly path: SplitPath;
  pairs: number;
  readonly targets: Map<string, Target>;
  readonly children: Map<string, Folder>;
}

interface Target {
  readonly path: SplitPath;
  votes: number;
}

function vote({ stash, plex }: Voter, roots: Map<string, Folder>): void {
  const stashFolders = stash.segments.slice(0, -1);
  const plexFolders = plex.segments.slice(0, -1);
  const shared = sharedEnd(stashFolders, plexFolders, plex.style === 'posix');
  let siblings = roots;
  for (let depth = 0; depth <= stashFolders.length; depth++) {
    const folder = folderAt({ ...stash, segments: stashFolders.slice(0, depth) }, siblings);
    folder.pairs += 1;
    const below = stashFolders.length - depth;
    if (below <= shared) {
      addVote({ ...plex, segments: plexFolders.slice(0, plexFolders.length - below) }, folder.targets);
    }
    siblings = folder.children;
  }
}

function folderAt(path: SplitPath, siblings: Map<string, Folder>): Folder {
  const key = folderKey(path);
  const folder = siblings.get(key) ?? { path, pairs: 0, targets: new Map(), children: new Map() };
  siblings.set(key, folder);
  return folder;
}

function addVote(path: SplitPath, targets: Map<string, Target>): void {
  const key = folderKey(path);
  const target = targets.get(key) ?? { path, votes: 0 };
  target.votes += 1;
  targets.set(key, target);
}

/** By the shape of the path: a deeper map than needed works, one that rests on the wrong case does not. */
const folderKey = (path: SplitPath): string => samePathKey(path, path.style === 'posix');

// ── The count ────────────────────────────────────────────────────────────────────────────────────────

interface Found {
  readonly from: SplitPath;
  readonly to: SplitPath;
  readonly support: number;
}

/** @param expected where the folder is in Plex by the maps above it; by none, it is where Stash has it. */
function mapsBelow(folder: Folder, expected: SplitPath, needed: number): readonly Found[] {
  const winner = [...folder.targets.values()].find(
    ({ votes }) => votes >= needed && votes >= folder.pairs * ENOUGH_SHARE,
  );
  const isNews = winner !== undefined && folderKey(winner.path) !== folderKey(expected);
  const own: Found[] = isNews ? [{ from: folder.path, to: winner.path, support: winner.votes }] : [];
  const target = isNews ? winner.path : expected;
  const below = [...folder.children.values()].flatMap((child) => {
    const name = child.path.segments.at(-1) ?? '';
    return mapsBelow(child, { ...target, segments: [...target.segments, name] }, needed);
  });
  return [...own, ...below];
}
