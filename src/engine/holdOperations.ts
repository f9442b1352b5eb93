import type { Hold } from '../core/hold.ts';
import type { SceneId } from '../core/ids.ts';
import { sceneSubject } from '../core/scene.ts';
import type { Settings } from '../core/settings/table.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';

const HOLDS_AT_ONCE = 1_000;

export interface HoldRequest {
  readonly scenes: readonly SceneId[];
  /** In the person's words; may be empty. */
  readonly reason: string;
}

export type ReleaseRequest =
  | { readonly kind: 'scenes'; readonly scenes: readonly SceneId[] }
  | { readonly kind: 'all' };

export interface Holds {
  readonly count: number;
  /** The newest ones. */
  readonly holds: readonly Hold[];
}

export interface HoldParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
}

export const holdScenes = async (
  { scenes, reason }: HoldRequest,
  { store, clock }: HoldParts,
): Promise<{ readonly held: number }> => ({
  held: await store.holds.put(scenes, { at: clock.now(), by: 'person', reason }),
});

/** Released scenes are looked at at once: what was passed over is written then. */
export async function releaseScenes(
  request: ReleaseRequest,
  parts: HoldParts,
): Promise<{ readonly released: readonly SceneId[] }> {
  const { holds } = parts.store;
  if (request.kind === 'scenes') return { released: await releaseSome(request.scenes, parts) };
  const released: SceneId[] = [];
  for (;;) {
    const page = await holds.list(HOLDS_AT_ONCE);
    if (page.length === 0) return { released };
    released.push(
      ...(await releaseSome(
        page.map(({ sceneId }) => sceneId),
        parts,
      )),
    );
  }
}

/** After a crash in between the next comparison of everything finds them: their links prove nothing. */
async function releaseSome(
  scenes: readonly SceneId[],
  { store, clock, settings }: HoldParts,
): Promise<readonly SceneId[]> {
  const released = await store.holds.release(scenes);
  if (!settings.enabled || released.length === 0) return released;
  const now = clock.now();
  const triggers = released.map((id) => ({ subject: sceneSubject(id), source: 'command' as const }));
  await store.queue.enqueue(triggers, { now, dueAt: now });
  return released;
}

export const listHolds = async (
  { limit }: { readonly limit: number },
  { store }: HoldParts,
): Promise<Holds> => ({
  count: await store.holds.count(),
  holds: await store.holds.list(limit),
});
