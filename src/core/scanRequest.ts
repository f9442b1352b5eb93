import type { SectionKey } from './ids.ts';
import type { Section } from './item.ts';
import type { PathMap } from './matching/pathMap.ts';
import { plexPathsOf } from './matching/pathMap.ts';
import { isCaseSensitivePath, joinPath, type SplitPath, samePathKey, splitPath } from './matching/paths.ts';

/** A folder of a library, as Plex's host sees it, that Plex may be asked to look into. */
export interface ScanRequest {
  readonly section: SectionKey;
  /** The folder of the library that it lies in. */
  readonly location: string;
  readonly folder: string;
}

const AGAIN_MS = 60_000;
/** Beyond, one look into the folder that holds them all is less work for Plex. */
const FOLDERS_AT_ONCE = 10;

export interface ScanPlace {
  readonly maps: readonly PathMap[];
  /** In scope. */
  readonly sections: readonly Pick<Section, 'key' | 'locations'>[];
  readonly isPlexCaseSensitive: boolean | null;
}

/**
 * Where Plex would find a file of Stash: its folder by the best path map that leads into a library, in each library
 * that holds it. None when no map does: what lies outside a library's folders Plex does not look at (plex reference §4).
 */
export function scanRequestsFor(stashPath: string, place: ScanPlace): readonly ScanRequest[] {
  for (const path of plexPathsOf(stashPath, place.maps)) {
    const requests = place.sections.flatMap(({ key, locations }) => {
      const found = locations.flatMap((location) => folderIn(location, path, place.isPlexCaseSensitive));
      return found.slice(0, 1).map((within) => ({ section: key, ...within }));
    });
    if (requests.length > 0) return requests;
  }
  return [];
}

/** The file's folder, spelled as the location is; none when it is not in the location. */
function folderIn(
  location: string,
  path: string,
  isPlexCaseSensitive: boolean | null,
): readonly Omit<ScanRequest, 'section'>[] {
  const [root, file] = [splitPath(location), splitPath(path)];
  // Such a path might lead out again.
  if (file.root === '' || file.segments.some((segment) => segment === '..' || segment === '.')) return [];
  const folder = { ...file, segments: file.segments.slice(0, -1) };
  if (!isSameOrBelow(folder, root, isCaseSensitivePath(path, isPlexCaseSensitive))) return [];
  const segments = [...root.segments, ...folder.segments.slice(root.segments.length)];
  return [{ location, folder: joinPath({ ...root, segments }) }];
}

function isSameOrBelow(folder: SplitPath, root: SplitPath, isCaseSensitive: boolean): boolean {
  const start = { ...folder, segments: folder.segments.slice(0, root.segments.length) };
  return samePathKey(start, isCaseSensitive) === samePathKey(root, isCaseSensitive);
}

/** What was asked for lately, by {@link scanRequestText}: epoch ms. */
export type AskedScans = ReadonlyMap<string, number>;

export const scanRequestText = ({ section, folder }: ScanRequest): string =>
  JSON.stringify([section, folder]);

/** No folder twice within a minute. */
export function isScanDue(request: ScanRequest, asked: AskedScans, now: number): boolean {
  const at = asked.get(scanRequestText(request));
  return at === undefined || now < at || now - at >= AGAIN_MS;
}

/** Each folder once; many of one place are one request for the folder that holds them all. */
export function joinedScans(requests: readonly ScanRequest[]): readonly ScanRequest[] {
  const distinct = new Map(requests.map((request) => [scanRequestText(request), request]));
  const places = Map.groupBy(distinct.values(), ({ section, location }) =>
    JSON.stringify([section, location]),
  );
  return [...places.values()].flatMap((ofPlace) => {
    const [first] = ofPlace;
    if (first === undefined || ofPlace.length <= FOLDERS_AT_ONCE) return ofPlace;
    return [{ ...first, folder: commonFolder(ofPlace.map(({ folder }) => splitPath(folder))) }];
  });
}

/** All lie in one location, so that it is there or below. */
function commonFolder(folders: readonly SplitPath[]): string {
  const [first = splitPath(''), ...others] = folders;
  const isShared = (segment: string, index: number): boolean =>
    others.every(({ segments }) => segments[index] === segment);
  const end = first.segments.findIndex((segment, index) => !isShared(segment, index));
  return joinPath({ ...first, segments: end === -1 ? first.segments : first.segments.slice(0, end) });
}
