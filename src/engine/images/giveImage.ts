import type { Failure } from '../../core/failure.ts';
import type { RatingKey, SectionKey } from '../../core/ids.ts';
import type { ImageKind, PlexImage } from '../../core/images/imageKind.ts';
import { holds, nameOfGiven, selectedKey } from '../../core/images/selection.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import type { PlexClient } from '../../plex/plexClient.ts';

export interface Gift {
  readonly item: { readonly ratingKey: RatingKey; readonly sectionKey: SectionKey };
  readonly kind: ImageKind;
  readonly key: string;
  /** Null: Plex is believed to hold it. */
  readonly bytes: Uint8Array | null;
  /** What Plex held before; null: not asked. */
  readonly list: readonly PlexImage[] | null;
  /** What is selected; null: nothing, or not known. */
  readonly before: string | null;
  /** Whether it is to be locked. */
  readonly isLockMissing: boolean;
}

/**
 * Makes an image the selected one, sees that it is, and locks it if it is to be. Bytes that Plex has are selected, not sent again:
 * uploads pile up, and nobody knows whether Plex selects what it is given twice [U] (plex reference §3.6).
 *
 * @returns by which name Plex shows it
 */
export async function giveImage(gift: Gift, plex: PlexClient): Promise<Result<string>> {
  const { item, kind, key, list, isLockMissing } = gift;
  const given = list !== null && selectedKey(list) === key ? succeed(key) : await selectOrUpload(gift, plex);
  if (!given.ok || !isLockMissing) return given;
  // Whether an upload locks by itself is not known [U].
  const { ratingKey, sectionKey: section } = item;
  const locked = await plex.lockImage({ ratingKey, section, kind, isLocked: true });
  return locked.ok ? given : locked;
}

async function selectOrUpload(gift: Gift, plex: PlexClient): Promise<Result<string>> {
  const { item, kind, key, bytes, list, before } = gift;
  const image = { ratingKey: item.ratingKey, kind };
  const isHeld = bytes === null || (list !== null && holds(list, key));
  const sent = isHeld
    ? await plex.selectImage({ ...image, key })
    : await plex.uploadImage({ ...image, bytes });
  if (!sent.ok) return sent;
  let shown = await plex.images(image);
  if (!shown.ok) return shown;
  if (!isHeld && holds(shown.value, key) && selectedKey(shown.value) !== key) {
    const selected = await plex.selectImage({ ...image, key });
    if (!selected.ok) return selected;
    shown = await plex.images(image);
    if (!shown.ok) return shown;
  }
  const name = nameOfGiven(shown.value, { key, before });
  return name === null ? fail(notShown(gift)) : succeed(name);
}

const notShown = ({ item, kind }: Gift): Failure => ({
  class: 'rejected',
  peer: 'plex',
  message: `Plex took the ${kind} of item ${item.ratingKey} and does not show it.`,
});
