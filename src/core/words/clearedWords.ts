import { counted } from '../quantityInWords.ts';

export const FOUND_AGAIN = 'A comparison of everything finds again what differs from Plex.';

/** What came of dropping what is queued. */
export const queueClearedWords = (cleared: number): string =>
  cleared === 0 ? 'Nothing was queued.' : `${counted(cleared, 'job')} cleared.`;
