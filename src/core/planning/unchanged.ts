import type { Link } from '../link.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Every item is read in detail within this many days, whatever its list entry says. */
const ROTATION_DAYS = 14;
/** Neighbours take their turn together, so that they share requests: details are read by fifties. */
const ROTATION_BLOCK = 100n;
/** Plex's `updatedAt` counts seconds: an edit in the second of our read would not move it. */
const RESOLUTION_MS = 2_000;

/** What a list entry proves: nothing at all, nothing because of our own caution, or that nothing changed. */
export type ListProof = 'different' | 'read-too-soon' | 'its-turn' | 'proven';

export interface ListFacts {
  readonly link: Pick<Link, 'sceneId' | 'desiredHash' | 'verifiedUpdatedAt' | 'verifiedAt' | 'writtenAt'>;
  readonly hash: string;
  /** Epoch seconds, from the file index. */
  readonly listedUpdatedAt: number | null;
  readonly now: number;
  /** Whether Plex may have changed, too: false when all that is known is that Stash's stamp moved. */
  readonly isPlexInQuestion: boolean;
}

/**
 * Whether a list entry proves that neither side changed since our last verified read: what we want is the
 * same, and so is Plex's `updatedAt`.
 */
export function listProof({ link, hash, listedUpdatedAt, now, isPlexInQuestion }: ListFacts): ListProof {
  if (link.writtenAt !== null || link.desiredHash !== hash) return 'different';
  if (link.verifiedUpdatedAt === null || link.verifiedAt === null) return 'different';
  if (listedUpdatedAt !== link.verifiedUpdatedAt) return 'different';
  // What the poll finds after a hook's sync is mostly that sync's own edit: not worth a request each.
  if (!isPlexInQuestion) return 'proven';
  if (link.verifiedAt < link.verifiedUpdatedAt * 1000 + RESOLUTION_MS) return 'read-too-soon';
  return isInRotation(link.sceneId, now) ? 'its-turn' : 'proven';
}

export const isProvenUnchanged = (facts: ListFacts): boolean => listProof(facts) === 'proven';

function isInRotation(scene: string, now: number): boolean {
  const today = Math.floor(now / DAY_MS) % ROTATION_DAYS;
  return Number((BigInt(scene) / ROTATION_BLOCK) % BigInt(ROTATION_DAYS)) === today;
}
