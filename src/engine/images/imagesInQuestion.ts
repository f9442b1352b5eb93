import { isImageInQuestion } from '../../core/images/decideImage.ts';
import { kindsWanted } from '../../core/images/imageKind.ts';
import { type Link, linkIdText } from '../../core/link.ts';
import type { Scene } from '../../core/scene.ts';
import type { Settings } from '../../core/settings/table.ts';
import type { LinkId, Store } from '../../store/port.ts';

/** Whether an image of a link wants a look, as far as the database tells: neither server is asked. */
export async function imagesInQuestion(
  judged: readonly { readonly links: readonly Link[] }[],
  { store, settings }: { readonly store: Store; readonly settings: Settings },
): Promise<(scene: Scene, link: LinkId) => boolean> {
  const kinds = kindsWanted(settings);
  if (kinds.length === 0) return () => false;
  const bases = await store.images.basesOf(judged.flatMap(({ links }) => links));
  return ({ updatedAt }, link) => {
    const own = bases.get(linkIdText(link));
    const now = { updatedAt, preservePlexEdits: settings.preserve_plex_edits };
    return kinds.some((kind) => isImageInQuestion(own?.[kind], now));
  };
}
