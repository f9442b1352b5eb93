import type { SceneId } from '../core/ids.ts';
import { nameKey } from '../core/matching/pathKey.ts';
import { sceneSubject } from '../core/scene.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';

/**
 * Scenes that Stash does not have any more. Plex keeps their values, and link and base stay, should they
 * come back; but what they carried is forgotten, and scenes that want for a file of their items look again:
 * an item that was contested is free now.
 */
export async function letGoOf(
  destroyed: readonly SceneId[],
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<void> {
  if (destroyed.length === 0) return;
  await store.scenes.forget(destroyed);
  const links = [...(await store.links.ofScenes(destroyed)).values()].flat();
  const parts = await store.index.partsOf(links.map((link) => link.item));
  const waiting = await store.scenes.missing({
    nameKeys: parts.map((part) => nameKey(part.path)),
    sizes: parts.flatMap((part) => (part.size === null ? [] : [part.size])),
  });
  const now = clock.now();
  await store.queue.enqueue(
    waiting.map((id) => ({ subject: sceneSubject(id), source: 'index' })),
    { now, dueAt: now },
  );
}
