import type { EntityId, SceneId } from '../core/ids.ts';
import type { Trigger, TriggerSource } from '../core/job.ts';
import { type Result, succeed } from '../core/result.ts';
import { ENTITY_KINDS, type EntityKind, entitySubject, type Subject, sceneSubject } from '../core/scene.ts';
import { seenStamp } from '../core/seenStamp.ts';
import type { NewestRequest, Stamp, StashClient } from '../stash/stashClient.ts';
import type { StampedId, StampedKind } from '../store/sceneMemory.ts';
import {
  type Baseline,
  baselineAfter,
  isChange,
  readBaseline,
  SCENES_BASELINE_KEY,
  writeBaseline,
} from './pollBaseline.ts';
import type { StampSweep, SweepParts } from './stampSweep.ts';

const PAGE_SIZE = 100;
/** Stash sorts stamps as texts: where their offsets differ they may lie out of order by so much. */
const ZONES_APART_MS = 26 * 60 * 60 * 1000;

export interface PollParts extends SweepParts {
  readonly stampSweep: StampSweep;
}

/** One kind of thing that Stash stamps: how it is read, and what a change of it means. */
interface Feed<Kind extends StampedKind> {
  readonly kind: Kind;
  readonly baselineKey: string;
  readonly source: TriggerSource;
  newest(stash: StashClient, request: NewestRequest): Promise<Result<readonly Stamp<StampedId<Kind>>[]>>;
  subjectOf(id: StampedId<Kind>): Subject;
}

const sceneFeed: Feed<'scene'> = {
  kind: 'scene',
  baselineKey: SCENES_BASELINE_KEY,
  source: 'poll',
  newest: (stash, request) => stash.newestScenes(request),
  subjectOf: (id: SceneId) => sceneSubject(id),
};

/** A rename does not move the stamps of the scenes (stash reference §2.6): its job fans out to them. */
const entityFeed = (kind: EntityKind): Feed<EntityKind> => ({
  kind,
  baselineKey: `${SCENES_BASELINE_KEY}:${kind}`,
  source: 'entity',
  newest: (stash, request) => stash.newestEntities(kind, request),
  subjectOf: (id: EntityId) => entitySubject(kind, id),
});

/** Finds changes that no hook told of: of scenes, of what they carry, and after a task of Stash in all of it. */
export async function pollStash(parts: PollParts): Promise<Result<{ readonly changed: number }>> {
  const scenes = await pollFeed(sceneFeed, parts);
  if (!scenes.ok) return scenes;
  let { changed } = scenes.value;
  for (const kind of ENTITY_KINDS) {
    const entities = await pollFeed(entityFeed(kind), parts);
    if (!entities.ok) return entities;
    changed += entities.value.changed;
  }
  const swept = await parts.stampSweep.doIfAsked(parts);
  return swept.ok ? succeed({ changed: changed + swept.value.changed }) : swept;
}

/**
 * Newest first, until a page holds nothing new and nothing that an earlier poll has not read. "New" compares
 * what was seen of each, not a watermark: Stash stores times as text in its own zone and compares them as such
 * (stash reference §3.2).
 */
async function pollFeed<Kind extends StampedKind>(
  feed: Feed<Kind>,
  parts: PollParts,
): Promise<Result<{ readonly changed: number }>> {
  const startedAt = parts.clock.now();
  const baseline = await readBaseline(parts.store.meta, feed.baselineKey);
  let changed = 0;
  let newestAt = baseline?.next.newestAt ?? 0;
  const zones = new Set<string>();
  for (let page = 1; ; page++) {
    const lookedAt = parts.clock.now();
    const read = await feed.newest(parts.stash, { page, perPage: PAGE_SIZE });
    if (!read.ok) return read;
    const stamps = read.value;
    // One in the future is of a clock that is or was wrong, and says nothing of what was read.
    const times = stamps.map((stamp) => Date.parse(stamp.updatedAt)).filter((at) => at <= lookedAt);
    newestAt = times.reduce((newest, at) => Math.max(newest, at), newestAt);
    if (baseline === null) {
      await markUnseen(stamps, { feed, parts, lookedAt });
      if (stamps.length > 0 && times.length === 0) newestAt = lookedAt;
      break;
    }
    for (const { updatedAt } of stamps) zones.add(zoneOf(updatedAt));
    const fresh = await takeChanged(stamps, { feed, parts, baseline, lookedAt });
    changed += fresh;
    const doneAt = baseline.doneAt - (zones.size > 1 ? ZONES_APART_MS : 0);
    const isDone = times.length > 0 && times.every((at) => at <= doneAt);
    if (stamps.length < PAGE_SIZE || (fresh === 0 && isDone)) break;
  }
  // Only now: a poll that ended early has proved nothing, and the next one reads all of it.
  const after = baselineAfter(baseline, { startedAt, newestAt });
  await writeBaseline(parts.store.meta, feed.baselineKey, after);
  return succeed({ changed });
}

interface Looked<Kind extends StampedKind> {
  readonly feed: Feed<Kind>;
  readonly parts: PollParts;
  readonly lookedAt: number;
}

/** Queued first, marked second: a crash in between queues it twice, which is one row. */
async function takeChanged<Kind extends StampedKind>(
  stamps: readonly Stamp<StampedId<Kind>>[],
  { feed, parts, baseline, lookedAt }: Looked<Kind> & { readonly baseline: Baseline },
): Promise<number> {
  const { store, clock } = parts;
  const { kind, source } = feed;
  const seen = await store.scenes.seen(
    kind,
    stamps.map((stamp) => stamp.id),
  );
  const fresh = stamps.filter(({ id, updatedAt }) => isChange(updatedAt, seen.get(id), baseline));
  if (fresh.length === 0) return 0;
  const now = clock.now();
  const triggers = fresh.map((stamp): Trigger => ({ subject: feed.subjectOf(stamp.id), source }));
  await store.queue.enqueue(triggers, { now, dueAt: now });
  await markSeen(fresh, { feed, parts, lookedAt });
  return fresh.length;
}

/** What a look has already met keeps what was noted then: it may have to be looked at once more. */
async function markUnseen<Kind extends StampedKind>(
  stamps: readonly Stamp<StampedId<Kind>>[],
  looked: Looked<Kind>,
): Promise<void> {
  const { feed, parts } = looked;
  const seen = await parts.store.scenes.seen(
    feed.kind,
    stamps.map((stamp) => stamp.id),
  );
  await markSeen(
    stamps.filter(({ id }) => !seen.has(id)),
    looked,
  );
}

async function markSeen<Kind extends StampedKind>(
  stamps: readonly Stamp<StampedId<Kind>>[],
  { feed, parts, lookedAt }: Looked<Kind>,
): Promise<void> {
  const { scenes } = parts.store;
  const seen = await scenes.seen(
    feed.kind,
    stamps.map((stamp) => stamp.id),
  );
  await scenes.markSeen(
    feed.kind,
    stamps.map(({ id, updatedAt }) => ({ id, updatedAt: seenStamp(updatedAt, seen.get(id), lookedAt) })),
  );
}

/** `Z` or `-05:00`. */
const zoneOf = (updatedAt: string): string => updatedAt.replace(/^.*(?=Z|[+-]\d\d:\d\d$)/, '');
