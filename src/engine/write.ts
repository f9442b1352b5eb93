import { nextVerification } from '../core/backoff.ts';
import { FAILURE_POLICIES, type Failure, isFailure } from '../core/failure.ts';
import type { Item } from '../core/item.ts';
import { type Base, type BaseByField, editsOf } from '../core/planning/plan.ts';
import { planItem } from '../core/planning/planItem.ts';
import { type Proof, proveItem } from '../core/planning/proof.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import { type IntendedWrite, linkIdText, type Meta, type ProofOutcome, type Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { mergeSettingsOf, type Target } from './look.ts';
import { learnUrlLimit, maxEncodedOf } from './urlLimit.ts';

export interface WriteParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly reach: ReachStep;
  /**
   * Links (as {@link linkIdText}) whose latest edit Plex said it took, and has yet to show. Only these can
   * fail to: what was refused, or lost on the way, is sent again as if for the first time. Kept for a process.
   */
  readonly takenEdits: Set<string>;
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
  const { store, clock, reach } = parts;
  const notShown = targets.filter((target) => isNotShown(target, parts));
  const toWrite = targets.filter((target) => hasEdits(target) && !notShown.includes(target));
  // Before anything new is intended: what earlier edits came to would be lost under it.
  await store.journal.prove(
    targets.map((target) => proofOfRead(target, { isOpen: toWrite.includes(target) })),
    clock.now(),
  );
  for (const target of targets) {
    if (target.proof.awaited.length === 0) parts.takenEdits.delete(linkIdText(target.link));
  }
  const sent = await send(toWrite, parts);
  const answered = sent.filter((each) => each.failure === null || !concernsPlexItself(each.failure));
  const readBack = await readBackAll(answered, parts);
  if (readBack.ok) {
    await store.journal.prove(
      readBack.value.flatMap(({ outcome }) => outcome ?? []),
      clock.now(),
    );
    if (answered.length > 0) reach('proved');
  }
  const isNewLimit = await learnLimits(sent, store.meta);
  const wasTooLong = (failure: Failure): boolean => isNewLimit && failure.isTooLong === true;
  // Looked at again at once: from now on what is sent is cut to what fits.
  const shorter: WriteOutcome = { kind: 'awaited', dueAt: clock.now() };
  const sentOf = new Map(sent.map((each) => [each.target, each]));
  const readBackOf = new Map((readBack.ok ? readBack.value : []).map((each) => [each.target, each]));
  return new Map(
    targets.map((target): [PlannedTarget, WriteOutcome] => {
      if (notShown.includes(target)) return [target, { kind: 'failed', failure: neverShown(target) }];
      if (!toWrite.includes(target)) return [target, outcomeOfRead(target, clock.now())];
      const failure = sentOf.get(target)?.failure;
      if (failure === undefined) return [target, { kind: 'untried' }];
      if (failure !== null) {
        const isThere = (readBackOf.get(target)?.outcome ?? null) !== null;
        return [
          target,
          wasTooLong(failure) ? shorter : { kind: 'failed', failure: isThere ? refused(failure) : failure },
        ];
      }
      if (!readBack.ok) return [target, { kind: 'failed', failure: readBack.failure }];
      return [target, readBackOf.get(target)?.result ?? { kind: 'failed', failure: goneAfterWrite(target) }];
    }),
  );
}

/** @returns whether this is the first time that an edit was refused for its length. */
async function learnLimits(sent: readonly Sent[], meta: Meta): Promise<boolean> {
  if (!sent.some(({ failure }) => failure?.isTooLong === true)) return false;
  if ((await maxEncodedOf(meta)) !== null) return false;
  await learnUrlLimit(meta);
  return true;
}

const hasEdits = (target: PlannedTarget): boolean => editsOf(target.plan).length > 0;

/** Plex took an edit that did not arrive in time and is still wanted: the job fails once, then sends it anew. */
const isNotShown = (target: PlannedTarget, { takenEdits }: WriteParts): boolean =>
  target.proof.givenUp.length > 0 && hasEdits(target) && takenEdits.has(linkIdText(target.link));

interface Sent {
  readonly target: PlannedTarget;
  /** Null: Plex took it. */
  readonly failure: Failure | null;
}

/** Ends with the first answer that says Plex itself is away; the rest are not tried. */
async function send(
  targets: readonly PlannedTarget[],
  { store, plex, clock, reach, takenEdits }: WriteParts,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const target of targets) {
    // One by one, so that nothing is intended that was never sent.
    await store.journal.intend([toIntendedWrite(target)], clock.now());
    reach('write-intended');
    const edit = await plex.edit({
      section: target.item.sectionKey,
      ratingKey: target.item.ratingKey,
      edits: editsOf(target.plan),
    });
    if (edit.ok) {
      takenEdits.add(linkIdText(target.link));
      reach('edit-sent');
    }
    sent.push({ target, failure: edit.ok ? null : edit.failure });
    if (!edit.ok && concernsPlexItself(edit.failure)) break;
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
  readonly outcome: ProofOutcome | null;
  readonly result: WriteOutcome;
}

/** 200 proves nothing: Plex ignores what it does not understand (plex reference §3.8). */
async function readBackAll(
  sent: readonly Sent[],
  { plex, clock, settings, reach }: WriteParts,
): Promise<Result<readonly ReadBack[]>> {
  if (sent.length === 0) return succeed([]);
  const items = await plex.items([...new Set(sent.map(({ target }) => target.item.ratingKey))]);
  if (!items.ok) return items;
  reach('edit-read-back');
  return succeed(
    sent.map(({ target, failure }): ReadBack => {
      const item = items.value.get(target.item.ratingKey) ?? null;
      if (item === null || isFailure(item)) {
        return { target, outcome: null, result: { kind: 'failed', failure: item ?? goneAfterWrite(target) } };
      }
      // What Plex refused it will not show later.
      const read = proveRead(target, { item, settings, isWaitOver: failure !== null });
      return { target, outcome: read.outcome, result: resultOfRead(read.proof, clock.now()) };
    }),
  );
}

function proveRead(
  target: PlannedTarget,
  read: { readonly item: Item; readonly settings: Settings; readonly isWaitOver: boolean },
): { readonly proof: Proof; readonly outcome: ProofOutcome } {
  const { item, isWaitOver } = read;
  const settings = mergeSettingsOf(read.settings);
  const sides = { desired: target.desired.desired, item, bases: basesWhileOpen(target) };
  const proof = proveItem({ ...sides, settings, isWaitOver });
  const { link, desired, hash } = target;
  const { sceneId, item: itemKey } = link;
  const next = { sceneId, itemKey, desired, hash, item, bases: proof.bases, settings, isAwaiting: false };
  // Somebody may have edited the item in the same moment: then this read proves our edit, not the item.
  const isComplete = proof.awaited.length === 0 && editsOf(planItem(next)).length === 0;
  return { proof, outcome: proofOutcome(target, { item, proof, isComplete }) };
}

function resultOfRead(proof: Proof, now: number): WriteOutcome {
  if (proof.awaited.length === 0) return { kind: 'written' };
  const dueAt = nextVerification(now, now);
  return { kind: 'awaited', dueAt: dueAt === 'over' ? now : dueAt };
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

/** What the read before any write proved; the whole item, if it needs no edit and nothing is awaited. */
const proofOfRead = (target: PlannedTarget, { isOpen }: { readonly isOpen: boolean }): ProofOutcome =>
  proofOutcome(target, {
    item: target.item,
    proof: target.proof,
    isComplete: !isOpen && !hasEdits(target) && target.proof.awaited.length === 0,
  });

const proofOutcome = (
  target: PlannedTarget,
  read: { readonly item: Item; readonly proof: Proof; readonly isComplete: boolean },
): ProofOutcome => ({
  sceneId: target.link.sceneId,
  item: target.link.item,
  arrived: read.proof.arrived,
  givenUp: read.proof.givenUp,
  proof: read.isComplete ? { desiredHash: target.hash, updatedAt: read.item.updatedAt } : null,
});

function outcomeOfRead(target: PlannedTarget, now: number): WriteOutcome {
  const { writtenAt } = target.link;
  if (writtenAt === null || target.proof.awaited.length === 0) return { kind: 'same' };
  const next = nextVerification(writtenAt, now);
  return { kind: 'awaited', dueAt: next === 'over' ? now : next };
}

/** Plex says that it has no such item, and shows it: looking for another would find the same for ever. */
const refused = (failure: Failure): Failure =>
  failure.class === 'item-gone' ? { ...failure, class: 'rejected' } : failure;

const neverShown = (target: PlannedTarget): Failure => ({
  class: 'rejected',
  peer: 'plex',
  message: `Plex took an edit of item ${target.item.ratingKey} and does not show it: ${target.proof.givenUp.join(', ')}.`,
});

const goneAfterWrite = (target: PlannedTarget): Failure => ({
  class: 'item-gone',
  message: `Item ${target.item.ratingKey} went away while it was written.`,
});
