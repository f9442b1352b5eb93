import { nextVerification } from '../core/backoff.ts';
import { FAILURE_POLICIES, type Failure, isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { type Item, itemKeyText } from '../core/item.ts';
import type { JournalEntry } from '../core/journalEntry.ts';
import { linkIdText } from '../core/link.ts';
import type { BaseByField } from '../core/planning/plan.ts';
import {
  basesAfterUndo,
  editsOfUndo,
  type FieldUndo,
  intendedByUndo,
  undoItem,
} from '../core/undo/undoItem.ts';
import type { IntendedWrite, ProofOutcome } from '../store/port.ts';
import type { OpenUndo, SettledUndo } from '../store/undos.ts';
import { HELD_HASH } from './heldScenes.ts';
import { imageChangeOf, undoImage } from './images/undoImage.ts';
import type { Look } from './look.ts';
import type { SceneResult } from './sceneResult.ts';
import { type PlannedTarget, sendAll, type WriteParts } from './sendEdits.ts';

/** Open undos of one item, and the item as it was read, verified by its file as before any write. */
interface UndoTarget {
  readonly target: PlannedTarget;
  readonly writes: readonly OpenUndo[];
  readonly fields: readonly FieldUndo[];
}

/**
 * Takes back what was asked for, in the order of any write: noted, sent, read back, noted as arrived. Only then is
 * the undo settled. Every look plans it anew from what Plex shows, so that a crash in between repeats nothing: what
 * is as it was before needs no edit.
 */
export async function undoScenes(
  looks: readonly Look[],
  open: ReadonlyMap<SceneId, readonly OpenUndo[]>,
  parts: WriteParts,
): Promise<ReadonlyMap<SceneId, SceneResult>> {
  const undoing = new BatchUndo(parts);
  for (const look of looks) {
    const writes = open.get(look.sceneId);
    if (writes !== undefined) await undoing.begin(look, writes);
  }
  await undoing.send();
  return undoing.results;
}

class BatchUndo {
  readonly results = new Map<SceneId, SceneResult>();
  readonly #parts: WriteParts;
  readonly #toSend: UndoTarget[] = [];

  constructor(parts: WriteParts) {
    this.#parts = parts;
  }

  async begin(look: Look, writes: readonly OpenUndo[]): Promise<void> {
    const { sceneId, outcome } = look;
    this.results.set(sceneId, { kind: 'held' });
    if (this.#parts.settings.dry_run) return;
    if (outcome.kind === 'gone') {
      this.results.set(sceneId, { kind: 'gone' });
      return this.#leave(writes, 'Stash does not have the scene any more');
    }
    if (outcome.kind === 'left-out') return this.#leave(writes, outcome.why);
    if (outcome.kind === 'failed') return this.#failLook(sceneId, writes, outcome.failure);
    for (const ofItem of Map.groupBy(writes, ({ entry }) => itemKeyText(entry.item)).values()) {
      const key = ofItem[0]?.entry.item;
      const target = outcome.targets.find(
        ({ link }) => key !== undefined && itemKeyText(link.item) === itemKeyText(key),
      );
      if (target === undefined || target.kind === 'unchanged') {
        await this.#leave(ofItem, `item ${key?.ratingKey} is not this scene’s any more`);
      } else if (target.kind === 'failed') this.#worsen(sceneId, { kind: 'failed', failure: target.failure });
      else await this.#beginItem(target, ofItem);
    }
  }

  async #failLook(sceneId: SceneId, writes: readonly OpenUndo[], failure: Failure): Promise<void> {
    const { answer } = FAILURE_POLICIES[failure.class];
    if (answer === 'wait' || answer === 'dead') await this.#leave(writes, failure.message);
    else this.results.set(sceneId, { kind: 'failed', failure });
  }

  async #beginItem(target: PlannedTarget, ofItem: readonly OpenUndo[]): Promise<void> {
    const { store, clock, takenEdits } = this.#parts;
    const { link, item, proof } = target;
    const { writes, images } = byWhatTheyWrote(ofItem);
    for (const image of images) {
      const undone = await undoImage(target, image, this.#parts);
      if (!undone.ok) return this.#worsen(link.sceneId, { kind: 'failed', failure: undone.failure });
      await store.undos.settle([undone.value]);
    }
    const undo = { target, writes, fields: undoItem({ item, bases: proof.bases, writes }) };
    const { sceneId } = link;
    if (editsOfUndo(undo.fields).length === 0) return this.#finish(undo, item);
    const now = clock.now();
    const next = link.writtenAt === null ? 'over' : nextVerification(link.writtenAt, now);
    // Before anything new is intended: what earlier edits came to would be lost under it.
    const givenUp = next === 'over' ? proof.givenUp : [];
    await store.journal.prove([outcomeOf(target, { arrived: proof.arrived, givenUp })], now);
    if (next !== 'over') return this.#worsen(sceneId, { kind: 'awaited', dueAt: next });
    if (takenEdits.delete(linkIdText(link)) && link.writtenAt !== null) {
      return this.#worsen(sceneId, { kind: 'failed', failure: neverShown(undo) });
    }
    this.#toSend.push(undo);
  }

  /** Ends with the first answer that says Plex itself is away; the rest are not tried. */
  async send(): Promise<void> {
    const answers = await sendAll(
      this.#toSend.map((undo) => ({
        write: toIntendedWrite(undo),
        item: undo.target.item,
        edits: editsOfUndo(undo.fields),
      })),
      this.#parts,
    );
    const sent = this.#toSend
      .slice(0, answers.length)
      .map((undo, n) => ({ undo, failure: answers[n] ?? null }));
    for (const { target } of this.#toSend.slice(sent.length)) {
      this.#worsen(target.link.sceneId, { kind: 'untried' });
    }
    if (sent.length === 0) return;
    const { plex, reach } = this.#parts;
    const items = await plex.items([...new Set(sent.map(({ undo }) => undo.target.item.ratingKey))]);
    if (items.ok) CRASH_STEP: reach('edit-read-back');
    for (const { undo, failure } of sent) {
      const item = items.ok ? (items.value.get(undo.target.item.ratingKey) ?? null) : items.failure;
      await this.#readBack(undo, failure, item);
    }
  }

  async #readBack(undo: UndoTarget, failure: Failure | null, item: Item | Failure | null): Promise<void> {
    const { store, clock } = this.#parts;
    const { target, writes } = undo;
    const { sceneId } = target.link;
    const unread = item === null ? goneMeanwhile(target) : isFailure(item) ? item : null;
    if (item === null || isFailure(item)) {
      return this.#worsen(sceneId, { kind: 'failed', failure: failure ?? unread ?? goneMeanwhile(target) });
    }
    const bases: BaseByField = { ...target.proof.bases, ...basesAfterUndo(undo.fields) };
    const fields = undoItem({ item, bases, writes });
    if (editsOfUndo(fields).length === 0) return this.#finish({ ...undo, fields }, item);
    const now = clock.now();
    if (failure === null) {
      const next = nextVerification(now, now);
      return this.#worsen(sceneId, { kind: 'awaited', dueAt: next === 'over' ? now : next });
    }
    // What Plex refused it will not show later.
    const givenUp = undo.fields.flatMap(({ field, edit }) => (edit === null ? [] : [field]));
    await store.journal.prove([outcomeOf(target, { arrived: {}, givenUp })], now);
    this.#worsen(sceneId, { kind: 'failed', failure: refused(failure) });
  }

  /** The bases first: settled before them, a crash in between would leave a value of Plex’s noted as ours. */
  async #finish({ target, writes, fields }: UndoTarget, item: Item): Promise<void> {
    const { store, clock, verified, takenEdits, reach } = this.#parts;
    const proof = { desiredHash: HELD_HASH, updatedAt: item.updatedAt };
    const arrived = { ...target.proof.arrived, ...basesAfterUndo(fields) };
    await store.journal.prove([{ ...outcomeOf(target, { arrived, givenUp: [] }), proof }], clock.now());
    CRASH_STEP: reach('undo-proved');
    verified.note(target.link.item, item);
    takenEdits.delete(linkIdText(target.link));
    await store.undos.settle(writes.map(({ entry }) => settledOf(entry, fields)));
  }

  #leave(writes: readonly OpenUndo[], words: string): Promise<void> {
    return this.#parts.store.undos.settle(
      writes.map(({ entry }) => ({ write: entry.id, undone: [], left: words })),
    );
  }

  /** Several items of one scene are one job: the worst decides. */
  #worsen(sceneId: SceneId, result: SceneResult): void {
    const rank = { held: 0, done: 0, gone: 0, 'left-out': 0, awaited: 1, untried: 2, failed: 3 };
    const before = this.results.get(sceneId);
    if (before === undefined || rank[result.kind] > rank[before.kind]) this.results.set(sceneId, result);
  }
}

const outcomeOf = (
  { link }: PlannedTarget,
  proven: Pick<ProofOutcome, 'arrived' | 'givenUp'>,
): ProofOutcome => ({ sceneId: link.sceneId, item: link.item, ...proven, proof: null });

function toIntendedWrite({ target, fields }: UndoTarget): IntendedWrite {
  const sent = fields.filter(({ edit }) => edit !== null);
  return {
    sceneId: target.link.sceneId,
    item: target.link.item,
    source: 'undo',
    changes: sent.map(({ change }) => change),
    intended: Object.fromEntries(sent.map((each) => [each.field, intendedByUndo(each)])),
  };
}

function settledOf(entry: JournalEntry, fields: readonly FieldUndo[]): SettledUndo {
  const { id: write } = entry;
  const left = fields.filter((each) => each.left.includes(write)).map(({ field }) => field);
  return {
    write,
    undone: fields.filter((each) => each.undone.includes(write)).map(({ field }) => field),
    left: left.length === 0 ? null : `${left.join(', ')}: changed since, so it stays`,
  };
}

/** Images newest first: each brings back what was selected before it. */
function byWhatTheyWrote(open: readonly OpenUndo[]) {
  const images = open.flatMap((each) => {
    const change = imageChangeOf(each.entry);
    return change === null ? [] : [{ ...each, change }];
  });
  return {
    writes: open.filter(({ entry }) => imageChangeOf(entry) === null),
    images: images.toSorted((one, other) => other.entry.id - one.entry.id),
  };
}

/** Plex says that it has no such item, and shows it: looking for another would find the same for ever. */
const refused = (failure: Failure): Failure =>
  failure.class === 'item-gone' ? { ...failure, class: 'rejected' } : failure;

const neverShown = ({ target, fields }: UndoTarget): Failure => ({
  class: 'rejected',
  peer: 'plex',
  message: `Plex took an undo on item ${target.item.ratingKey} and does not show it: ${fields
    .filter(({ edit }) => edit !== null)
    .map(({ field }) => field)
    .join(', ')}.`,
});

const goneMeanwhile = (target: PlannedTarget): Failure => ({
  class: 'item-gone',
  message: `Item ${target.item.ratingKey} went away while it was written.`,
});
