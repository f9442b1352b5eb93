import type { ReliabilityPromise } from '../promise.ts';

export const recoveryPromises: readonly ReliabilityPromise[] = [
  {
    words: 'It recovers by itself from a crash, a kill and a power cut, at any moment.',
    how: 'Jobs that ran are taken over by the next daemon; every step can be done again. The database is checked at each start, and one that is damaged is refused with what to do, never begun anew unasked.',
    tests: [
      'test/crash/crashSteps.test.ts',
      'test/crash/randomKills.test.ts',
      'test/crash/storeKilled.test.ts',
      'src/store/sqlite/openStore.test.ts',
      'src/store/sqlite/sqliteStore.test.ts',
      'test/hook/storing.test.ts',
    ],
    parts: ['crashes'],
    mutations: ['leave-what-a-crash-left', 'start-anew-unasked'],
  },
  {
    words: 'It recovers by itself from a full disk, a read-only one, and a data folder that is taken away.',
    how: 'A full disk is no fault of the jobs: they wait, and the words say what to do. A folder that cannot be written is refused in one sentence. A daemon whose data folder is moved away or replaced ends within seconds, so that whoever started it starts it on what lies there now.',
    tests: [
      'test/engine/storeFails.test.ts',
      'test/engine/inbox.test.ts',
      'test/service/folderReplaced.test.ts',
    ],
    parts: ['crashes'],
    mutations: ['unlink-before-the-commit', 'work-where-nobody-looks'],
  },
  {
    words: 'It recovers by itself from a clock that is set back or forth.',
    how: 'Nothing is waited for longer than it can have been meant: jobs, probes and listings that were put off by a clock that was ahead are due at once. A clock that is far ahead lets the journal and dead letters grow old before their time.',
    tests: ['test/engine/clockSetBack.test.ts', 'src/core/breaker.test.ts'],
    parts: ['crashes'],
    mutations: ['trust-the-clock'],
  },
  {
    words: 'Two daemons never work on one data folder.',
    how: 'The folder is held by a lock that the system drops with the process. A second daemon waits, then says who has it.',
    tests: [
      'src/store/sqlite/lock.test.ts',
      'test/service/folderInUse.test.ts',
      'test/hook/starting.test.ts',
    ],
    parts: ['crashes'],
    mutations: ['two-at-once'],
  },
];
