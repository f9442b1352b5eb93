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
import type { PlexPace } from './plexPace.ts';
import type { VerifiedValues } from './verifiedValues.ts';

export interface WriteParts {
  readonly store: Store;
  readonly plex: PlexClient;
  readonly pace: PlexPace;
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

export interface Sending {
  readonly write: IntendedWrite;
  readonly item: Item;
  readonly edits: readonly FieldEdit[];
}

export async function sendEdits(
  targets: readonly PlannedTarget[],
  parts: WriteParts,
  sourceOf: SourceOf,
): Promise<readonly Sent[]> {
  const answers = await sendAll(
    targets.map((target) => ({
      write: toIntendedWrite(target, sourceOf(target.link.sceneId)),
      item: target.item,
      edits: editsOf(target.plan),
    })),
    parts,
  );
  return targets.slice(0, answers.length).map((target, n) => ({ target, failure: answers[n] ?? null }));
}

/**
 * Ends with the first answer that says Plex itself is away; the rest are not tried.
 *
 * @returns of those that were tried, in order; null: Plex took it
 */
export async function sendAll(
  sendings: readonly Sending[],
  parts: WriteParts,
): Promise<readonly (Failure | null)[]> {
  const answers: (Failure | null)[] = [];
  const isAway = (): boolean => answers.some((failure) => failure !== null && concernsServer(failure));
  while (answers.length < sendings.length && !isAway()) {
    const together = sendings.slice(answers.length, answers.length + parts.pace.editsAtOnce);
    answers.push(...(await sendTogether(together, parts)));
  }
  return answers;
}

/** Only these are intended, so that nothing is that was never sent. */
async function sendTogether(
  sendings: readonly Sending[],
  parts: WriteParts,
): Promise<readonly (Failure | null)[]> {
  const { store, clock, reach } = parts;
  await store.journal.intend(
    sendings.map(({ write }) => write),
    clock.now(),
  );
  CRASH_STEP: reach('write-intended');
  return Promise.all(sendings.map((sending) => send(sending, parts)));
}

async function send(
  { write, item, edits }: Sending,
  { plex, reach, takenEdits, meter }: WriteParts,
): Promise<Failure | null> {
  const edit = await plex.edit({ section: item.sectionKey, ratingKey: item.ratingKey, edits });
  if (!edit.ok) return edit.failure;
  takenEdits.add(linkIdText(write));
  for (const { field } of edits) meter.fieldSent(field);
  CRASH_STEP: reach('edit-sent');
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
