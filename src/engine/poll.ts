import * as v from 'valibot';
import type { EntityId, SceneId } from '../core/ids.ts';
import type { Trigger, TriggerSource } from '../core/job.ts';
import { type Result, succeed } from '../core/result.ts';
import { ENTITY_KINDS, type EntityKind, entitySubject, type Subject, sceneSubject } from '../core/scene.ts';
import { seenStamp } from '../core/seenStamp.ts';
import type { NewestRequest, Stamp, StashClient } from '../stash/stashClient.ts';
import type { Store } from '../store/port.ts';
import type { StampedId, StampedKind } from '../store/sceneMemory.ts';
import type { Clock } from './clock.ts';

const PAGE_SIZE = 100;
/**
 * Each stamp is read by polls at least this far apart: rows of one second have no order among them, a page may
 * shift while it is read, and a change may be stored some time after its stamp was taken. It is measured on our
 * clock, between polls, so that a bulk edit is read a few times and not for as long as it is the newest.
 */
const OVERLAP_MS = 60_000;
/** Stash sorts stamps as texts: where their offsets differ they may lie out of order by so much. */
const ZONES_APART_MS = 26 * 60 * 60 * 1000;

const BaselineSchema = v.object({
  schema: v.literal(2),
  /** Newest stamp at the first poll: what is older and was never seen was there before us. */
  firstAt: v.number(),
  /** Whatever is stamped earlier was read by two polls or more. */
  doneAt: v.number(),
  /** Becomes `doneAt` once polls went on for OVERLAP_MS after it was read. */
  next: v.object({ readAt: v.number(), newestAt: v.number() }),
});

type Baseline = v.InferOutput<typeof BaselineSchema>;

export interface PollParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly clock: Clock;
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
  baselineKey: 'poll-baseline',
  source: 'poll',
  newest: (stash, request) => stash.newestScenes(request),
  subjectOf: (id: SceneId) => sceneSubject(id),
};

/** A rename does not move the stamps of the scenes (stash reference §2.6): its job fans out to them. */
const entityFeed = (kind: EntityKind): Feed<EntityKind> => ({
  kind,
  baselineKey: `poll-baseline:${kind}`,
  source: 'entity',
  newest: (stash, request) => stash.newestEntities(kind, request),
  subjectOf: (id: EntityId) => entitySubject(kind, id),
});

/** Finds changes that no hook told of: of scenes, then of what they carry. */
export async function pollStash(parts: PollParts): Promise<Result<{ readonly changed: number }>> {
  const scenes = await pollFeed(sceneFeed, parts);
  if (!scenes.ok) return scenes;
  let { changed } = scenes.value;
  for (const kind of ENTITY_KINDS) {
    const entities = await pollFeed(entityFeed(kind), parts);
    if (!entities.ok) return entities;
    changed += entities.value.changed;
  }
  return succeed({ changed });
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
  const baseline = await readBaseline(feed, parts);
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
    newestAt = Math.max(newestAt, ...times);
    if (baseline === null) {
      await markSeen(stamps, { feed, parts, lookedAt });
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
  await parts.store.meta.set(
    feed.baselineKey,
    JSON.stringify(baselineAfter(baseline, { startedAt, newestAt })),
  );
  return succeed({ changed });
}

function baselineAfter(
  before: Baseline | null,
  { startedAt, newestAt }: { readonly startedAt: number; readonly newestAt: number },
): Baseline {
  const next = { readAt: startedAt, newestAt };
  if (before === null) return { schema: 2, firstAt: newestAt, doneAt: newestAt, next };
  if (startedAt - before.next.readAt < OVERLAP_MS) return before;
  return { ...before, doneAt: before.next.newestAt, next };
}

/** Null before the first poll: what is there then is the starting point, not a change. */
async function readBaseline(
  { baselineKey }: { readonly baselineKey: string },
  { store }: PollParts,
): Promise<Baseline | null> {
  const text = await store.meta.get(baselineKey);
  return text === null ? null : v.parse(BaselineSchema, JSON.parse(text));
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
  const fresh = stamps.filter(({ id, updatedAt }) => {
    const known = seen.get(id);
    // What was never seen before is a change unless it is as old as what was there at the first poll.
    return known === undefined ? !(Date.parse(updatedAt) < baseline.firstAt) : known !== updatedAt;
  });
  if (fresh.length === 0) return 0;
  const now = clock.now();
  const triggers = fresh.map((stamp): Trigger => ({ subject: feed.subjectOf(stamp.id), source }));
  await store.queue.enqueue(triggers, { now, dueAt: now });
  await markSeen(fresh, { feed, parts, lookedAt });
  return fresh.length;
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
