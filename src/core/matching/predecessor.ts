import type { Link } from '../link.ts';
import { pathKey } from './pathKey.ts';

/**
 * The link whose place a new one takes: Plex gave the same file another rating key, as it does after emptying its
 * trash and to files that moved (plex reference §4).
 *
 * @param lost links of the scene whose item does not hold its file any more
 */
export function predecessorOf(link: Link, lost: readonly Link[]): Link | null {
  const candidates = lost.filter(({ item }) => item.section === link.item.section);
  return (
    candidates.find(({ itemPath }) => pathKey(itemPath) === pathKey(link.itemPath)) ??
    candidates.find(({ sceneOshash }) => sceneOshash !== null && sceneOshash === link.sceneOshash) ??
    null
  );
}
