import type { ReliabilityPromise } from '../promise.ts';

export const loadPromises: readonly ReliabilityPromise[] = [
  {
    words: 'Many hooks at once lose nothing.',
    how: 'Ten thousand, several at a time, and an edit of ten thousand scenes arrive while the look for changes is blind. Beyond 10,000 that wait, one note says that everything is to be compared.',
    tests: ['test/hook/storing.test.ts', 'test/engine/inbox.test.ts'],
    parts: ['load'],
    mutations: ['hooks-share-a-name'],
  },
  {
    words: 'A daemon that runs on and on does not grow.',
    how: 'Memory, open files and the database find their size and keep it, whatever goes wrong around it: an hour of edits, outages, comparisons and bulk edits is fitted with a line that has to be flat, and shorter runs have limits as well. Journal and dead letters are kept as long and as many as the settings say.',
    tests: [
      'test/engine/pruneJournal.test.ts',
      'test/faults/deadLetters.test.ts',
      'src/core/activity/activity.test.ts',
    ],
    parts: ['soak'],
    mutations: ['a-connection-for-each-request', 'keep-what-was-done', 'activity-without-end'],
  },
];
