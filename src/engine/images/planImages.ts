import type { Failure } from '../../core/failure.ts';
import {
  decideImage,
  type ImageDecision,
  isAsVerified,
  isListNeeded,
} from '../../core/images/decideImage.ts';
import type { PlexImage } from '../../core/images/imageKind.ts';
import type { Item } from '../../core/item.ts';
import { succeed } from '../../core/result.ts';
import type { Settings } from '../../core/settings/table.ts';
import type { PlexClient } from '../../plex/plexClient.ts';
import type { CoverLook } from './lookAtCovers.ts';

export interface ImagePlanParts {
  readonly plex: PlexClient;
  readonly settings: Settings;
}

/** What is to be done about one image of an item that was read in detail. */
export interface PlannedImage {
  readonly look: CoverLook;
  readonly outcome: Decided | { readonly kind: 'failed'; readonly failure: Failure };
}

export interface Decided {
  readonly kind: 'decided';
  readonly decision: ImageDecision;
  /** Null: it was not asked for. */
  readonly list: readonly PlexImage[] | null;
  /** Whether it is known which image is selected now. */
  readonly isSelectionKnown: boolean;
}

/** Asks Plex which image is selected where that decides something, and decides. Writes nothing. */
export async function planImages(
  item: Item,
  looks: readonly CoverLook[],
  { plex, settings }: ImagePlanParts,
): Promise<readonly PlannedImage[]> {
  const planned: PlannedImage[] = [];
  for (const look of looks) {
    if (look.failure !== null) {
      planned.push({ look, outcome: { kind: 'failed', failure: look.failure } });
      continue;
    }
    const { kind, base, cover } = look;
    const { preserve_plex_edits: preservePlexEdits, lock_fields: locksFields } = settings;
    const facts = { kind, base, cover, item, preservePlexEdits, locksFields };
    const list = isListNeeded(facts) ? await plex.images({ ratingKey: item.ratingKey, kind }) : succeed(null);
    if (!list.ok) {
      planned.push({ look, outcome: { kind: 'failed', failure: list.failure } });
      continue;
    }
    const decision = decideImage(facts, list.value);
    const isSelectionKnown = list.value !== null || isAsVerified(facts);
    planned.push({ look, outcome: { kind: 'decided', decision, list: list.value, isSelectionKnown } });
  }
  return planned;
}
