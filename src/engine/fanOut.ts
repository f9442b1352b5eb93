import { compareIds, type EntityId, type SceneId } from '../core/ids.ts';
import type { Job, Trigger } from '../core/job.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { type EntityKind, type Subject, sceneSubject, subjectName } from '../core/scene.ts';
import { seenStamp } from '../core/seenStamp.ts';
import type { StashClient } from '../stash/stashClient.ts';
import type { Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import type { TagTree } from './tagTree.ts';

const PAGE_SIZE = 1_000;

export interface FanOutParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly clock: Clock;
  readonly reach: ReachStep;
  readonly tagTree: TagTree;
}

export interface FanOutPage {
  readonly scenes: number;
  /** Null when this was the last page. */
  readonly cursor: SceneId | null;
}

/**
 * One page of a job about the scenes that carry a performer, studio or tag. The
 * cursor lies in the job, so that a crash goes on where it was. After a Destroy the relation is gone from
 * Stash (stash reference §2.6), so the scenes that carried the entity when last read are taken too.
 */
export async function fanOutPage(job: Job, parts: FanOutParts): Promise<Result<FanOutPage>> {
  const after = job.cursor as SceneId | null;
  const page = await scenesAfter(job.subject, after, parts);
  if (!page.ok) return page;
  const triggers = page.value.scenes.map((id): Trigger => ({ subject: sceneSubject(id), source: 'entity' }));
  const now = parts.clock.now();
  if (triggers.length > 0) await parts.store.queue.enqueue(triggers, { now, dueAt: now });
  CRASH_STEP: parts.reach('fan-out-page');
  return succeed({
    scenes: triggers.length,
    cursor: page.value.isLast ? null : (page.value.scenes.at(-1) ?? null),
  });
}

interface ScenePage {
  readonly scenes: readonly SceneId[];
  readonly isLast: boolean;
}

async function scenesAfter(
  subject: Subject,
  after: SceneId | null,
  parts: FanOutParts,
): Promise<Result<ScenePage>> {
  switch (subject.kind) {
    case 'scene':
    case 'library':
      return fail({ class: 'unexpected', message: `${subjectName(subject)} is no job that fans out` });
    default:
      return carriers({ kind: subject.kind, id: subject.id }, after, parts);
  }
}

interface Entity {
  readonly kind: EntityKind;
  readonly id: EntityId;
}

async function carriers(
  entity: Entity,
  after: SceneId | null,
  parts: FanOutParts,
): Promise<Result<ScenePage>> {
  if (after === null) {
    // Its parents may have changed: what lies below which tag is to be asked anew.
    if (entity.kind === 'tag') parts.tagTree.forget();
    const noted = await noteSeen(entity, parts);
    if (!noted.ok) return noted;
  }
  const live = await parts.stash.sceneIdsAfter({ after, limit: PAGE_SIZE, carrying: entity });
  if (!live.ok) return live;
  const remembered = await parts.store.scenes.carrying({ ...entity, after, limit: PAGE_SIZE });
  return succeed(mergePages(live.value, remembered, PAGE_SIZE));
}

/** What a hook told of is no news for the next poll. Before the scenes are listed: a later change is news again. */
async function noteSeen({ kind, id }: Entity, { store, stash, clock }: FanOutParts): Promise<Result<void>> {
  const lookedAt = clock.now();
  const stamp = await stash.entityStamp(kind, id);
  if (!stamp.ok) return stamp;
  if (stamp.value === null) {
    await store.scenes.forgetEntities(kind, [id]);
    return succeed(undefined);
  }
  const known = (await store.scenes.seen(kind, [id])).get(id);
  await store.scenes.markSeen(kind, [{ id, updatedAt: seenStamp(stamp.value, known, lookedAt) }]);
  return succeed(undefined);
}

/** The union of two ascending pages, cut where the shorter-reaching full page ends. */
export function mergePages(one: readonly SceneId[], other: readonly SceneId[], pageSize: number): ScenePage {
  const ends = [one, other].filter((page) => page.length >= pageSize).map((page) => page.at(-1) ?? null);
  const end = ends.reduce<SceneId | null>(
    (least, each) => (least === null || (each !== null && compareIds(each, least) < 0) ? each : least),
    null,
  );
  const union = [...new Set([...one, ...other])].sort(compareIds);
  const scenes = end === null ? union : union.filter((id) => compareIds(id, end) <= 0);
  return { scenes, isLast: end === null };
}
