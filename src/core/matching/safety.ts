/**
 * The safety stop: when much fails at once that seldom fails alone, the ground has moved (ids numbered anew
 * by an import of metadata, a library unmounted, settings of another server), and each further write
 * could spoil an item.
 */
export type SafetyJudgement = { readonly kind: 'fine' } | { readonly kind: 'stop'; readonly words: string };

/** What is too much at once: both are to be met. The defaults stand in the table of settings. */
export interface SafetyLimits {
  /** Fewer are everyday work: a handful of scenes deleted and made again, a folder taken out of Plex. */
  readonly safety_stop_count: number;
  /** People change their libraries in parts; what takes away more than half was hardly meant. */
  readonly safety_stop_percent: number;
}

/** Of the latest checks of links, how many found that the link no longer holds. */
export function judgeLinkChecks(
  { checked, failed }: { checked: number; failed: number },
  limits: SafetyLimits,
): SafetyJudgement {
  if (!isTooMuch(failed, checked, limits)) return { kind: 'fine' };
  const words = `${failed} of the last ${checked} links that were checked no longer hold: the scenes or the items are not those that they were.`;
  return { kind: 'stop', words };
}

/** Of the items that a library had, how many a complete listing did not meet again. */
export function judgeListing(
  { itemsBefore, itemsUnmet }: { itemsBefore: number; itemsUnmet: number },
  limits: SafetyLimits,
): SafetyJudgement {
  if (!isTooMuch(itemsUnmet, itemsBefore, limits)) return { kind: 'fine' };
  const words = `${itemsUnmet} of ${itemsBefore} items are gone from Plex at once.`;
  return { kind: 'stop', words };
}

/** Less than that is tidying up. */
const SHARE_TO_ASK = 0.1;

/** Of all links, how many lost their scene within a short time: whether a person is to say that it was meant. */
export const judgeDestroyed = (
  { destroyed, links }: { destroyed: number; links: number },
  limits: Pick<SafetyLimits, 'safety_stop_count'>,
): boolean => destroyed >= limits.safety_stop_count && destroyed > links * SHARE_TO_ASK;

const isTooMuch = (count: number, all: number, limits: SafetyLimits): boolean =>
  count >= limits.safety_stop_count && count * 100 > all * limits.safety_stop_percent;
