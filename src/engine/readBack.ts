import { type Failure, isFailure } from '../core/failure.ts';
import type { Item } from '../core/item.ts';
import { type Base, type BaseByField, editsOf } from '../core/planning/plan.ts';
import { planItem } from '../core/planning/planItem.ts';
import { type Proof, proveItem } from '../core/planning/proof.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { ProofOutcome } from '../store/port.ts';
import { mergeSettingsOf } from './desiredWithHash.ts';
import type { PlannedTarget, Sent, WriteParts } from './sendEdits.ts';

/** What an item showed after something was sent to it. */
export type ReadBack = { readonly target: PlannedTarget } & (
  | {
      readonly kind: 'read';
      readonly item: Item;
      readonly isAllShown: boolean;
      readonly outcome: ProofOutcome;
    }
  | { readonly kind: 'unread'; readonly failure: Failure }
);

/** 200 proves nothing: Plex ignores what it does not understand (plex reference §3.8). One request for all. */
export async function readBackAll(
  sent: readonly Sent[],
  { plex, settings, reach }: WriteParts,
): Promise<Result<readonly ReadBack[]>> {
  if (sent.length === 0) return succeed([]);
  const items = await plex.items([...new Set(sent.map(({ target }) => target.item.ratingKey))]);
  if (!items.ok) return items;
  CRASH_STEP: reach('edit-read-back');
  return succeed(
    sent.map(({ target, failure }): ReadBack => {
      const item = items.value.get(target.item.ratingKey) ?? null;
      if (item === null) return { target, kind: 'unread', failure: goneAfterWrite(target) };
      if (isFailure(item)) return { target, kind: 'unread', failure: item };
      // What Plex refused it will not show later.
      const { proof, outcome } = proveRead(target, { item, settings, isWaitOver: failure !== null });
      return { target, kind: 'read', item, isAllShown: proof.awaited.length === 0, outcome };
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

/** The bases as they stand in the database between intending and proving. */
function basesWhileOpen(target: PlannedTarget): BaseByField {
  const open = target.plan.decisions
    .flatMap((decision) => (decision.edit === null ? [] : [{ ...decision, edit: decision.edit }]))
    .map((decision) => {
      const before = target.proof.bases[decision.field];
      const base: Base = {
        value: before?.value ?? null,
        intended: decision.intended ?? decision.to,
        isLockOurs: before?.isLockOurs === true || (!decision.wasLocked && decision.edit.lock),
      };
      return [decision.field, base] as const;
    });
  return { ...target.proof.bases, ...Object.fromEntries(open) };
}

export const proofOutcome = (
  target: PlannedTarget,
  read: { readonly item: Item; readonly proof: Proof; readonly isComplete: boolean },
): ProofOutcome => ({
  sceneId: target.link.sceneId,
  item: target.link.item,
  arrived: read.proof.arrived,
  givenUp: read.proof.givenUp,
  proof: read.isComplete ? { desiredHash: target.hash, updatedAt: read.item.updatedAt } : null,
});

const goneAfterWrite = (target: PlannedTarget): Failure => ({
  class: 'item-gone',
  message: `Item ${target.item.ratingKey} went away while it was written.`,
});
