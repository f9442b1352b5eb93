import type { RatingKey, SceneId, SectionUuid } from '../core/ids.ts';
import type { ItemKey } from '../core/item.ts';
import type { Trigger } from '../core/job.ts';
import { isLookWanted, mayBeAsked } from '../core/plexNews.ts';
import { sceneSubject } from '../core/scene.ts';
import type { IndexedItem, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';

export interface SeenItems {
  readonly section: SectionUuid;
  /** As Plex shows them now. */
  readonly items: readonly IndexedItem[];
  /** `updatedAt` of those that the file index has. */
  readonly known: ReadonlyMap<RatingKey, number | null>;
  /** Seen in detail to hold what we verified, whatever their times say. */
  readonly unchanged: ReadonlySet<RatingKey>;
}

/**
 * Scenes whose items changed since our last verified read, so somebody else changed them. What the index knew
 * before is no news: each catch-up meets the latest items again.
 */
export async function driftedScenes(
  { section, items, known, unchanged }: SeenItems,
  { links, queue }: Pick<Store, 'links' | 'queue'>,
): Promise<readonly SceneId[]> {
  const changed = items.filter(
    ({ ratingKey, parts, updatedAt }) =>
      parts.length > 0 &&
      !unchanged.has(ratingKey) &&
      !(known.has(ratingKey) && known.get(ratingKey) === updatedAt),
  );
  const updatedAts = new Map(changed.map((item) => [item.ratingKey, item.updatedAt]));
  const linked = await links.ofItems(changed.map(({ ratingKey }) => ({ section, ratingKey })));
  const drifted = new Set<SceneId>();
  for (const link of linked) {
    const updatedAt = updatedAts.get(link.item.ratingKey) ?? null;
    // Of most items: the question costs a look into the queue else.
    if (link.desiredHash !== null && link.writtenAt === null && updatedAt === link.verifiedUpdatedAt)
      continue;
    const job = await queue.get(sceneSubject(link.sceneId));
    if (isLookWanted({ link, job, updatedAt })) drifted.add(link.sceneId);
  }
  return [...drifted];
}

/**
 * Items that Plex has no more leave the index; scenes that are linked to them look for another one. In this
 * order and once more, as in keepItems.
 */
export async function forgetItems(
  items: readonly ItemKey[],
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<void> {
  const wake = async (): Promise<void> => {
    const scenes = new Set((await store.links.ofItems(items)).map((link) => link.sceneId));
    const triggers: Trigger[] = [];
    for (const id of scenes) {
      const subject = sceneSubject(id);
      if (mayBeAsked(await store.queue.get(subject))) triggers.push({ subject, source: 'plex' });
    }
    const now = clock.now();
    if (triggers.length > 0) await store.queue.enqueue(triggers, { now, dueAt: now });
  };
  await wake();
  await store.index.removeItems(items);
  await wake();
}
