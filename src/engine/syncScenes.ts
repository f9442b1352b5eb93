import { FAILURE_POLICIES, type Failure } from '../core/failure.ts';
import type { Hold } from '../core/hold.ts';
import type { SceneId } from '../core/ids.ts';
import type { Job, Settlement, TriggerSource } from '../core/job.ts';
import { linkIdText } from '../core/link.ts';
import { editsOf } from '../core/planning/plan.ts';
import { sceneSubject } from '../core/scene.ts';
import { seenStamp } from '../core/seenStamp.ts';
import { settlementFor } from '../core/settle.ts';
import type { Logger } from '../log/logger.ts';
import type { LinkId, ProofOutcome } from '../store/port.ts';
import { aboutJob } from './aboutJob.ts';
import { letGoOf } from './destroyedScenes.ts';
import { heldResult, withoutWrites } from './heldScenes.ts';
import { imagesToSend } from './images/imageOutcome.ts';
import { settleCovers } from './images/settleImages.ts';
import { skipWarnings } from './images/skipWarnings.ts';
import { keepItems, toIndexed } from './indexPages.ts';
import type { CheckedLink, LinkChecks } from './linkChecks.ts';
import { type Look, type LookParts, lookAt, type Target } from './look.ts';
import type { SafetyStop } from './safetyStop.ts';
import type { ScanRequests } from './scanRequests.ts';
import type { SceneResult } from './sceneResult.ts';
import type { PlannedTarget, WriteParts } from './sendEdits.ts';
import { undoScenes } from './undoScenes.ts';
import { type WriteOutcome, writeTargets } from './write.ts';

export interface SyncParts extends LookParts, WriteParts {
  readonly logger: Logger;
  readonly random: () => number;
  readonly linkChecks: LinkChecks;
  readonly scanRequests: ScanRequests;
  readonly stop: SafetyStop;
}

export interface SyncedBatch {
  readonly settlements: readonly Settlement[];
  /** Jobs that met a server which is away: the ramp shrinks for these, not for what is wrong with one item. */
  readonly unreachable: number;
}

/** What is known by these is that Stash changed: nobody says anything of Plex. */
const TELL_OF_STASH: ReadonlySet<TriggerSource> = new Set(['poll', 'entity']);
/** And by this, that Plex did: its own list may not show it yet. */
const TELL_OF_PLEX: ReadonlySet<TriggerSource> = new Set(['plex']);

/** Reads both sides for a batch of scene jobs, closes the differences, and says what becomes of each job. */
export async function syncScenes(jobs: readonly SceneJob[], parts: SyncParts): Promise<SyncedBatch> {
  const lookedAt = parts.clock.now();
  const { store } = parts;
  const ids = jobs.map((job) => job.subject.id);
  const undos = await store.undos.open(ids);
  const idsOf = (sources: ReadonlySet<TriggerSource>): ReadonlySet<SceneId> =>
    new Set(jobs.filter((job) => sources.has(job.source)).map((job) => job.subject.id));
  const looked = await lookAt(ids, parts, {
    trustIndex: true,
    stashOnly: idsOf(TELL_OF_STASH),
    plexChanged: idsOf(TELL_OF_PLEX),
    toBeUndone: new Set(undos.keys()),
  });
  if (!looked.ok) return settleAll(jobs, looked.failure, parts);
  CRASH_STEP: parts.reach('both-sides-read');
  const isStopped = await parts.linkChecks.note(looked.value.flatMap(checksOf));
  // Reading may have met a reason to stop, too: another server, a library that lost its items.
  if (isStopped || (await parts.stop.current()) !== null) {
    return { settlements: jobs.map(released), unreachable: 0 };
  }
  await remember(looked.value, lookedAt, parts);
  // Only now: a person may have held or released some while both sides were read.
  const held = await store.holds.of(ids);
  const wanted = new Map([...undos].filter(([scene]) => held.has(scene)));
  const undone = await undoScenes(looked.value, wanted, parts);
  const sources = new Map(jobs.map((job) => [job.subject.id, job.source]));
  const outcomes = await writeTargets(
    looked.value.filter(({ sceneId }) => !undos.has(sceneId)).flatMap((look) => writable(look, held, parts)),
    parts,
    (scene) => sources.get(scene) ?? 'sweep',
  );
  await settleCovers(
    looked.value.flatMap(targetsOf).filter((target) => target.kind === 'unchanged'),
    parts.store,
  );
  const lookOf = new Map(looked.value.map((look) => [look.sceneId, look]));
  const results = jobs.map((job) => {
    const { id } = job.subject;
    const look = lookOf.get(id);
    const result = undos.has(id)
      ? (undone.get(id) ?? RELEASED_MEANWHILE)
      : look === undefined
        ? neverLooked(job)
        : resultOf(look, outcomes);
    return { job, result: held.has(id) ? heldResult(result) : result };
  });
  const passedOver = results.filter(
    ({ job, result }) => result.kind === 'held' && !undone.has(job.subject.id),
  );
  await store.holds.notePassedOver(
    passedOver.map(({ job }) => job.subject.id),
    parts.clock.now(),
  );
  for (const { job, result } of results) {
    report(job, result, parts.logger);
    if (hasArrived(result)) parts.meter.editArrived(job.source, parts.clock.now() - job.enqueuedAt);
  }
  await parts.scanRequests.askFor(looked.value.flatMap(filesNotInPlex));
  return {
    settlements: results.map(({ job, result }) => settle(job, result, parts)),
    unreachable: results.filter(({ result }) => isOutage(result)).length,
  };
}

export type SceneJob = Job & { readonly subject: Extract<Job['subject'], { kind: 'scene' }> };

/** What the index said of the links of a scene, and what the items themselves said after that. */
function checksOf(look: Look): readonly CheckedLink[] {
  const gone = new Set(
    targetsOf(look).flatMap((target) =>
      target.kind === 'failed' && target.found !== null ? [linkIdText(target.link)] : [],
    ),
  );
  return (look.match?.linkChecks ?? []).map(({ link, hasFailed }) => ({
    link,
    hasFailed: hasFailed || gone.has(linkIdText(link)),
  }));
}

/** Everything learned by reading, kept before anything is written. */
async function remember(looks: readonly Look[], lookedAt: number, parts: SyncParts): Promise<void> {
  const { store, clock } = parts;
  const matches = looks.flatMap((look) => (look.match === null ? [] : [look.match]));
  const targets = looks.flatMap(targetsOf);
  // Before the links are dropped that it comes from.
  await store.journal.prove(targets.flatMap(inheritance), clock.now());
  await store.links.drop(looks.flatMap(staleOf), { withBase: true });
  await store.links.put(targets.map((target) => target.link));
  await forgetGoneItems(targets, parts);
  const seen = await store.scenes.seen(
    'scene',
    looks.map((look) => look.sceneId),
  );
  await store.scenes.remember(
    looks.flatMap(({ scene }) =>
      scene === null
        ? []
        : [
            {
              id: scene.id,
              updatedAt: seenStamp(scene.updatedAt, seen.get(scene.id), lookedAt),
              entities: [
                ...scene.performers.map(({ id }) => ({ kind: 'performer' as const, id })),
                ...scene.tags.map(({ id }) => ({ kind: 'tag' as const, id })),
                ...scene.groups.map(({ id }) => ({ kind: 'group' as const, id })),
                ...(scene.studio === null ? [] : [{ kind: 'studio' as const, id: scene.studio.id }]),
              ],
            },
          ],
    ),
  );
  await store.destroyed.takeBack(looks.flatMap(({ scene }) => (scene === null ? [] : [scene.id])));
  await store.scenes.noteMissing(matches.map((match) => match.missing));
  await letGoOf(
    looks.filter((look) => look.outcome.kind === 'gone').map((look) => look.sceneId),
    parts,
  );
  const displaced = matches.flatMap((match) => match.displaced);
  const now = clock.now();
  await store.queue.enqueue(
    displaced.map((id) => ({ subject: sceneSubject(id), source: 'sweep' })),
    { now, dueAt: now },
  );
}

/** Of a scene whose item could not be read nothing is dropped yet: that item has nothing of it. */
const staleOf = (look: Look): readonly LinkId[] =>
  targetsOf(look).some((target) => target.kind === 'failed') ? [] : (look.match?.stale ?? []);

function inheritance(target: Target): readonly ProofOutcome[] {
  if (target.kind !== 'planned' || Object.keys(target.inherited).length === 0) return [];
  const { sceneId, item } = target.link;
  return [{ sceneId, item, arrived: target.inherited, givenUp: [], proof: null }];
}

/**
 * The index was wrong about these items: put right at once, so that the next look finds another or none. Their links
 * stay until then, since what was written there is the base of the item that may take their place.
 */
async function forgetGoneItems(targets: readonly Target[], parts: SyncParts): Promise<void> {
  const { store } = parts;
  for (const target of targets) {
    if (target.kind !== 'failed' || target.found === null) continue;
    if (target.found === 'gone') await store.index.removeItems([target.link.item]);
    else {
      const items = [toIndexed(target.found)];
      await keepItems(target.link.item.section, { items, generation: null }, parts);
    }
  }
}

const targetsOf = (look: Look): readonly Target[] =>
  look.outcome.kind === 'seen' ? look.outcome.targets : [];

/** Not again by each look that waits for an edit to show, or that finds what was found before. */
const areWarningsNews = ({ link, hash, plan }: PlannedTarget): boolean =>
  editsOf(plan).length > 0 || (link.writtenAt === null && link.desiredHash !== hash);

/** In a dry run, what would be written is said and left. */
function writable(
  look: Look,
  held: ReadonlyMap<SceneId, Hold>,
  { settings, logger }: SyncParts,
): readonly PlannedTarget[] {
  const about = aboutJob(sceneSubject(look.sceneId));
  const planned = targetsOf(look).filter((target) => target.kind === 'planned');
  if (held.has(look.sceneId)) return planned.map(withoutWrites);
  for (const { desired } of planned.filter(areWarningsNews).slice(0, 1)) {
    for (const warning of desired.warnings) logger.warn(about, warning);
  }
  const skips = skipWarnings(targetsOf(look));
  for (const warning of skips) logger.warn(about, warning);
  if (!settings.dry_run) return planned;
  return planned
    .filter((target) => {
      const fields = [...editsOf(target.plan).map((edit) => edit.field), ...imagesToSend(target.images)];
      if (fields.length === 0) return true;
      logger.info({ ...about, item: target.link.item.ratingKey, fields }, 'dry run: would write');
      return editsOf(target.plan).length === 0;
    })
    .map((target) => ({ ...target, images: [] }));
}

const filesNotInPlex = ({ scene, outcome }: Look): readonly string[] =>
  outcome.kind === 'failed' && outcome.failure.class === 'no-match'
    ? (scene?.files ?? []).map((file) => file.path)
    : [];

/** Several items of one scene are one job: the worst decides, and a new attempt skips what is done. */
function resultOf(look: Look, outcomes: ReadonlyMap<PlannedTarget, WriteOutcome>): SceneResult {
  if (look.outcome.kind === 'gone' || look.outcome.kind === 'left-out') return { kind: look.outcome.kind };
  if (look.outcome.kind === 'failed') return look.outcome;
  const results = look.outcome.targets.map((target): WriteOutcome => {
    if (target.kind === 'failed') return target;
    if (target.kind === 'planned') return outcomes.get(target) ?? { kind: 'same' };
    const failure = target.covers.find((cover) => cover.failure !== null)?.failure ?? null;
    return failure === null ? { kind: 'same' } : { kind: 'failed', failure };
  });
  const failed = results.find((result) => result.kind === 'failed');
  if (failed !== undefined) return { kind: 'failed', failure: failed.failure };
  if (results.some((result) => result.kind === 'untried')) return { kind: 'untried' };
  const dueAt = results.flatMap((result) => (result.kind === 'awaited' ? [result.dueAt] : []));
  if (dueAt.length > 0) return { kind: 'awaited', dueAt: Math.min(...dueAt) };
  return { kind: 'done', written: results.filter((result) => result.kind === 'written').length };
}

function settle(job: SceneJob, result: SceneResult, parts: SyncParts): Settlement {
  const { subject } = job;
  switch (result.kind) {
    case 'done':
    case 'gone':
    case 'held':
    case 'left-out':
      return { kind: 'done', subject };
    case 'untried':
      return released(job);
    case 'awaited':
      return {
        kind: 'retry',
        subject,
        dueAt: result.dueAt,
        attempt: job.attempt,
        postponed: job.postponed + 1,
        failure: null,
      };
    case 'failed':
      return settleFailure(job, result.failure, parts);
  }
}

/** What becomes of a job that failed, by the table of failure classes. */
export function settleFailure(
  job: Job,
  failure: Failure,
  { clock, random, settings }: Pick<SyncParts, 'clock' | 'random' | 'settings'>,
): Settlement {
  return settlementFor({
    job,
    failure,
    now: clock.now(),
    random: random(),
    maxRetries: settings.max_retries,
  });
}

function settleAll(jobs: readonly SceneJob[], failure: Failure, parts: SyncParts): SyncedBatch {
  parts.logger.debug({ jobs: jobs.length, class: failure.class, reason: failure.message }, 'batch put off');
  return {
    settlements: jobs.map((job) => settleFailure(job, failure, parts)),
    unreachable: isOutage({ kind: 'failed', failure }) ? jobs.length : 0,
  };
}

const isOutage = (result: SceneResult): boolean =>
  result.kind === 'failed' &&
  result.failure.peer !== undefined &&
  FAILURE_POLICIES[result.failure.class].tripsBreaker;

/** It was looked at for an undo that nobody wants any more: the next look is one like any other. */
const RELEASED_MEANWHILE: SceneResult = { kind: 'untried' };

const hasArrived = (result: SceneResult): result is Extract<SceneResult, { readonly kind: 'done' }> =>
  result.kind === 'done' && result.written > 0;

const released = (job: SceneJob): Settlement => ({ kind: 'release', subject: job.subject });

const neverLooked = (job: SceneJob): SceneResult => ({
  kind: 'failed',
  failure: { class: 'unexpected', message: `scene ${job.subject.id} was claimed and not looked at` },
});

function report(job: SceneJob, result: SceneResult, logger: Logger): void {
  const about = aboutJob(job.subject);
  if (hasArrived(result)) {
    logger.info({ ...about, items: result.written, source: job.source }, 'synced');
  } else if (result.kind === 'failed') {
    const { class: kind, message } = result.failure;
    const level = FAILURE_POLICIES[kind].answer === 'dead' || kind === 'unexpected' ? 'warn' : 'debug';
    logger[level]({ ...about, class: kind, attempt: job.attempt, reason: message }, 'not synced');
  } else logger.debug({ ...about, source: job.source }, `looked at: ${result.kind}`);
}
