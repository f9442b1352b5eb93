/**
 * The tasks of the Stash plugin, declared once: the manifest's list, and the names under which they reach the
 * daemon (`args.task`, stash reference §2.1). A task enqueues or answers; it never waits for syncing, because
 * Stash runs one job at a time.
 */
export const TASKS = {
  'sync-all': {
    name: 'Sync all',
    words: 'Looks at every scene and brings Plex in step where it differs.',
  },
  'sync-recent': {
    name: 'Sync recently changed',
    words: 'Looks at the scenes that were changed in the last 24 hours.',
  },
  reconcile: {
    name: 'Reconcile now',
    words: 'Lists Plex’s libraries anew, then compares everything.',
  },
  'retry-dead': {
    name: 'Retry dead letters',
    words: 'Gives every scene that needs a person another try.',
  },
  'clear-dead': {
    name: 'Clear dead letters',
    words: 'Empties the list of scenes that need a person. A later full sync finds them again.',
  },
  'clear-queue': {
    name: 'Clear queue',
    words: 'Drops what waits to be looked at. A later full sync finds it again.',
  },
  status: {
    name: 'Status',
    words: 'Says what PlexSync does and what it waits for. Changes nothing.',
  },
  check: {
    name: 'Check set-up',
    words: 'Tries the connections and settings, and says what to correct. Changes nothing.',
  },
} as const satisfies Record<string, { readonly name: string; readonly words: string }>;

export type TaskName = keyof typeof TASKS;
