/**
 * The tasks of the Stash plugin, declared once: the manifest's list, and the names under which they reach the
 * daemon (`args.task`, stash reference §2.1). A task enqueues or answers; it never waits for syncing, because
 * Stash runs one job at a time.
 */
export const TASKS = {
  'sync-all': {
    name: 'Sync all',
    words: 'Looks at every scene and brings Plex in step where it differs.',
    dropsWork: false,
  },
  'sync-recent': {
    name: 'Sync recently changed',
    words: 'Looks at the scenes that were changed in the last 24 hours.',
    dropsWork: false,
  },
  reconcile: {
    name: 'Reconcile now',
    words: 'Lists Plex’s libraries anew, then compares everything.',
    dropsWork: false,
  },
  'run-first-sync': {
    name: 'Run the first sync',
    words:
      'Accepts what the first comparison of everything has found (Stash’s log and Status tell it): it is written, and so is what later ones find.',
    dropsWork: false,
  },
  'pause-reconcile': {
    name: 'Pause comparisons',
    words: 'Lets comparisons of everything rest, and what they have queued. Single edits go on.',
    dropsWork: false,
  },
  'resume-reconcile': {
    name: 'Resume comparisons',
    words: 'Goes on after Pause comparisons.',
    dropsWork: false,
  },
  'retry-dead': {
    name: 'Retry dead letters',
    words: 'Gives every scene that needs a person another try.',
    dropsWork: false,
  },
  'clear-dead': {
    name: 'Clear dead letters',
    words: 'Empties the list of scenes that need a person. A later full sync finds them again.',
    dropsWork: true,
  },
  'clear-queue': {
    name: 'Clear queue',
    words: 'Drops what waits to be looked at. A later full sync finds it again.',
    dropsWork: true,
  },
  status: {
    name: 'Status',
    words: 'Says what PlexSync does and what it waits for. Changes nothing.',
    dropsWork: false,
  },
  doctor: {
    name: 'Doctor',
    words:
      'Looks at settings, both servers, the database and the queue, and says what to correct. Changes nothing.',
    dropsWork: false,
  },
} as const satisfies Record<string, TaskFacts>;

export type TaskName = keyof typeof TASKS;

interface TaskFacts {
  readonly name: string;
  readonly words: string;
  /** Takes jobs away: done late, it would take those that came since. */
  readonly dropsWork: boolean;
}
