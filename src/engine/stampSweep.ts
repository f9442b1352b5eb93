import type { SceneId } from '../core/ids.ts';
import { type Result, succeed } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import { seenStamp } from '../core/seenStamp.ts';
import type { Stamp, StashClient } from '../stash/stashClient.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import { type Baseline, isChange, readBaseline, SCENES_BASELINE_KEY } from './pollBaseline.ts';

/** 30-55 µs a scene (stash reference §3.8). */
const PAGE_SIZE = 1_000;
/** Tasks may follow each other without end; polls go on in the meantime. */
const APART_MS = 60_000;

export interface SweepParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly clock: Clock;
}

/**
 * After a task of Stash the stamps of all scenes are compared, since a poll sees neither what a clean or a merge
 * took away nor what an import brought with stamps of old. Asked for at any time, done with the next poll.
 */
export class StampSweep {
  #isAsked = false;
  #lastAt = Number.NEGATIVE_INFINITY;

  ask(): void {
    this.#isAsked = true;
  }

  async doIfAsked(parts: SweepParts): Promise<Result<{ readonly changed: number }>> {
    const now = parts.clock.now();
    const baseline = await readBaseline(parts.store.meta, SCENES_BASELINE_KEY);
    const isTooSoon = now >= this.#lastAt && now - this.#lastAt < APART_MS;
    if (!this.#isAsked || isTooSoon || baseline === null) return succeed({ changed: 0 });
    // Before it is begun: what is asked for meanwhile is for the next one.
    this.#isAsked = false;
    this.#lastAt = now;
    const swept = await sweep(parts, baseline);
    if (!swept.ok) this.#isAsked = true;
    return swept;
  }
}

async function sweep(parts: SweepParts, baseline: Baseline): Promise<Result<{ readonly changed: number }>> {
  let changed = 0;
  let after: SceneId | null = null;
  for (;;) {
    const lookedAt = parts.clock.now();
    const page: Result<readonly Stamp<SceneId>[]> = await parts.stash.sceneStampsAfter({
      after,
      limit: PAGE_SIZE,
    });
    if (!page.ok) return page;
    const isLast = page.value.length < PAGE_SIZE;
    const upTo: SceneId | null = isLast ? null : (page.value.at(-1)?.id ?? null);
    changed += await takeChanged(page.value, { parts, baseline, lookedAt, after, upTo });
    if (upTo === null) return succeed({ changed });
    after = upTo;
  }
}

interface Range {
  readonly parts: SweepParts;
  readonly baseline: Baseline;
  readonly lookedAt: number;
  readonly after: SceneId | null;
  readonly upTo: SceneId | null;
}

/** Also scenes that we know and Stash does not list any more: their jobs find out what became of them. */
async function takeChanged(
  stamps: readonly Stamp<SceneId>[],
  { parts, baseline, lookedAt, after, upTo }: Range,
): Promise<number> {
  const { store, clock } = parts;
  const known = await store.scenes.seenBetween({ after, upTo });
  const fresh = stamps.filter(({ id, updatedAt }) => isChange(updatedAt, known.get(id), baseline));
  const listed = new Set(stamps.map(({ id }) => id));
  const gone = [...known.keys()].filter((id) => !listed.has(id));
  const ids = [...fresh.map(({ id }) => id), ...gone];
  if (ids.length === 0) return 0;
  const now = clock.now();
  await store.queue.enqueue(
    ids.map((id) => ({ subject: sceneSubject(id), source: 'poll' })),
    { now, dueAt: now },
  );
  await store.scenes.markSeen(
    'scene',
    fresh.map(({ id, updatedAt }) => ({ id, updatedAt: seenStamp(updatedAt, known.get(id), lookedAt) })),
  );
  return ids.length;
}
