import { nextVerification } from '../core/backoff.ts';
import { FAILURE_POLICIES, type Failure, isFailure } from '../core/failure.ts';
import type { Item } from '../core/item.ts';
import { type Base, type BaseByField, editsOf } from '../core/planning/plan.ts';
import { type Proof, proveItem } from '../core/planning/proof.ts';
import type { Settings } from '../core/settings/table.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { IntendedWrite, ProofOutcome, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { mergeSettingsOf, type Target } from './look.ts';

export interface WriteParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly reach: ReachStep;
}

export type PlannedTarget = Extract<Target, { kind: 'planned' }>;

/** What became of one item. */
export type WriteOutcome =
  | { readonly kind: 'same' | 'written' }
  /** Sent, and not all shown yet: to be looked at again at this time. */
  | { readonly kind: 'awaited'; readonly dueAt: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Not tried, because Plex went away before its turn. */
  | { readonly kind: 'untried' };

/**
 * Carries out plans: writes down what will be sent, sends it, reads it back in bulk, and writes down what
 * arrived. One writer: Plex slows down under load (plex reference §1, "Rate limits").
 */
export async function writeTargets(
  targets: readonly PlannedTarget[],
  parts: WriteParts,
): Promise<ReadonlyMap<PlannedTarget, WriteOutcome>> {
  const outcomes = new Map<PlannedTarget, WriteOutcome>();
  // A field that was sent and did not arrive in time fails the job once; the next attempt sends it anew.
  const givenUp = targets.filter((target) => target.proof.givenUp.length > 0);
  const toWrite = targets.filter((target) => !givenUp.includes(target) && editsOf(target.plan).length > 0);
  const sent = await send(toWrite, outcomes, parts);
  const readBack = await readBackAll(sent, outcomes, parts);
  const proofs = [
    ...targets.filter((target) => !toWrite.includes(target)).map((target) => proofOfRead(target)),
    ...readBack.map(({ target, item, proof }) => proofOutcome(target, { item, proof })),
  ];
  await parts.store.journal.prove(proofs, parts.clock.now());
  if (readBack.length > 0) parts.reach('proved');
  for (const target of givenUp) outcomes.set(target, { kind: 'failed', failure: notShown(target) });
  for (const target of targets) {
    if (!outcomes.has(target)) outcomes.set(target, settleUnwritten(target, parts.clock.now()));
  }
  return outcomes;
}

async function send(
  targets: readonly PlannedTarget[],
  outcomes: Map<PlannedTarget, WriteOutcome>,
  { store, plex, clock, reach }: WriteParts,
): Promise<readonly PlannedTarget[]> {
  if (targets.length === 0) return [];
  await store.journal.intend(targets.map(toIntendedWrite), clock.now());
  reach('write-intended');
  const sent: PlannedTarget[] = [];
  let isPlexGone = false;
  for (const target of targets) {
    if (isPlexGone) {
      outcomes.set(target, { kind: 'untried' });
      continue;
    }
    const edit = await plex.edit({
      section: target.item.sectionKey,
      ratingKey: target.item.ratingKey,
      edits: editsOf(target.plan),
    });
    if (edit.ok) sent.push(target);
    else outcomes.set(target, { kind: 'failed', failure: edit.failure });
    if (edit.ok) reach('edit-sent');
    isPlexGone = !edit.ok && concernsPlexItself(edit.failure);
  }
  return sent;
}

/** The next item would meet the same: Plex is away, or does not let us in. */
const concernsPlexItself = (failure: Failure): boolean => {
  const policy = FAILURE_POLICIES[failure.class];
  return policy.tripsBreaker || policy.answer === 'pause' || policy.answer === 'stop';
};

interface ReadBack {
  readonly target: PlannedTarget;
  readonly item: Item;
  readonly proof: Proof;
}

/** 200 proves nothing: Plex ignores what it does not understand (plex reference §3.8). */
async function readBackAll(
  targets: readonly PlannedTarget[],
  outcomes: Map<PlannedTarget, WriteOutcome>,
  { plex, clock, settings, reach }: WriteParts,
): Promise<readonly ReadBack[]> {
  if (targets.length === 0) return [];
  const items = await plex.items([...new Set(targets.map((target) => target.item.ratingKey))]);
  if (!items.ok) {
    for (const target of targets) outcomes.set(target, { kind: 'failed', failure: items.failure });
    return [];
  }
  reach('edit-read-back');
  return targets.flatMap((target) => {
    const item = items.value.get(target.item.ratingKey) ?? null;
    if (item === null || isFailure(item)) {
      outcomes.set(target, { kind: 'failed', failure: item ?? goneAfterWrite(target) });
      return [];
    }
    const proof = proveItem({
      desired: target.desired.desired,
      item,
      bases: basesWhileOpen(target),
      settings: mergeSettingsOf(settings),
      isWaitOver: false,
    });
    const now = clock.now();
    const next = nextVerification(now, now);
    outcomes.set(
      target,
      proof.awaited.length === 0
        ? { kind: 'written' }
        : { kind: 'awaited', dueAt: next === 'over' ? now : next },
    );
    return [{ target, item, proof }];
  });
}

const toIntendedWrite = (target: PlannedTarget): IntendedWrite => {
  const sent = target.plan.decisions.filter((decision) => decision.edit !== null);
  return {
    sceneId: target.link.sceneId,
    item: target.link.item,
    changes: sent.map((decision) => ({
      field: decision.field,
      before: decision.from,
      after: decision.to,
      wasLocked: decision.wasLocked,
      reason: decision.reason,
    })),
    intended: Object.fromEntries(sent.map((decision) => [decision.field, decision.intended ?? decision.to])),
  };
};

/** The bases as they stand in the database between intending and proving. */
function basesWhileOpen(target: PlannedTarget): BaseByField {
  const open = target.plan.decisions
    .filter((decision) => decision.edit !== null)
    .map((decision) => {
      const before = target.proof.bases[decision.field];
      const base: Base = {
        value: before?.value ?? null,
        intended: decision.intended ?? decision.to,
        isLockOurs: before?.isLockOurs === true || !decision.wasLocked,
      };
      return [decision.field, base] as const;
    });
  return { ...target.proof.bases, ...Object.fromEntries(open) };
}

/** A target that needed no edit: this read is the proof, unless something sent before is still awaited. */
const proofOfRead = (target: PlannedTarget): ProofOutcome =>
  proofOutcome(target, { item: target.item, proof: target.proof });

function proofOutcome(
  target: PlannedTarget,
  read: { readonly item: Item; readonly proof: Proof },
): ProofOutcome {
  const isComplete = read.proof.awaited.length === 0 && read.proof.givenUp.length === 0;
  return {
    sceneId: target.link.sceneId,
    item: target.link.item,
    // Edits sent earlier may have shown in the read before this write.
    arrived: { ...target.proof.arrived, ...read.proof.arrived },
    givenUp: read.proof.givenUp,
    proof: isComplete ? { desiredHash: target.hash, updatedAt: read.item.updatedAt } : null,
  };
}

function settleUnwritten(target: PlannedTarget, now: number): WriteOutcome {
  const { writtenAt } = target.link;
  if (writtenAt === null || target.proof.awaited.length === 0) return { kind: 'same' };
  const next = nextVerification(writtenAt, now);
  return { kind: 'awaited', dueAt: next === 'over' ? now : next };
}

const notShown = (target: PlannedTarget): Failure => ({
  class: 'rejected',
  peer: 'plex',
  message: `Plex took an edit of item ${target.item.ratingKey} and does not show it: ${target.proof.givenUp.join(', ')}.`,
});

const goneAfterWrite = (target: PlannedTarget): Failure => ({
  class: 'item-gone',
  message: `Item ${target.item.ratingKey} went away while it was written.`,
});
