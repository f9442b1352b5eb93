import type { Part } from '../item.ts';
import type { Link } from '../link.ts';
import type { SceneFile } from '../scene.ts';
import { contradictsSize, evidenceOf, type PathRules } from './evidence.ts';
import { isCaseSensitivePath, samePathKey } from './paths.ts';

export interface LinkCheckRequest extends PathRules {
  readonly link: Link;
  /** The scene's files now. */
  readonly files: readonly SceneFile[];
  /** The item's parts now; none when Plex has the item no more. */
  readonly parts: readonly Part[];
}

export type LinkCheck =
  | 'holds'
  /** Holds, but a path or the hash that the link remembers is out of date. */
  | 'rename'
  /** Another scene under an old id: neither the hash nor the path is known. Link and base go. */
  | 'scene-replaced'
  /** The item holds no file of the scene any more. */
  | 'item-changed';

/**
 * Is a link still believable? Asked before each write: Stash numbers scenes anew after an import of
 * metadata (stash reference, "ID reuse"), and Plex may give a file to another item.
 */
export function checkLink(request: LinkCheckRequest): LinkCheck {
  const { link, files } = request;
  // A scene that lost its files is no other scene: should they come back, what we know of it still counts.
  if (files.length === 0) return 'item-changed';
  const byHash = files.find((file) => file.oshash !== null && file.oshash === link.sceneOshash);
  const byPath = files.find((file) => isSamePath(file.path, link.scenePath, null));
  if (byHash === undefined && byPath === undefined) return 'scene-replaced';
  if (!isLinkedPartThere(request, [byHash, byPath])) {
    return isHeldByOtherFile(request) ? 'rename' : 'item-changed';
  }
  return byPath !== undefined && byPath.oshash === link.sceneOshash ? 'holds' : 'rename';
}

/** The part that made the link is there, and still is what it was. */
function isLinkedPartThere(
  { link, parts, isPlexCaseSensitive }: LinkCheckRequest,
  [byHash, byPath]: readonly [SceneFile | undefined, SceneFile | undefined],
): boolean {
  const linked = parts.find((part) => isSamePath(part.path, link.itemPath, isPlexCaseSensitive));
  if (linked === undefined) return false;
  if ([byHash, byPath].some((file) => file !== undefined && !contradictsSize(file, linked))) return true;
  // Replaced in place, and one side has not scanned it yet: the two paths still name one file.
  return byPath !== undefined && (link.evidence === 'path' || link.evidence === 'pinned');
}

function isHeldByOtherFile(request: LinkCheckRequest): boolean {
  const { link, files, parts } = request;
  const isHeld =
    link.evidence === 'pinned'
      ? (file: SceneFile, part: Part) => !contradictsSize(file, part)
      : (file: SceneFile, part: Part) => evidenceOf(file, part, request) !== null;
  return files.some((file) => parts.some((part) => isHeld(file, part)));
}

function isSamePath(one: string, other: string, isCaseSensitive: boolean | null): boolean {
  const regardsCase = isCaseSensitivePath(other, isCaseSensitive);
  return samePathKey(one, regardsCase) === samePathKey(other, regardsCase);
}
