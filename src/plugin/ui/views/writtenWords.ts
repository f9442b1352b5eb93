import { isImageKind } from '../../../core/images/imageKind.ts';
import type { Change } from '../../../core/journalEntry.ts';
import { changeWords } from '../../../core/words/changeWords.ts';

/** What a write did to a field. Plex's names of images say nothing to people. */
export function writtenWords(change: Change): string {
  if (!isImageKind(change.field)) return changeWords(change);
  return change.reason === 'undone' ? 'the image that was there before' : 'the cover of Stash';
}
