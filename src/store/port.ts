import type { Breaker } from '../core/breaker.ts';
import type { FailureClass, Peer } from '../core/failure.ts';
import type { FieldName, FieldValue } from '../core/field.ts';
import type { SceneId, SectionKey, SectionUuid } from '../core/ids.ts';
import type { ItemKey, Part } from '../core/item.ts';
import type { Job, JobState, Settlement, Trigger, TriggerSource } from '../core/job.ts';
import type { Change, JournalEntry } from '../core/journalEntry.ts';
import type { Link } from '../core/link.ts';
import type { Deaths } from '../core/notify/decide.ts';
import type { Base, BaseByField } from '../core/planning/plan.ts';
import type { Subject } from '../core/scene.ts';
import type { Comparison } from './comparisonPort.ts';
import type { DestroyedScenes } from './destroyedScenes.ts';
import type { Holds } from './holds.ts';
import type { Images } from './images.ts';
import type { FileTraits, SceneMemory } from './sceneMemory.ts';
import type { Undos } from './undos.ts';

/**
 * What the engine needs of a database. Every method is one transaction: when it has returned, its effect
 * survives a power cut. Where the disk or the file fails it rejects with a StoreError, and nothing of it is
 * saved. Methods are asynchronous so that a server database can stand behind the port too. Times are epoch
 * ms and always passed in; the store has no clock.
 */
export interface Store {
  readonly queue: Queue;
  readonly links: Links;
  readonly index: FileIndex;
  readonly journal: Journal;
  readonly images: Images;
  readonly scenes: SceneMemory;
  readonly comparison: Comparison;
  readonly destroyed: DestroyedScenes;
  readonly holds: Holds;
  readonly undos: Undos;
  readonly meta: Meta;
  /** Looks for damage, part by part as long as `goesOn` says so. What else is asked of the store waits for a part. */
  examine(goesOn: () => boolean): Promise<StoreExam>;
  close(): Promise<void>;
}

export interface StoreExam {
  /** In words; null when none was found. */
  readonly damage: string | null;
  readonly parts: number;
  /** Fewer than all when it was not to go on. */
  readonly examined: number;
}

// ── Queue ────────────────────────────────────────────────────────────────────────────────────────────

export interface Queue {
  /**
   * One row per subject. New: pending, due at `dueAt`. Pending: stays one row, takes the better priority
   * and the earlier due time. Running: `again` is set, and the better priority is taken. Waiting or dead:
   * pending again with the trigger's priority and due time; its failure can be seen until the next
   * settlement. But for running jobs, attempts are forgotten if the source starts afresh
   * (TRIGGER_SOURCES), else kept. A fan-out that has pages behind it gets `again` too: it finishes its
   * pass first, so that many triggers cannot keep it from its last page. `enqueuedAt` is the time of the
   * oldest trigger that nothing was made of yet.
   */
  enqueue(triggers: readonly Trigger[], arrival: Arrival): Promise<EnqueueCounts>;
  /** Takes due jobs, pending or waiting, as `nextBatch` in core/priority.ts chooses; they run under the lease. */
  claim(request: ClaimRequest): Promise<readonly Job[]>;
  /**
   * Ends the running state of jobs; those that are not running are left as they are. A job with `again` set
   * goes back to pending, due now, whatever the settlement says (a `dead` or `done` one starts with attempt
   * 0 and without cursor; others keep what the settlement says). `again` is over then, unless the job is a
   * fan-out with pages behind it: that one starts over once it is done.
   */
  settle(settlements: readonly Settlement[], now: number): Promise<void>;
  /** Prolongs the leases of running jobs of this owner. */
  extendLeases(owner: string, leaseUntil: number): Promise<void>;
  /** Running jobs of other owners, and expired ones, go back to pending, due now; attempts are kept. */
  takeOverLeases(owner: string, now: number): Promise<number>;
  /**
   * Jobs that were put where they are later than now, by a clock that was set back since, are due now; returns how
   * many.
   */
  bringForward(now: number): Promise<number>;
  /** Makes jobs due now: waiting ones of a class, or pending ones put off for a class; attempts are kept. */
  wake(selection: WakeSelection, now: number): Promise<number>;
  /** Dead letters back to pending, attempts forgotten, as if a person had asked for them (source `command`). */
  retryDead(selection: DeadSelection, now: number): Promise<number>;
  /** Forgets dead letters: these, or all older than `time`. A later full comparison finds their scenes again. */
  clearDead(selection: DeadSelection): Promise<number>;
  deleteDeadBefore(time: number): Promise<number>;
  /**
   * Forgets what is pending or waiting. Running scenes are left and end as settled, without `again`; running
   * fan-outs go, so that no page follows the present one.
   */
  clearQueue(): Promise<number>;
  /** Forgets one job, whatever its state: when it runs, nothing follows its present step. */
  drop(subject: Subject): Promise<boolean>;
  counts(): Promise<QueueCounts>;
  /** Every job, by its state and the class of its latest failure. */
  census(): Promise<readonly JobGroup[]>;
  /** Dead letters that became so after a time; null when there are none. */
  diedAfter(time: number): Promise<Deaths | null>;
  /** State by state as asked: dead letters newest first, others by priority, then by due time. */
  list(request: {
    states: readonly JobState[];
    limit: number;
    class?: FailureClass;
  }): Promise<readonly Job[]>;
  get(subject: Subject): Promise<Job | null>;
  /** When the next pending or waiting job becomes due, of all or of these; null when there is none. */
  nextDueAt(among?: JobSelection): Promise<number | null>;
}

export interface Arrival {
  readonly now: number;
  readonly dueAt: number;
  /** How many came together, which their priority hangs on: as many as are given here when absent. */
  readonly burst?: number;
}

export interface EnqueueCounts {
  readonly added: number;
  /** Triggers that met a row that was there already. */
  readonly coalesced: number;
}

export interface JobSelection {
  /** Kinds of subjects: scenes are taken in batches, fan-outs singly. */
  readonly kinds: readonly Subject['kind'][];
  /** What a comparison of everything has queued (source `sweep`): nothing else, or all else; absent: everything. */
  readonly sweep?: 'only' | 'left-out';
}

export interface ClaimRequest extends JobSelection {
  readonly now: number;
  readonly limit: number;
  readonly owner: string;
  readonly leaseUntil: number;
}

export interface WakeSelection {
  readonly state: 'waiting' | 'pending';
  readonly class: FailureClass;
}

export type DeadSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'class'; readonly class: FailureClass }
  | { readonly kind: 'subjects'; readonly subjects: readonly Subject[] };

export interface QueueCounts {
  readonly pending: number;
  /** Those among the pending that came in bulk. */
  readonly bulk: number;
  readonly running: number;
  readonly waiting: number;
  readonly dead: number;
  readonly deadByClass: Partial<Record<FailureClass, number>>;
  /** Since when the oldest pending job has been there; null when none. */
  readonly oldestPendingAt: number | null;
}

export interface JobGroup {
  readonly state: JobState;
  /** Null: it has not failed. */
  readonly class: FailureClass | null;
  readonly jobs: number;
}

// ── Links and base ───────────────────────────────────────────────────────────────────────────────────

export interface Links {
  ofScenes(scenes: readonly SceneId[]): Promise<ReadonlyMap<SceneId, readonly Link[]>>;
  ofItems(items: readonly ItemKey[]): Promise<readonly Link[]>;
  /**
   * Adds or replaces links by (scene, item). Whether one that is there is pinned is not changed: a look that began
   * before a person chose must not undo the choice.
   */
  put(links: readonly Link[]): Promise<void>;
  /** A person chose this item for the scene; adds the link where it is not there. Other choices for the scene go. */
  pin(link: Link): Promise<void>;
  /** The links stay until the next look, which judges by evidence. @returns how many were pinned. */
  unpin(scene: SceneId): Promise<number>;
  /** Takes links away, and with `withBase` all that we wrote there, images too; its open journal rows are given up then. */
  drop(links: readonly LinkId[], options: { withBase: boolean }): Promise<void>;
  /** Up to `limit` links, evenly spread over all of them; another fraction in [0, 1), others. For spot checks. */
  sample(limit: number, fraction: number): Promise<readonly Link[]>;
  count(): Promise<number>;
  /** Scenes that have a link, be it several. */
  countScenes(): Promise<number>;
  /** Every link with all that we wrote there, and which scenes were destroyed, for a change of the Plex server. The journal stays. */
  dropAll(): Promise<void>;
  /** By `linkIdText`. */
  bases(links: readonly LinkId[]): Promise<ReadonlyMap<string, BaseByField>>;
}

export interface LinkId {
  readonly sceneId: SceneId;
  readonly item: ItemKey;
}

// ── Journal ──────────────────────────────────────────────────────────────────────────────────────────

/**
 * Writes are written down before they are sent, so that a crash between the two never makes us take our
 * own value for somebody else's.
 */
export interface Journal {
  /**
   * Journal rows in the state `sent`, base.intended of each field, link.writtenAt: one transaction. The
   * links must be there: a write without one is a bug, and none of the writes may be sent.
   */
  intend(writes: readonly IntendedWrite[], now: number): Promise<void>;
  /**
   * What a read proved: fields that arrived (base takes their value, intended is emptied), fields given up
   * (intended is emptied, base kept), and the proof of the whole item. Open journal rows of the link become
   * `given-up` when `givenUp` names a field of theirs, else `arrived`. `proof` null: the others stay open, as do
   * those of images, which are closed by `images.settle`.
   */
  prove(outcomes: readonly ProofOutcome[], now: number): Promise<void>;
  /** Newest first; `before` is the id of the last entry of the page before, `since` the time of the oldest. */
  list(request: JournalPage): Promise<readonly JournalEntry[]>;
  /** Those of these writes that the journal (still) has, in any order. */
  entries(ids: readonly number[]): Promise<readonly JournalEntry[]>;
  /**
   * Forgets writes older than a time, and of the others all but the latest so many: up to `limit` of them, the
   * oldest first. One that is being undone stays until that is done. @returns how many.
   */
  prune(bounds: { olderThan: number; keep: number; limit: number }): Promise<number>;
}

export interface JournalPage {
  readonly scene?: SceneId;
  readonly since?: number;
  readonly before?: number;
  readonly limit: number;
}

export interface IntendedWrite extends LinkId {
  readonly source: TriggerSource;
  readonly changes: readonly Change[];
  /** base.intended per field (see Base). */
  readonly intended: Partial<Record<FieldName, FieldValue>>;
}

export interface ProofOutcome extends LinkId {
  readonly arrived: Partial<Record<FieldName, Base>>;
  readonly givenUp: readonly FieldName[];
  /** Null while something is still awaited: link.writtenAt stays. */
  readonly proof: { readonly desiredHash: string; readonly updatedAt: number | null } | null;
}

// ── File index ───────────────────────────────────────────────────────────────────────────────────────

/** Every file of every movie-type library in scope. */
export interface FileIndex {
  sections(): Promise<readonly IndexedSection[]>;
  /**
   * Adds or replaces the items of a page. Returns the keys of items that are new or have other files.
   * Generation null: a catch-up outside a listing; the items count as met by the latest listing. A page
   * that comes after its section was dropped is left out.
   */
  putItems(
    section: SectionUuid,
    items: readonly IndexedItem[],
    generation: number | null,
  ): Promise<readonly ItemKey[]>;
  /** Starts a full listing; returns its generation. Items keep being found while it runs. */
  beginListing(section: Pick<IndexedSection, 'uuid' | 'key' | 'title'>): Promise<number>;
  /** How many items the listing of this generation did not meet again: what finishing would remove. */
  countUnmet(section: SectionUuid, generation: number): Promise<number>;
  /** Up to `limit` of those. */
  unmet(section: SectionUuid, generation: number, limit: number): Promise<readonly ItemKey['ratingKey'][]>;
  /** Removes what the listing did not meet; the section is complete from `listedAt` on. */
  finishListing(section: SectionUuid, generation: number, listedAt: number): Promise<void>;
  /** Catch-up reads go on from here (Plex's epoch seconds). */
  setWatermark(section: SectionUuid, watermark: number, caughtUpAt: number): Promise<void>;
  /** Libraries that are out of scope now: their files are forgotten, links stay. */
  dropSections(sections: readonly SectionUuid[]): Promise<void>;
  removeItems(items: readonly ItemKey[]): Promise<void>;
  /**
   * Parts that may belong to one of these files: equal path key, name key or size, each part once. Of one
   * name key at most 100, so that a look-up costs the same in every library: give the sizes too where all
   * that agree in both are needed.
   */
  findParts(lookup: PartLookup): Promise<readonly IndexedPart[]>;
  partsOf(items: readonly ItemKey[]): Promise<readonly IndexedPart[]>;
  /** Up to `limit` parts whose name key begins so, in the order of their names. */
  partsNamed(beginning: string, limit: number): Promise<readonly IndexedPart[]>;
  countItems(): Promise<number>;
}

export interface IndexedSection {
  readonly uuid: SectionUuid;
  readonly key: SectionKey;
  readonly title: string;
  /** End of the last complete listing (epoch ms); null: never, so "not in Plex" must not be said. */
  readonly listedAt: number | null;
  readonly watermark: number;
  readonly caughtUpAt: number | null;
  readonly items: number;
}

export interface IndexedItem {
  readonly ratingKey: ItemKey['ratingKey'];
  readonly title: string;
  readonly updatedAt: number | null;
  readonly parts: readonly Part[];
}

/** Keys are made by core/matching/pathKey.ts. */
export interface PartLookup extends FileTraits {
  readonly pathKeys: readonly string[];
}

export interface IndexedPart extends Part {
  readonly item: ItemKey;
  readonly sectionKey: SectionKey;
  readonly title: string;
  readonly itemUpdatedAt: number | null;
}

/** Small values by name; JSON with a schema number inside is the caller's business. */
export interface Meta {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  breaker(peer: Peer): Promise<Breaker>;
  setBreaker(peer: Peer, breaker: Breaker): Promise<void>;
}
