import type { ReliabilityPromise } from '../promise.ts';

export const lossPromises: readonly ReliabilityPromise[] = [
  {
    words: 'What was accepted arrives.',
    how: 'An event is accepted once hook.sh has ended with its file in the inbox; a trigger, once its row is in the queue. The file goes only after the row is committed, and the row only after Plex was seen to show what Stash has. Commits are synced to the disk; a file of hook.sh is not, because sh cannot, so that a power cut may take the newest ones: these changes are found like those that no hook told of.',
    tests: [
      'test/crash/crashSteps.test.ts',
      'test/crash/randomKills.test.ts',
      'test/crash/storeKilled.test.ts',
      'test/crash/ending.test.ts',
      'test/engine/inbox.test.ts',
      'test/sync/whileRunning.test.ts',
      'test/sync/entities.test.ts',
      'test/model/model.test.ts',
      'src/store/sqlite/sqliteStore.test.ts',
    ],
    parts: ['crashes'],
    mutations: [
      'unlink-before-the-commit',
      'take-no-notice-of-again',
      'leave-what-a-crash-left',
      'lose-a-page-of-a-fan-out',
      'skip-children-of-a-tag',
    ],
  },
  {
    words: 'What no hook told of is found.',
    how: 'A poll compares update times each `poll_interval`; after a task of Stash those of all scenes are compared; the reconcile compares everything each day. What lies in Stash at the very first poll is left to the first comparison.',
    tests: [
      'test/engine/poll.test.ts',
      'test/sync/poll.test.ts',
      'test/engine/stampSweep.test.ts',
      'test/sync/fullReconcile.test.ts',
      'test/sync/reconcile.test.ts',
      'test/sync/entityFeed.test.ts',
    ],
    parts: ['crashes'],
    mutations: [
      'do-not-mark-seen',
      'skip-keyset-after',
      'trust-a-list',
      'unproven-counts-as-proven',
      'end-a-listing-that-failed',
      'end-a-listing-before-the-path-maps',
    ],
  },
  {
    words: 'What counts as arrived is what Plex shows.',
    how: 'Each write is read back, also late, before its job is done; a text goes with its lock, so that Plex’s own agents leave it; what Stash no longer has goes in Plex where it was ours.',
    tests: [
      'test/faults/edits.test.ts',
      'test/sync/fields.test.ts',
      'src/core/planning/mergeList.test.ts',
      'test/sync/convergence.test.ts',
    ],
    parts: [],
    mutations: ['settle-before-verify', 'drop-a-lock', 'skip-a-removal'],
  },
  {
    words: 'What still waits is never shown as done.',
    how: 'A scene of which a job is queued, runs or is dead does not count as in step.',
    tests: ['src/store/sqlite/sqliteStore.test.ts'],
    parts: [],
    mutations: ['busy-counts-as-in-step'],
  },
  {
    words: 'Each change is sent once.',
    how: 'Whatever is killed, no request to write is sent to an item that is the same as the one before it: what is about to be sent stands in the journal first, and the next look compares with what Plex shows. Only a request whose answer was lost on the way is sent again, when Plex then does not show it.',
    tests: [
      'test/faults/edits.test.ts',
      'test/sync/undoCrash.test.ts',
      'src/core/planning/mergeText.test.ts',
    ],
    parts: ['crashes'],
    mutations: ['send-what-is-there', 'send-before-the-journal'],
  },
];
