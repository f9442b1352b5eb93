import type { Failure } from './failure.ts';
import type { Subject } from './scene.ts';

/**
 * A reason to look at one subject. It carries no payload: the worker reads the truth on both sides.
 *
 * pending(dueAt) → running(lease) → done (the row goes) | pending (retry) | waiting (for Plex) | dead
 */
export const JOB_STATES = ['pending', 'running', 'waiting', 'dead'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Who says "look". Declared once: priority and meaning in the queue, words in lists. */
export const TRIGGER_SOURCES = {
  command: { priority: 0, startsAfresh: true, words: 'asked for by a person' },
  undo: { priority: 0, startsAfresh: true, words: 'undo' },
  hook: { priority: 10, startsAfresh: true, words: 'Stash hook' },
  poll: { priority: 20, startsAfresh: true, words: 'change seen in Stash' },
  index: { priority: 20, startsAfresh: false, words: 'a file appeared in Plex' },
  entity: { priority: 30, startsAfresh: true, words: 'a performer, studio or tag changed' },
  plex: { priority: 35, startsAfresh: false, words: 'change seen in Plex' },
  sweep: { priority: 40, startsAfresh: false, words: 'comparison of everything' },
} as const satisfies Record<string, TriggerSourceFacts>;

interface TriggerSourceFacts {
  /** Lower goes first among jobs that came by ones; see core/priority.ts for those that came in bulk. */
  readonly priority: number;
  /** Whether the attempts used so far are forgotten: something changed that may have been the cause. */
  readonly startsAfresh: boolean;
  readonly words: string;
}

export type TriggerSource = keyof typeof TRIGGER_SOURCES;

export interface Trigger {
  readonly subject: Subject;
  readonly source: TriggerSource;
}

/** A row of the queue. Times are epoch ms. */
export interface Job {
  readonly subject: Subject;
  readonly state: JobState;
  readonly source: TriggerSource;
  /** Lower goes first: see core/priority.ts. */
  readonly priority: number;
  readonly enqueuedAt: number;
  readonly dueAt: number;
  /** Attempts used of the classes that count. */
  readonly attempt: number;
  /** Times put off without using an attempt (server unreachable, item gone, edits not visible yet). */
  readonly postponed: number;
  /** A trigger came while the job was running: look once more. */
  readonly again: boolean;
  /** Where a fan-out over many scenes stands: the last scene id done; null at the start. */
  readonly cursor: string | null;
  /** What went wrong last; null before the first attempt. */
  readonly failure: Failure | null;
  /** Start of the present state, for ages in lists and retention of dead letters. */
  readonly stateSince: number;
}

/** What the worker decided about a running job. */
export type Settlement =
  | { readonly kind: 'done'; readonly subject: Subject }
  | {
      readonly kind: 'retry' | 'waiting';
      readonly subject: Subject;
      readonly dueAt: number;
      readonly attempt: number;
      readonly postponed: number;
      readonly failure: Failure | null;
    }
  /** A fan-out did a page; the rest follows at once. */
  | { readonly kind: 'continue'; readonly subject: Subject; readonly cursor: string }
  /** Given back as it was claimed: work stopped before it was looked at. */
  | { readonly kind: 'release'; readonly subject: Subject }
  | {
      readonly kind: 'dead';
      readonly subject: Subject;
      readonly attempt: number;
      readonly failure: Failure;
    };
