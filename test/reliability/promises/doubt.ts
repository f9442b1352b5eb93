import type { ReliabilityPromise } from '../promise.ts';

export const doubtPromises: readonly ReliabilityPromise[] = [
  {
    words: 'No write goes to a wrong item.',
    how: 'A scene and an item belong together by their file, never by a title. Before each write the scene is checked by its oshash or path and the item by its parts; an item that two scenes could claim belongs to one of them.',
    tests: [
      'src/core/matching/verdict.test.ts',
      'src/core/matching/verdict.doubt.test.ts',
      'src/core/matching/verdict.property.test.ts',
      'src/core/matching/contested.test.ts',
      'src/core/matching/predecessor.test.ts',
      'test/sync/severalItems.test.ts',
      'test/sync/overTime.test.ts',
      'test/engine/contests.test.ts',
      'test/model/model.test.ts',
    ],
    parts: ['crashes'],
    mutations: [
      'swap-an-id',
      'write-by-key-alone',
      'relink-without-evidence',
      'ignore-a-size-contradiction',
      'whoever-asks-owns',
    ],
  },
  {
    words: 'It stops when too much looks wrong at once.',
    how: 'Another Plex server behind the address, most links failing, a library that lost most of its items: nothing is written until a person says so. “Not in Plex” is said only after a listing that was complete.',
    tests: [
      'test/sync/safety.test.ts',
      'test/engine/safetyStop.test.ts',
      'test/engine/indexer.test.ts',
      'src/core/matching/safety.test.ts',
    ],
    parts: [],
    mutations: ['no-safety-stop', 'not-in-plex-in-doubt', 'a-listing-is-believed'],
  },
  {
    words: 'Nothing is written before a person has agreed.',
    how: 'The first comparison of a library only counts what it would write; a dry run’s client refuses every method that writes.',
    tests: ['test/sync/firstSync.test.ts', 'test/sync/dryRun.test.ts', 'test/engine/commandDryRun.test.ts'],
    parts: [],
    mutations: ['write-before-it-is-accepted', 'let-a-dry-run-write'],
  },
];
