import type { Failure } from '../core/failure.ts';
import { linkIdText } from '../core/link.ts';
import { editsOf } from '../core/planning/plan.ts';
import type { Settings } from '../core/settings/table.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { StashClient } from '../stash/stashClient.ts';
import type { IntendedWrite, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import { concernsServer } from './concernsServer.ts';
import type { ReachStep } from './crashStep.ts';
import type { Target } from './look.ts';
import type { VerifiedValues } from './verifiedValues.ts';

export interface WriteParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly stash: StashClient;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly reach: ReachStep;
  /**
   * Links (as {@link linkIdText}) whose latest edit Plex said it took, and has yet to show. Only these can
   * fail to: what was refused, or lost on the way, is sent again as if for the first time. Kept for a process.
   */
  readonly takenEdits: Set<string>;
  readonly verified: VerifiedValues;
}

export type PlannedTarget = Extract<Target, { kind: 'planned' }>;

export interface Sent {
  readonly target: PlannedTarget;
  /** Null: Plex took it. */
  readonly failure: Failure | null;
}

/** Ends with the first answer that says Plex itself is away; the rest are not tried. */
export async function sendEdits(
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
    if (!edit.ok && concernsServer(edit.failure)) break;
  }
  return sent;
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
