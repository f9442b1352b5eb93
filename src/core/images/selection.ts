import { isUpload, type PlexImage } from './imageKind.ts';

export const selectedKey = (list: readonly PlexImage[]): string | null =>
  list.find(({ isSelected }) => isSelected)?.key ?? null;

export const holds = (list: readonly PlexImage[], key: string): boolean =>
  list.some((image) => image.key === key);

/**
 * By which name Plex shows an image that we have just given to it; null: it does not. Another upload than the one
 * before is ours whatever Plex calls it: that the name ends with the SHA-1 is what one client's tests saw [U].
 * @param given.before what was selected before
 */
export function nameOfGiven(
  list: readonly PlexImage[],
  given: { readonly key: string; readonly before: string | null },
): string | null {
  const selected = selectedKey(list);
  if (selected === null || selected === given.key) return selected;
  return selected !== given.before && isUpload(selected) ? selected : null;
}

/** How an earlier image is brought back. */
export type Restoring =
  | { readonly act: 'select'; readonly key: string }
  /** It is selected already. */
  | { readonly act: 'nothing' }
  | { readonly act: 'leave'; readonly why: string };

/**
 * What an undo of one image does.
 * @param given.before what was selected before our write, as the journal has it; empty: nothing was
 * @param given.after what we gave
 */
export function restoring(
  { before, after }: { readonly before: string; readonly after: string },
  list: readonly PlexImage[],
  { isForced }: { readonly isForced: boolean },
): Restoring {
  const selected = selectedKey(list);
  if (before !== '' && selected === before) return { act: 'nothing' };
  if (selected !== after && !isForced) return { act: 'leave', why: 'changed since, so it stays' };
  if (before === '') return { act: 'leave', why: 'there was none before, so it stays' };
  if (holds(list, before)) return { act: 'select', key: before };
  return { act: 'leave', why: 'Plex does not hold the earlier one any more, so it stays' };
}
