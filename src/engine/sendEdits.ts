import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { Item } from '../core/item.ts';
import type { TriggerSource } from '../core/job.ts';
import { linkIdText } from '../core/link.ts';
import { editsOf, type FieldEdit } from '../core/planning/plan.ts';
import { writtenChange } from '../core/planning/writtenChange.ts';
import type { Settings } from '../core/settings/table.ts';
import type { PlexClient } from '../plex/plexClient.ts';
import type { StashClient } from '../stash/stashClient.ts';
import type { IntendedWrite, Store } from '../store/port.ts';
import type { Clock } from './clock.ts';
import { concernsServer } from './concernsServer.ts';
import type { ReachStep } from './crashStep.ts';
import type { Target } from './look.ts';
import type { Meter } from './meter.ts';
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
  readonly meter: Meter;
}

export type PlannedTarget = Extract<Target, { kind: 'planned' }>;

export interface Sent {
  readonly target: PlannedTarget;
  /** Null: Plex took it. */
  readonly failure: Failure | null;
}

/** Who asked for the writes of a scene: for the journal. */
export type SourceOf = (scene: SceneId) => TriggerSource;

/** Ends with the first answer that says Plex itself is away; the rest are not tried. */
export async function sendEdits(
  targets: readonly PlannedTarget[],
  parts: WriteParts,
  sourceOf: SourceOf,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const target of targets) {
    const write = toIntendedWrite(target, sourceOf(target.link.sceneId));
    const failure = await sendOne({ write, item: target.item, edits: editsOf(target.plan) }, parts);
    sent.push({ target, failure });
    if (failure !== null && concernsServer(failure)) break;
  }
  return sent;
}

/** One by one, so that nothing is intended that was never sent. @returns null: Plex took it. */
export async function sendOne(
  sending: { readonly write: IntendedWrite; readonly item: Item; readonly edits: readonly FieldEdit[] },
  { store, plex, clock, reach, takenEdits, meter }: WriteParts,
): Promise<Failure | null> {
  const { write, item, edits } = sending;
  await store.journal.intend([write], clock.now());
  reach('write-intended');
  const edit = await plex.edit({ section: item.sectionKey, ratingKey: item.ratingKey, edits });
  if (!edit.ok) return edit.failure;
  takenEdits.add(linkIdText(write));
  for (const { field } of edits) meter.fieldSent(field);
  reach('edit-sent');
  return null;
}

function toIntendedWrite({ link, item, plan, proof }: PlannedTarget, source: TriggerSource): IntendedWrite {
  const sent = plan.decisions.flatMap((decision) => {
    const { edit } = decision;
    return edit === null ? [] : [{ ...decision, edit }];
  });
  return {
    sceneId: link.sceneId,
    item: link.item,
    source,
    changes: sent.map((decision) => writtenChange(decision, { item, base: proof.bases[decision.field] })),
    intended: Object.fromEntries(sent.map((decision) => [decision.field, decision.intended ?? decision.to])),
  };
}
