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
  | { readonly act: 'nothing'; readonly why: 'selected' | 'none-before' | 'not-held' }
  | { readonly act: 'select'; readonly key: string };

/** `before`: what was selected before our write, as the journal has it; empty: nothing was. */
export function restoring(before: string, list: readonly PlexImage[]): Restoring {
  if (before === '') return { act: 'nothing', why: 'none-before' };
  if (selectedKey(list) === before) return { act: 'nothing', why: 'selected' };
  return holds(list, before) ? { act: 'select', key: before } : { act: 'nothing', why: 'not-held' };
}
