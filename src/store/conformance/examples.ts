import type { Failure, FailureClass } from '../../core/failure.ts';
import { entityId, ratingKey, sceneId, sectionKey, sectionUuid } from '../../core/ids.ts';
import type { ItemKey, Part } from '../../core/item.ts';
import type { Job, Settlement, Trigger, TriggerSource } from '../../core/job.ts';
import type { Link } from '../../core/link.ts';
import { type Subject, sceneSubject } from '../../core/scene.ts';
import type { ClaimRequest, IndexedItem, LinkId, Queue } from '../port.ts';

export const scene = (id: number): Subject => sceneSubject(sceneId(String(id)));
export const tag = (id: number): Subject => ({ kind: 'tag', id: entityId(String(id)) });

export const trigger = (subject: Subject, source: TriggerSource = 'hook'): Trigger => ({ subject, source });

/** Triggers of one source, due when they come. */
export async function enqueue(
  queue: Queue,
  now: number,
  ...[source, ...subjects]: [TriggerSource, ...Subject[]]
): Promise<void> {
  await queue.enqueue(
    subjects.map((subject) => trigger(subject, source)),
    { now, dueAt: now },
  );
}

export const claim = (queue: Queue, request: Partial<ClaimRequest> = {}): Promise<readonly Job[]> =>
  queue.claim({
    now: 1_000,
    limit: 100,
    owner: 'daemon',
    leaseUntil: 60_000,
    kinds: ['scene', 'tag'],
    ...request,
  });

export const subjectsOf = (jobs: readonly Job[]): readonly Subject[] => jobs.map((job) => job.subject);

export const failure = (failureClass: FailureClass): Failure => ({
  class: failureClass,
  message: `a failure of the class ${failureClass}`,
});

export const done = (subject: Subject): Settlement => ({ kind: 'done', subject });

export const retry = (
  subject: Subject,
  facts: Partial<Omit<Extract<Settlement, { kind: 'retry' | 'waiting' }>, 'subject'>> = {},
): Settlement => ({
  kind: 'retry',
  subject,
  dueAt: 50_000,
  attempt: 1,
  postponed: 2,
  failure: failure('rejected'),
  ...facts,
});

export const dead = (subject: Subject, failureClass: FailureClass = 'no-match'): Settlement => ({
  kind: 'dead',
  subject,
  attempt: 5,
  failure: failure(failureClass),
});

export const movies = { uuid: sectionUuid('uuid-movies'), key: sectionKey('1'), title: 'Movies' };
export const archive = { uuid: sectionUuid('uuid-archive'), key: sectionKey('2'), title: 'Archive' };

export const itemKey = (id: number, section = movies.uuid): ItemKey => ({
  section,
  ratingKey: ratingKey(String(id)),
});

export const linkId = (scene: number, item: number): LinkId => ({
  sceneId: sceneId(String(scene)),
  item: itemKey(item),
});

export const link = (scene: number, item: number, facts: Partial<Link> = {}): Link => ({
  ...linkId(scene, item),
  evidence: 'path',
  sceneOshash: null,
  scenePath: `/data/${scene}.mp4`,
  itemPath: `/media/${item}.mp4`,
  desiredHash: null,
  verifiedUpdatedAt: null,
  verifiedAt: null,
  writtenAt: null,
  ...facts,
});

export const part = (id: number, path: string, facts: Partial<Part> = {}): Part => ({
  id: String(id),
  path,
  size: 1_000 + id,
  durationMs: 60_000,
  ...facts,
});

export const indexedItem = (id: number, ...parts: readonly Part[]): IndexedItem => ({
  ratingKey: ratingKey(String(id)),
  title: `Item ${id}`,
  updatedAt: 1_700_000_000,
  parts,
});
