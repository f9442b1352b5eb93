/**
 * Paths as data. They come from other machines, so that Node's `path`, which knows its own host's rules
 * only, is no help: Stash and Plex print paths as their hosts see them (plex reference §2).
 */
export interface SplitPath {
  readonly style: PathStyle;
  /** `/`, `D:/` or `//host/`, always with slashes; empty for a relative path. */
  readonly root: string;
  /** Folders and file name; none is empty. */
  readonly segments: readonly string[];
}

type PathStyle = 'posix' | 'windows';

const WINDOWS = /^(?:[A-Za-z]:(?:[\\/]|$)|\\\\)/;
const DRIVE = /^[A-Za-z]:/;
const UNC = /^[\\/]{2,}([^\\/]+)/;

/** Has a drive letter, or starts as a UNC path with backslashes. */
export function looksLikeWindows(path: string): boolean {
  return WINDOWS.test(path);
}

/** Backslashes part segments in Windows paths only: elsewhere they are letters like any other. */
export function splitPath(path: string): SplitPath {
  const style: PathStyle = looksLikeWindows(path) ? 'windows' : 'posix';
  const { root, rest } = cutRoot(path, style);
  const segments = rest.split(style === 'windows' ? /[\\/]+/ : /\/+/).filter((segment) => segment !== '');
  return { style, root, segments };
}

function cutRoot(path: string, style: PathStyle): { root: string; rest: string } {
  if (style === 'windows' && DRIVE.test(path)) return { root: `${path.slice(0, 2)}/`, rest: path.slice(2) };
  const host = UNC.exec(path);
  if (host !== null) return { root: `//${host[1]}/`, rest: path.slice(host[0].length) };
  return path.startsWith('/') ? { root: '/', rest: path } : { root: '', rest: path };
}

/** The opposite of {@link splitPath}: in the path's own style, no separator at the end but the root's. */
export function joinPath({ style, root, segments }: SplitPath): string {
  return style === 'windows' ? root.replaceAll('/', '\\') + segments.join('\\') : root + segments.join('/');
}

/** Two names that a host without regard to case takes for one have the same fold. */
export function foldCase(name: string): string {
  // Lower case may leave a decomposed letter behind, so that the form is made last as well as first.
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

/** Equal for two segments that are one name, whatever the Unicode form, and the case if it does not count. */
function segmentKey(segment: string, isCaseSensitive: boolean): string {
  return isCaseSensitive ? segment.normalize('NFC') : foldCase(segment);
}

/** Equal for two paths that name one file; drive letters and host names never regard case. */
export function samePathKey(path: string | SplitPath, isCaseSensitive: boolean): string {
  const { root, segments } = typeof path === 'string' ? splitPath(path) : path;
  return foldCase(root) + segments.map((segment) => segmentKey(segment, isCaseSensitive)).join('/');
}

/**
 * Whether case counts in this path of Plex. Null, when the platform of the Plex host is not known, goes by
 * the path's shape: Windows does not regard case. [U] for macOS, whose paths look like any other's.
 */
export function isCaseSensitivePath(path: string, isPlexCaseSensitive: boolean | null): boolean {
  return isPlexCaseSensitive ?? !looksLikeWindows(path);
}

/** How many segments are the same, counted from the last one up. */
export function sharedEnd(
  one: readonly string[],
  other: readonly string[],
  isCaseSensitive: boolean,
): number {
  const most = Math.min(one.length, other.length);
  for (let shared = 0; shared < most; shared++) {
    const [here, there] = [one.at(-1 - shared) ?? '', other.at(-1 - shared) ?? ''];
    if (segmentKey(here, isCaseSensitive) !== segmentKey(there, isCaseSensitive)) return shared;
  }
  return most;
}
