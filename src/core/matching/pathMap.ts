import { fail, type Result, succeed } from '../result.ts';
import { visibleText } from '../visibleText.ts';
import { joinPath, type SplitPath, samePathKey, splitPath } from './paths.ts';

/** A file below `from` in Stash is the file below `to` in Plex. */
export interface PathMap {
  /** Stash prefix: whole folders, in the style of Stash's host. */
  readonly from: string;
  /** Plex prefix, in the style of Plex's host. */
  readonly to: string;
  /** Pairs of files that voted for it; 0 when a person gave it. */
  readonly support: number;
}

const ARROW = '=>';
const ALLOWED =
  'Stash prefix=>Plex prefix, both absolute, such as /data=>/media, D:\\Videos=>/mnt/videos or \\\\nas\\videos=>/videos';

/** Reads the user's own maps, in their order; or says of each one that is wrong what was found and what is allowed. */
export function parsePathMaps(texts: readonly string[]): Result<readonly PathMap[], readonly string[]> {
  const seen = new Set<string>();
  const maps: PathMap[] = [];
  const problems: string[] = [];
  for (const text of texts) {
    const parsed = parsePathMap(text, seen);
    if (parsed.ok) maps.push(parsed.value);
    else problems.push(`found "${visibleText(text)}", ${parsed.failure}; allowed: ${ALLOWED}`);
  }
  return problems.length === 0 ? succeed(maps) : fail(problems);
}

function parsePathMap(text: string, seen: Set<string>): Result<PathMap, string> {
  const sides = text.split(ARROW).map((side) => side.trim());
  const [from, to] = sides;
  if (from === undefined || to === undefined) return fail(`which has no "${ARROW}"`);
  if (sides.length > 2) return fail(`which has more than one "${ARROW}"`);
  if (from === '' || to === '') return fail(`which has no ${from === '' ? 'Stash' : 'Plex'} prefix`);
  const [source, target] = [splitPath(from), splitPath(to)];
  if (source.root === '') return fail('whose Stash prefix is not absolute');
  if (target.root === '') return fail('whose Plex prefix is not absolute');
  const key = samePathKey(source, source.style !== 'windows');
  if (seen.has(key)) return fail('whose Stash prefix was given before');
  seen.add(key);
  return succeed({ from: joinPath(source), to: joinPath(target), support: 0 });
}

/**
 * Where Plex may have a file of Stash: by each map that fits, in their order, and last the same path. All
 * are tried, since what a map says of a whole folder need not hold for each folder in it.
 */
export function plexPathsOf(stashPath: string, maps: readonly PathMap[]): readonly string[] {
  return rewritesOf(stashPath, maps);
}

/** Where Stash may have a file of Plex: the way back of {@link plexPathsOf}. */
export function stashPathsOf(plexPath: string, maps: readonly PathMap[]): readonly string[] {
  return rewritesOf(
    plexPath,
    maps.map(({ from, to }) => ({ from: to, to: from })),
  );
}

type Rewrite = Pick<PathMap, 'from' | 'to'>;

function rewritesOf(path: string, rewrites: readonly Rewrite[]): readonly string[] {
  const rewritten = rewrites.map((each) => rewrite(splitPath(path), each));
  return [...new Set([...rewritten.filter((result) => result !== null), path])];
}

function rewrite(path: SplitPath, { from, to }: Rewrite): string | null {
  const prefix = splitPath(from);
  if (!startsWith(path, prefix)) return null;
  const target = splitPath(to);
  return joinPath({
    ...target,
    segments: [...target.segments, ...path.segments.slice(prefix.segments.length)],
  });
}

/** By whole folders: `/data` is no prefix of `/database`. */
function startsWith(path: SplitPath, prefix: SplitPath): boolean {
  const regardsCase = path.style === 'posix' && prefix.style === 'posix';
  const start = { ...path, segments: path.segments.slice(0, prefix.segments.length) };
  return samePathKey(start, regardsCase) === samePathKey(prefix, regardsCase);
}
