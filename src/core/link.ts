import type { SceneId } from './ids.ts';
import type { ItemKey } from './item.ts';

/** Why a link is believed, strongest first. There is no matching by title. */
export const EVIDENCE = ['pinned', 'path', 'name-and-size', 'size-and-duration'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Scene ↔ item, with what made us believe it and what we last proved about it. */
export interface Link {
  readonly sceneId: SceneId;
  readonly item: ItemKey;
  readonly evidence: Evidence;
  /** The scene's file that made the link; both changed means it is another scene under an old id. */
  readonly sceneOshash: string | null;
  readonly scenePath: string;
  /** The item's file that made the link. */
  readonly itemPath: string;
  /** Hash of the desired values at the last verified read; null before the first. */
  readonly desiredHash: string | null;
  /** Plex's `updatedAt` (epoch s) of the last verified read, and when we read it (epoch ms). */
  readonly verifiedUpdatedAt: number | null;
  readonly verifiedAt: number | null;
  /** When we last sent an edit whose effect is not proven yet (epoch ms); null when none is open. */
  readonly writtenAt: number | null;
}

export const linkIdText = ({ sceneId, item }: Pick<Link, 'sceneId' | 'item'>): string =>
  `${sceneId}@${item.section}/${item.ratingKey}`;
