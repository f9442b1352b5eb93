import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { restoring } from '../core/images/selection.ts';
import { type Item, itemKeyText } from '../core/item.ts';
import type { Change, JournalEntry } from '../core/journalEntry.ts';
import { writeName } from '../core/journalEntry.ts';
import { noSuchScene } from '../core/noSuchScene.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { sceneSubject } from '../core/scene.ts';
import { type FieldUndo, undoItem } from '../core/undo/undoItem.ts';
import type { LinkId, Store } from '../store/port.ts';
import type { OpenUndo } from '../store/undos.ts';
import type { Clock } from './clock.ts';
import type { ReachStep } from './crashStep.ts';
import { imageChangeOf, textsOf } from './images/undoImage.ts';
import { type Look, type LookParts, lookAt } from './look.ts';

/** Writes asked for in one transaction. */
const WRITES_AT_ONCE = 500;
const SCENES_AT_ONCE = 50;

export interface UndoRequest {
  readonly selection: UndoSelection;
  /** Also what somebody has changed since. */
  readonly isForced: boolean;
}

/** Of a scene or a time all writes are meant that still hold, but no undos: these are named one by one. */
export type UndoSelection =
  | { readonly kind: 'writes'; readonly writes: readonly number[] }
  | { readonly kind: 'scene'; readonly scene: SceneId }
  /** Epoch ms. */
  | { readonly kind: 'since'; readonly since: number };

export interface UndoPlan {
  readonly writes: number;
  readonly scenes: number;
  /** The first scenes, as they would be now. */
  readonly shown: readonly PlannedUndo[];
}

export interface PlannedUndo extends LinkId {
  /** Empty when the item could not be read. */
  readonly itemTitle: string;
  readonly writes: readonly number[];
  readonly fields: readonly PlannedFieldUndo[];
  /** Why nothing of it can be undone now. */
  readonly failure: Failure | null;
}

export interface PlannedFieldUndo {
  readonly change: Change;
  /** `same`: as before already. `left`: somebody has changed it since. */
  readonly outcome: 'back' | 'same' | 'left';
}

export interface UndoAsked {
  readonly askedAt: number;
  readonly writes: number;
  readonly scenes: number;
}

export interface AskParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly reach: ReachStep;
}

/** What an undo would do now. Reads both sides for the first scenes, stores nothing, writes nothing. */
export async function planUndo(
  { selection, isForced, limit }: UndoRequest & { readonly limit: number },
  parts: LookParts,
): Promise<Result<UndoPlan>> {
  const { store } = parts;
  const unknown = await unknownWrites(selection, store);
  if (unknown !== null) return fail(unknown);
  let writes = 0;
  const scenes = new Map<SceneId, readonly JournalEntry[]>();
  for await (const page of writesOf(selection, store)) {
    writes += page.length;
    for (const entry of page) {
      const before = scenes.get(entry.sceneId) ?? [];
      // Of those that are not shown only the number is wanted.
      const isShown = before.length > 0 || scenes.size < limit;
      scenes.set(entry.sceneId, isShown ? [...before, entry] : before);
    }
  }
  const shown: PlannedUndo[] = [];
  const first = [...scenes].filter(([, entries]) => entries.length > 0);
  for (let start = 0; start < first.length; start += SCENES_AT_ONCE) {
    const some = new Map(first.slice(start, start + SCENES_AT_ONCE));
    const ids = [...some.keys()];
    const looks = await lookAt(ids, parts, { trustIndex: false, toBeUndone: new Set(ids) });
    if (!looks.ok) return looks;
    for (const look of looks.value) {
      const entries = some.get(look.sceneId) ?? [];
      const open = entries.map((entry) => ({ entry, isForced }));
      shown.push(...(await plannedUndos(look, open, parts)));
    }
  }
  return succeed({ writes, scenes: scenes.size, shown });
}

function plannedUndos(
  look: Look,
  open: readonly OpenUndo[],
  parts: LookParts,
): Promise<readonly PlannedUndo[]> {
  const ofItems = [...Map.groupBy(open, ({ entry }) => itemKeyText(entry.item))];
  const plan = async ([key, writes]: (typeof ofItems)[number]): Promise<PlannedUndo> => {
    const [first] = writes;
    if (first === undefined) throw new Error('a group holds at least one');
    const { sceneId, item } = first.entry;
    const planned = { sceneId, item, writes: writes.map(({ entry }) => entry.id) };
    const { outcome } = look;
    const failed = (failure: Failure): PlannedUndo => ({ ...planned, itemTitle: '', fields: [], failure });
    if (outcome.kind === 'gone') return failed(noSuchScene(sceneId));
    if (outcome.kind === 'failed') return failed(outcome.failure);
    if (outcome.kind === 'left-out') return failed(notItsItem(first.entry));
    const target = outcome.targets.find(({ link }) => itemKeyText(link.item) === key);
    if (target?.kind === 'failed') return failed(target.failure);
    if (target?.kind !== 'planned') return failed(notItsItem(first.entry));
    const fields = undoItem({ item: target.item, bases: target.proof.bases, writes });
    const images = await plannedImages(target.item, writes, parts);
    if (!images.ok) return failed(images.failure);
    const all = [...fields.map(toPlanned), ...images.value];
    return { ...planned, itemTitle: target.item.title, fields: all, failure: null };
  };
  return Promise.all(ofItems.map(plan));
}

/** As if each were undone alone: of several the last one is what will be selected. */
async function plannedImages(
  { ratingKey }: Item,
  writes: readonly OpenUndo[],
  { plex }: LookParts,
): Promise<Result<readonly PlannedFieldUndo[]>> {
  const planned: PlannedFieldUndo[] = [];
  for (const { entry, isForced } of writes) {
    const change = imageChangeOf(entry);
    if (change === null) continue;
    const list = await plex.images({ ratingKey, kind: change.field });
    if (!list.ok) return list;
    const { act } = restoring(textsOf(change), list.value, { isForced });
    const outcome = ({ select: 'back', nothing: 'same', leave: 'left' } as const)[act];
    // As the other fields show it: what the undo would do.
    planned.push({ change: { ...change, before: change.after, after: change.before }, outcome });
  }
  return succeed(planned);
}

const toPlanned = ({ change, edit, undone }: FieldUndo): PlannedFieldUndo => ({
  change,
  outcome: edit !== null ? 'back' : undone.length > 0 ? 'same' : 'left',
});

const notItsItem = ({ item, sceneId }: JournalEntry): Failure => ({
  class: 'item-gone',
  message: `Item ${item.ratingKey} is not that of scene ${sceneId} any more.`,
  advice: 'Nothing to do: what was written there is gone with the link.',
});

/**
 * Keeps what is to be undone, page by page, and queues its scenes. A crash between two pages leaves some of it
 * unasked, and what was asked is found again at the next start (takeUpWork.ts).
 */
export async function askForUndo(
  { selection, isForced }: UndoRequest,
  { store, clock, reach }: AskParts,
): Promise<Result<UndoAsked>> {
  const unknown = await unknownWrites(selection, store);
  if (unknown !== null) return fail(unknown);
  const askedAt = clock.now();
  const scenes = new Set<SceneId>();
  let writes = 0;
  for await (const page of writesOf(selection, store)) {
    const ids = page.map(({ id }) => id);
    const held = await store.undos.ask(ids, { isForced, at: askedAt });
    CRASH_STEP: reach('undo-asked');
    await queueUndos(held, { store, clock });
    writes += ids.length;
    for (const scene of held) scenes.add(scene);
  }
  return succeed({ askedAt, writes, scenes: scenes.size });
}

export async function queueUndos(
  scenes: readonly SceneId[],
  { store, clock }: Pick<AskParts, 'store' | 'clock'>,
): Promise<void> {
  const now = clock.now();
  const triggers = scenes.map((id) => ({ subject: sceneSubject(id), source: 'undo' as const }));
  if (triggers.length > 0) await store.queue.enqueue(triggers, { now, dueAt: now });
}

/** Newest first, in pages. */
async function* writesOf(
  selection: UndoSelection,
  { journal }: Pick<Store, 'journal'>,
): AsyncGenerator<readonly JournalEntry[]> {
  if (selection.kind === 'writes') {
    const entries = (await journal.entries([...new Set(selection.writes)])).filter(stillHolds);
    if (entries.length > 0) yield entries;
    return;
  }
  const of = selection.kind === 'scene' ? { scene: selection.scene } : { since: selection.since };
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = await journal.list({ ...of, before, limit: WRITES_AT_ONCE });
    const meant = page.filter((entry) => entry.source !== 'undo' && stillHolds(entry));
    if (meant.length > 0) yield meant;
    if (page.length < WRITES_AT_ONCE) return;
    before = page.at(-1)?.id ?? 0;
  }
}

const stillHolds = ({ changes, undone }: JournalEntry): boolean =>
  changes.some(({ field }) => !undone.some((each) => each.field === field));

async function unknownWrites(
  selection: UndoSelection,
  { journal }: Pick<Store, 'journal'>,
): Promise<Failure | null> {
  if (selection.kind !== 'writes') return null;
  const known = new Set((await journal.entries(selection.writes)).map(({ id }) => id));
  const unknown = selection.writes.filter((id) => !known.has(id));
  if (unknown.length === 0) return null;
  return {
    class: 'rejected',
    message: `The journal has no write ${unknown.map(writeName).join(', ')}.`,
    advice: '`plexsync history` lists the writes with their names; old ones are forgotten after some time.',
  };
}
