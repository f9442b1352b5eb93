import type { Link } from '../link.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * As long as what is known of a destroyed scene, and half of that again: an item that is there is read in detail
 * every two weeks (planning/unchanged.ts), so that one last read so long ago went 30 days ago or more.
 */
const KEPT_MS = 45 * DAY_MS;

/** Whether the item of a link, which Plex does not have any more, will hardly come back. A person's choice stays. */
export function isLongDead(link: Pick<Link, 'evidence' | 'verifiedAt' | 'writtenAt'>, now: number): boolean {
  if (link.evidence === 'pinned') return false;
  const lastSeenAt = Math.max(link.verifiedAt ?? 0, link.writtenAt ?? 0);
  return now - lastSeenAt > KEPT_MS;
}
