import * as v from 'valibot';
import type { Trigger } from '../core/job.ts';
import { type Result, succeed } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import { seenStamp } from '../core/seenStamp.ts';
import type { SceneStamp, StashClient } from '../stash/stashClient.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';

const PAGE_SIZE = 100;
/**
 * Pages read on after the first that brought nothing new: rows of one second have no order among them, and
 * a page may shift while it is read.
 */
const OVERLAP_PAGES = 1;
const BASELINE_KEY = 'poll-baseline';

const BaselineSchema = v.object({ schema: v.literal(1), newestAt: v.number() });

export interface PollParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly clock: Clock;
}

/**
 * Finds changes that no hook told of: newest first, until a page holds nothing new. "New" compares what was
 * seen of each scene, not a watermark: Stash stores times as text in its own zone and compares them as such
 * (stash reference §3.2), so the order is trusted only within pages.
 */
export async function pollStash(parts: PollParts): Promise<Result<{ readonly changed: number }>> {
  const baseline = await readBaseline(parts);
  let changed = 0;
  let quietPages = 0;
  let newestAt = baseline ?? 0;
  for (let page = 1; quietPages <= OVERLAP_PAGES; page++) {
    const lookedAt = parts.clock.now();
    const read = await parts.stash.newestScenes({ page, perPage: PAGE_SIZE });
    if (!read.ok) return read;
    const stamps = read.value;
    newestAt = Math.max(newestAt, ...stamps.map((stamp) => Date.parse(stamp.updatedAt)));
    const fresh = await unseen(parts, stamps, baseline);
    await take(parts, fresh, lookedAt);
    changed += fresh.length;
    quietPages = fresh.length === 0 ? quietPages + 1 : 0;
    if (stamps.length < PAGE_SIZE) break;
  }
  // Only now: a crash before this reads the same pages again, which costs a look and loses nothing.
  await parts.store.meta.set(BASELINE_KEY, JSON.stringify({ schema: 1, newestAt }));
  return succeed({ changed });
}

/** Null before the first poll: what is there then is the starting point, not a change. */
async function readBaseline(parts: PollParts): Promise<number | null> {
  const text = await parts.store.meta.get(BASELINE_KEY);
  return text === null ? null : v.parse(BaselineSchema, JSON.parse(text)).newestAt;
}

async function unseen(
  parts: PollParts,
  stamps: readonly SceneStamp[],
  baseline: number | null,
): Promise<readonly SceneStamp[]> {
  if (baseline === null) return [];
  const seen = await parts.store.scenes.seen(stamps.map((stamp) => stamp.id));
  return stamps.filter((stamp) => {
    const known = seen.get(stamp.id);
    // A scene never seen before is a change unless it is as old as what was there at the first poll.
    return known === undefined ? Date.parse(stamp.updatedAt) >= baseline : known !== stamp.updatedAt;
  });
}

/** Queued first, marked second: a crash in between queues it twice, which is one row. */
async function take(parts: PollParts, fresh: readonly SceneStamp[], lookedAt: number): Promise<void> {
  if (fresh.length === 0) return;
  const now = parts.clock.now();
  const triggers = fresh.map((stamp): Trigger => ({ subject: sceneSubject(stamp.id), source: 'poll' }));
  await parts.store.queue.enqueue(triggers, { now, dueAt: now });
  await parts.store.scenes.markSeen(
    fresh.map(({ id, updatedAt }) => ({ id, updatedAt: seenStamp(updatedAt, lookedAt) })),
  );
}
