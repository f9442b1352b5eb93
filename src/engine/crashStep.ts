/**
 * The places where a crash would hurt most. The engine says when it passes one; a test kills the process
 * there and demands that everything accepted still arrives (docs/architecture.md, "Crashes"). Each place has the label
 * CRASH_STEP, by which the bundler takes it out of releases.
 */
export const CRASH_STEPS = {
  'events-read': 'inbox files were read, nothing is in the queue yet',
  'events-queued': 'the jobs are in the queue, the inbox files are still there',
  claimed: 'jobs run under a lease, nothing was read yet',
  'both-sides-read': 'scenes and items were read, nothing was written',
  'write-intended': 'the journal holds what is about to be sent',
  'edit-sent': 'Plex has taken an edit, we have not noted that it arrived',
  'image-intended': 'the journal holds the image that is about to be sent',
  'image-sent': 'Plex has taken an image and shows it, we have not noted that it arrived',
  'edit-read-back': 'the edit was seen in Plex, the base does not say so yet',
  'undo-asked': 'an undo and the holds of its scenes are stored, their jobs are not in the queue yet',
  'undo-proved': 'base and journal say that an undo arrived, the undo itself is still open',
  proved: 'base and journal are complete, the job still runs',
  'fan-out-page': 'a page of scene jobs is in the queue, the fan-out job does not know yet',
  'reconcile-page':
    'what differs on a page of the comparison of everything is queued, where that stands is not saved',
  'index-page': 'half of a library is in the index',
} as const satisfies Record<string, string>;

export type CrashStep = keyof typeof CRASH_STEPS;
/** Called as each step is reached. */
export type ReachStep = (step: CrashStep) => void;
