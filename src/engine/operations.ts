import type { Breaker } from '../core/breaker.ts';
import type { Finding } from '../core/doctor/finding.ts';
import type { Failure, FailureClass, Peer } from '../core/failure.ts';
import type { Hold } from '../core/hold.ts';
import type { SceneId } from '../core/ids.ts';
import type { SkipReason } from '../core/images/cover.ts';
import type { ImageDecision } from '../core/images/decideImage.ts';
import type { ImageKind } from '../core/images/imageKind.ts';
import type { Job, JobState } from '../core/job.ts';
import type { JournalEntry } from '../core/journalEntry.ts';
import type { Evidence } from '../core/link.ts';
import type { BaseByField, Desired, ItemPlan } from '../core/planning/plan.ts';
import type { Result } from '../core/result.ts';
import type {
  DeadSelection,
  EnqueueCounts,
  IndexedSection,
  JournalPage,
  QueueCounts,
} from '../store/port.ts';
import type { UndoReport } from '../store/undos.ts';
import type { FirstSyncStatus } from './firstSync.ts';
import type { Gaps } from './gaps.ts';
import type { HoldRequest, Holds, ReleaseRequest } from './holdOperations.ts';
import type { Pinned, PinRequest } from './pinOperations.ts';
import type { ReconcileStatus } from './reconcile.ts';
import type { StopKind } from './safetyStop.ts';
import type { SceneView } from './sceneView.ts';
import type { FoundScenes, SceneSearch } from './searchScenes.ts';
import type { UndoAsked, UndoPlan, UndoRequest } from './undoOperations.ts';

/**
 * What people and programs can ask of a running PlexSync. The CLI calls these directly when it holds the
 * lock, and through the control socket when a daemon does; later the dashboard and the plugin call the same.
 */
export interface Operations {
  status(): Promise<Status>;
  /** With `class`: those whose latest failure is of it. */
  queue(request: {
    states: readonly JobState[];
    class?: FailureClass;
    limit: number;
  }): Promise<readonly Job[]>;
  dead(request: { class?: FailureClass; limit: number }): Promise<readonly Job[]>;
  /** Fails while PlexSync is switched off, as do `reconcile` and `retry`: what triggers bring is dropped then. */
  sync(request: SyncRequest): Promise<Result<SyncCounts>>;
  /** Plex's libraries listed anew, so that what was deleted there shows; path maps learned anew; then every scene. */
  reconcile(): Promise<Result<SyncCounts>>;
  /** Ends the comparison of all scenes that runs or waits to; what it has queued stays queued. */
  cancelReconcile(): Promise<{ readonly wasRunning: boolean }>;
  /**
   * Lets comparisons of everything rest, and what they have queued, until `resumeReconcile`; also those that the
   * schedule or a person asks for meanwhile. Edits are written all the same.
   */
  pauseReconcile(): Promise<{ readonly wasPaused: boolean }>;
  resumeReconcile(): Promise<{ readonly wasPaused: boolean }>;
  /** A person accepts what `status` says of the first sync: everything is compared, and from now on written. */
  runFirstSync(): Promise<Result<FirstSyncStart>>;
  /** What Stash has and Plex does not, and the other way round: counts, and the first ones. */
  gaps(request: { limit: number }): Promise<Result<Gaps>>;
  retry(selection: DeadSelection): Promise<Result<{ readonly retried: number }>>;
  /** Forgets dead letters; a later full sync finds their scenes again. */
  clearDead(selection: DeadSelection): Promise<{ readonly cleared: number }>;
  /** Drops what is pending or waits for Plex; what runs is left. A later full sync finds it again. */
  clearQueue(): Promise<{ readonly cleared: number }>;
  /** Looks at all that a sync needs, and says what to correct. Changes nothing. */
  doctor(): Promise<readonly Finding[]>;
  /** What would be written now; reads both sides, writes nothing. */
  plan(scenes: readonly SceneId[]): Promise<Result<readonly PlannedScene[]>>;
  /** The same for the next scenes by their ids, so that a whole library can be gone through. */
  planPage(request: { after: SceneId | null; limit: number }): Promise<Result<PlanPage>>;
  /** Sends a notification to the webhook of the settings, and says what became of it. */
  testNotification(): Promise<Result<void>>;
  history(request: JournalPage): Promise<readonly JournalEntry[]>;
  /** What an undo would do now; reads both sides for the first `limit` scenes, writes nothing. */
  planUndo(request: UndoRequest & { readonly limit: number }): Promise<Result<UndoPlan>>;
  /** Keeps the undo as work and holds its scenes. Fails while PlexSync is switched off, and in a dry run. */
  undo(request: UndoRequest): Promise<Result<UndoAsked>>;
  /** What came of undos asked for at or after a time (epoch ms). */
  undoReport(request: { since: number; limit: number }): Promise<UndoReport>;
  /** Nothing is written for these scenes until they are released. */
  hold(request: HoldRequest): Promise<{ readonly held: number }>;
  /** They are looked at at once; what of an undo is still to be done for them is dropped. */
  release(request: ReleaseRequest): Promise<{ readonly released: readonly SceneId[] }>;
  holds(request: { limit: number }): Promise<Holds>;
  /** All that is known of one scene: links with evidence, job, what comes nearest, writes. Changes nothing. */
  scene(request: { readonly scene: SceneId }): Promise<Result<SceneView>>;
  /** The same of several; those that Stash does not have are left out. */
  scenes(request: { readonly scenes: readonly SceneId[] }): Promise<Result<readonly SceneView[]>>;
  /** Scenes by id, title or path, and what is known of each. */
  searchScenes(request: SceneSearch): Promise<Result<FoundScenes>>;
  /** A person says which item the scene is; it is looked at at once. */
  pin(request: PinRequest): Promise<Result<Pinned>>;
  /** The scene is judged by evidence again, at once. */
  unpin(request: { readonly scene: SceneId }): Promise<{ readonly wasPinned: boolean }>;
  /**
   * A person says that the reason of a safety stop is fine, and so are the many scenes that were destroyed at once
   * (how many, or 0).
   */
  resume(): Promise<{ readonly wasStopped: boolean; readonly destroyedAccepted: number }>;
  /** A person says that the Plex server found at plex_url is the one to use from now on; links and base go. */
  adoptServer(): Promise<Result<{ readonly machineIdentifier: string }>>;
}

export type SyncRequest =
  | { readonly kind: 'scenes'; readonly scenes: readonly SceneId[] }
  | { readonly kind: 'recent'; readonly sinceMs: number }
  | { readonly kind: 'all' };

export interface SyncCounts extends EnqueueCounts {
  /** How many scenes this is about; null when that is all of them and Stash did not tell in time. */
  readonly scenes: number | null;
  /** Those named ones that Stash does not have; absent when there are none, or Stash did not tell in time. */
  readonly missing?: readonly SceneId[];
}

export interface FirstSyncStart extends SyncCounts {
  /** Whether the first sync still asked; else nothing is done. */
  readonly wasAsking: boolean;
}

export interface PlanPage {
  readonly scenes: readonly PlannedScene[];
  /** Where the next page goes on; null when this was the last one. */
  readonly last: SceneId | null;
}

export interface PlannedScene {
  readonly sceneId: SceneId;
  readonly title: string;
  readonly items: readonly PlannedItem[];
  /** While it stands nothing is written, whatever is planned; null: the scene is not held. */
  readonly held: Hold | null;
  /** Why nothing can be planned: no match, ambiguous, not syncable, scene gone. Null when items were planned. */
  readonly failure: Failure | null;
  /** Why it is not carried, by the settings that choose scenes; null: it is. */
  readonly leftOut: string | null;
}

export interface PlannedItem extends ItemPlan {
  readonly itemTitle: string;
  readonly evidence: Evidence;
  /** What is wanted of Stash, and what we last did to each field: the sides of the merge beside Plex's. */
  readonly ours: Desired;
  readonly bases: BaseByField;
  /** Of those that are switched on. */
  readonly images: readonly ImagePlan[];
}

/** What would become of an image, or why that cannot be told now. */
export type ImagePlan =
  | (ImageDecision & { readonly failure: null })
  | { readonly kind: ImageKind; readonly act: 'nothing'; readonly failure: Failure };

export interface RunningProcess {
  readonly pid: number;
  readonly startedAt: number;
  /** Null when the log goes to a terminal or to whoever started the process. */
  readonly logFile: string | null;
}

export interface Status {
  readonly version: string;
  /** Null when the answer comes from the CLI itself because no daemon runs. */
  readonly daemon: RunningProcess | null;
  /** Settings that are missing or wrong, in words: until they are corrected nothing is asked of either server. */
  readonly setup: { readonly problems: readonly string[] } | null;
  /** What does not stop work and should be known, such as another plugin that writes to Plex too. */
  readonly warnings: readonly string[];
  /** Scenes that were destroyed in Stash at once, and are forgotten only when a person says that it was meant. */
  readonly destroyedAtOnce: number;
  readonly enabled: boolean;
  readonly dryRun: boolean;
  readonly queue: QueueCounts;
  readonly breakers: Readonly<Record<Peer, Breaker>>;
  /** Whether each server has answered this process yet, if only to refuse. */
  readonly hasAnswered: Readonly<Record<Peer, boolean>>;
  /** Sign-in refused or settings that do not fit: all work waits. */
  readonly pauses: readonly { readonly failure: Failure; readonly since: number }[];
  /** Work stopped until a person says how to go on. */
  readonly stop: {
    readonly kind: StopKind;
    readonly reason: string;
    readonly advice: string;
    readonly since: number;
  } | null;
  readonly index: readonly IndexedSection[];
  readonly pathMaps: readonly { readonly from: string; readonly to: string; readonly support: number }[];
  readonly links: number;
  /** Scenes that Plex shows as wanted, as far as is known, and that nothing is to be done for; some seconds old. */
  readonly inStep: number;
  /** Scenes that nothing is written for until they are released. */
  readonly held: number;
  /** Writes that are still to be undone. */
  readonly openUndos: number;
  /** How many posters and backgrounds are not sent, and why. */
  readonly imagesSkipped: Readonly<Partial<Record<SkipReason, number>>>;
  readonly reconcile: ReconcileStatus;
  /** Comparisons of everything write nothing until a person accepts it; null once that is done. */
  readonly firstSync: FirstSyncStatus | null;
  readonly lastPollAt: number | null;
  readonly dataDir: string;
  readonly inboxDir: string;
}
