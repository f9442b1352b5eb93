import { nextVerification } from '../core/backoff.ts';
import type { Failure } from '../core/failure.ts';
import type { Item } from '../core/item.ts';
import { linkIdText } from '../core/link.ts';
import { editsOf } from '../core/planning/plan.ts';
import type { Result } from '../core/result.ts';
import type { Meta, ProofOutcome } from '../store/port.ts';
import { concernsServer } from './concernsServer.ts';
import { outcomeWithImages } from './images/imageOutcome.ts';
import { sendImages } from './images/sendImages.ts';
import { settleImages } from './images/settleImages.ts';
import { proofOutcome, type ReadBack, readBackAll } from './readBack.ts';
import { type PlannedTarget, type Sent, type SourceOf, sendEdits, type WriteParts } from './sendEdits.ts';
import { learnUrlLimit, maxEncodedOf } from './urlLimit.ts';

/** What became of one item. */
export type WriteOutcome =
  | { readonly kind: 'same' | 'written' }
  /** Sent, and not all shown yet: to be looked at again at this time. */
  | { readonly kind: 'awaited'; readonly dueAt: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Not tried, because Plex went away before its turn. */
  | { readonly kind: 'untried' };

/** Carries out plans: writes down what will be sent, sends it, reads it back in bulk, and writes down what arrived. */
export async function writeTargets(
  targets: readonly PlannedTarget[],
  parts: WriteParts,
  sourceOf: SourceOf,
): Promise<ReadonlyMap<PlannedTarget, WriteOutcome>> {
  const { store, clock, reach } = parts;
  const notShown = targets.filter((target) => isNotShown(target, parts));
  const toWrite = targets.filter((target) => hasEdits(target) && !notShown.includes(target));
  // Before anything new is intended: what earlier edits came to would be lost under it.
  const seen = targets.map((target) => ({
    item: target.item,
    outcome: proofOfRead(target, { isOpen: toWrite.includes(target) }),
  }));
  await prove(seen, parts);
  for (const target of targets) {
    if (target.proof.awaited.length === 0) parts.takenEdits.delete(linkIdText(target.link));
  }
  const sent = await sendEdits(toWrite, parts, sourceOf);
  const isAway = sent.some(({ failure }) => failure !== null && concernsServer(failure));
  const images = await sendImages(
    isAway ? [] : targets.filter((target) => !notShown.includes(target)),
    parts,
  );
  const pictured = targets.filter(
    (target) =>
      !toWrite.includes(target) && target.images.some((image) => images.get(image)?.kind === 'sent'),
  );
  const answered = [
    ...sent.filter((each) => each.failure === null || !concernsServer(each.failure)),
    ...pictured.map((target): Sent => ({ target, failure: null })),
  ];
  const readBack = await readBackAll(answered, parts);
  if (readBack.ok) {
    const read = readBack.value.filter((each) => each.kind === 'read');
    await prove(read, parts);
    for (const { outcome } of read) {
      if (outcome.proof !== null) parts.takenEdits.delete(linkIdText(outcome));
    }
    if (answered.length > 0) CRASH_STEP: reach('proved');
  }
  const readOf = (target: PlannedTarget): ReadBack | undefined =>
    readBack.ok ? readBack.value.find((each) => each.target === target) : undefined;
  const isTouched = (target: PlannedTarget): boolean => answered.some((each) => each.target === target);
  const itemNow = (target: PlannedTarget): Item | null => {
    if (!isTouched(target)) return target.item;
    const read = readOf(target);
    return read?.kind === 'read' ? read.item : null;
  };
  await settleImages(targets, { results: images, itemNow }, store);
  const isNewLimit = await learnLimits(sent, store.meta);
  const outcomeOf = (target: PlannedTarget): WriteOutcome => {
    if (notShown.includes(target)) return { kind: 'failed', failure: neverShown(target) };
    const attempt =
      answered.find((each) => each.target === target) ?? sent.find((each) => each.target === target);
    if (attempt !== undefined) return outcomeOfSent(attempt, { readBack, isNewLimit, now: clock.now() });
    return toWrite.includes(target) ? { kind: 'untried' } : outcomeOfRead(target, clock.now());
  };
  return new Map(
    targets.map((target) => [target, outcomeWithImages(outcomeOf(target), target.images, images)]),
  );
}

interface Seen {
  readonly item: Item;
  readonly outcome: ProofOutcome;
}

async function prove(seen: readonly Seen[], { store, clock, verified }: WriteParts): Promise<void> {
  for (const { item, outcome } of seen) if (outcome.proof !== null) verified.note(outcome.item, item);
  await store.journal.prove(
    seen.map(({ outcome }) => outcome),
    clock.now(),
  );
}

const hasEdits = (target: PlannedTarget): boolean => editsOf(target.plan).length > 0;

/** Plex took an edit that did not arrive in time and is still wanted: the job fails once, then sends it anew. */
const isNotShown = (target: PlannedTarget, { takenEdits }: WriteParts): boolean =>
  target.proof.givenUp.length > 0 && hasEdits(target) && takenEdits.has(linkIdText(target.link));

/** What the read before any write proved; the whole item, if it needs no edit and nothing is awaited. */
const proofOfRead = (target: PlannedTarget, { isOpen }: { readonly isOpen: boolean }): ProofOutcome =>
  proofOutcome(target, {
    item: target.item,
    proof: target.proof,
    isComplete: !isOpen && !hasEdits(target) && target.proof.awaited.length === 0,
  });

function outcomeOfRead(target: PlannedTarget, now: number): WriteOutcome {
  const { writtenAt } = target.link;
  if (writtenAt === null) return { kind: 'same' };
  if (target.proof.awaited.length === 0) {
    // What was sent earlier shows only now.
    return { kind: Object.keys(target.proof.arrived).length > 0 ? 'written' : 'same' };
  }
  const next = nextVerification(writtenAt, now);
  return { kind: 'awaited', dueAt: next === 'over' ? now : next };
}

interface AfterSending {
  readonly readBack: Result<readonly ReadBack[]>;
  /** Whether this batch taught us that long URLs are refused. */
  readonly isNewLimit: boolean;
  readonly now: number;
}

function outcomeOfSent({ target, failure }: Sent, { readBack, isNewLimit, now }: AfterSending): WriteOutcome {
  // Looked at again at once: from now on what is sent is cut to what fits.
  if (failure?.isTooLong === true && isNewLimit) return { kind: 'awaited', dueAt: now };
  const read = readBack.ok ? readBack.value.find((each) => each.target === target) : undefined;
  if (failure !== null)
    return { kind: 'failed', failure: read?.kind === 'read' ? refused(failure) : failure };
  if (!readBack.ok) return { kind: 'failed', failure: readBack.failure };
  if (read?.kind !== 'read') return { kind: 'failed', failure: read?.failure ?? neverRead(target) };
  if (read.isAllShown) return { kind: 'written' };
  const dueAt = nextVerification(now, now);
  return { kind: 'awaited', dueAt: dueAt === 'over' ? now : dueAt };
}

/** @returns whether this is the first time that an edit was refused for its length. */
async function learnLimits(sent: readonly Sent[], meta: Meta): Promise<boolean> {
  if (!sent.some(({ failure }) => failure?.isTooLong === true)) return false;
  if ((await maxEncodedOf(meta)) !== null) return false;
  await learnUrlLimit(meta);
  return true;
}

/** Plex says that it has no such item, and shows it: looking for another would find the same for ever. */
const refused = (failure: Failure): Failure =>
  failure.class === 'item-gone' ? { ...failure, class: 'rejected' } : failure;

const neverShown = (target: PlannedTarget): Failure => ({
  class: 'rejected',
  peer: 'plex',
  message: `Plex took an edit of item ${target.item.ratingKey} and does not show it: ${target.proof.givenUp.join(', ')}.`,
});

const neverRead = (target: PlannedTarget): Failure => ({
  class: 'unexpected',
  message: `item ${target.item.ratingKey} was written and not read back`,
});
