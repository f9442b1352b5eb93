import { succeed } from '../../src/core/result.ts';
import type { Operations, Status } from '../../src/engine/operations.ts';
import type { SceneView } from '../../src/engine/sceneView.ts';

/** A daemon with nothing to do. */
export const quietStatus: Status = {
  version: '1.2.3',
  daemon: { pid: 4711, startedAt: 0, logFile: null },
  setup: null,
  warnings: [],
  destroyedAtOnce: 0,
  enabled: true,
  dryRun: false,
  queue: { pending: 0, bulk: 0, running: 0, waiting: 0, dead: 0, deadByClass: {}, oldestPendingAt: null },
  breakers: {
    plex: { state: 'closed', failuresInRow: 0 },
    stash: { state: 'closed', failuresInRow: 0 },
  },
  hasAnswered: { plex: true, stash: true },
  pauses: [],
  stop: null,
  index: [],
  pathMaps: [],
  imagesSkipped: {},
  links: 0,
  inStep: 0,
  held: 0,
  openUndos: 0,
  reconcile: { running: null, rest: null, last: null, nextAt: null },
  firstSync: null,
  lastPollAt: null,
  dataDir: '/data',
  inboxDir: '/data/inbox',
};

/** Neither linked nor in question. */
const plainScene: Omit<SceneView, 'sceneId'> = {
  title: '',
  files: [],
  links: [],
  hold: null,
  leftOut: null,
  job: null,
  candidates: [],
  expectedPaths: [],
  writes: [],
};

export interface FakeOperations extends Operations {
  /** What was asked, in order: `['retry', { kind: 'all' }]`. */
  readonly calls: readonly (readonly [keyof Operations, ...unknown[]])[];
}

/** Answers like a daemon with nothing to do, or as the test says, and notes what it was asked. */
export function fakeOperations(answers: Partial<Operations> = {}): FakeOperations {
  const calls: [keyof Operations, ...unknown[]][] = [];
  const quiet: Operations = {
    status: () => Promise.resolve(quietStatus),
    queue: () => Promise.resolve([]),
    dead: () => Promise.resolve([]),
    sync: () => Promise.resolve(succeed({ added: 1, coalesced: 0, scenes: 1 })),
    reconcile: () => Promise.resolve(succeed({ added: 1, coalesced: 0, scenes: null })),
    cancelReconcile: () => Promise.resolve({ wasRunning: true }),
    pauseReconcile: () => Promise.resolve({ wasPaused: false }),
    resumeReconcile: () => Promise.resolve({ wasPaused: true }),
    runFirstSync: () => Promise.resolve(succeed({ wasAsking: true, added: 1, coalesced: 0, scenes: 1 })),
    gaps: () =>
      Promise.resolve(
        succeed({
          comparedAt: null,
          notInPlex: { count: 0, scenes: [] },
          notInStash: { count: 0, files: [] },
        }),
      ),
    retry: () => Promise.resolve(succeed({ retried: 0 })),
    clearDead: () => Promise.resolve({ cleared: 0 }),
    clearQueue: () => Promise.resolve({ cleared: 0 }),
    doctor: () => Promise.resolve([]),
    plan: () => Promise.resolve(succeed([])),
    planPage: () => Promise.resolve(succeed({ scenes: [], last: null })),
    testNotification: () => Promise.resolve(succeed(undefined)),
    history: () => Promise.resolve([]),
    planUndo: () => Promise.resolve(succeed({ writes: 0, scenes: 0, shown: [] })),
    undo: () => Promise.resolve(succeed({ askedAt: 0, writes: 1, scenes: 1 })),
    undoReport: () => Promise.resolve({ open: 0, done: 1, left: 0, notes: [] }),
    hold: ({ scenes }) => Promise.resolve({ held: scenes.length }),
    release: (request) => Promise.resolve({ released: request.kind === 'all' ? [] : request.scenes }),
    holds: () => Promise.resolve({ count: 0, holds: [] }),
    scene: ({ scene }) => Promise.resolve(succeed({ ...plainScene, sceneId: scene })),
    scenes: ({ scenes }) => Promise.resolve(succeed(scenes.map((sceneId) => ({ ...plainScene, sceneId })))),
    searchScenes: () => Promise.resolve(succeed({ scenes: [], hasMore: false })),
    pin: () => Promise.resolve(succeed({ itemTitle: 'A title', library: 'Movies', path: '/media/a.mp4' })),
    unpin: () => Promise.resolve({ wasPinned: true }),
    resume: () => Promise.resolve({ wasStopped: true, destroyedAccepted: 0 }),
    adoptServer: () => Promise.resolve(succeed({ machineIdentifier: 'abc' })),
  };
  const use: Operations = { ...quiet, ...answers };
  const noted = <Name extends keyof Operations>(name: Name, ...input: unknown[]): Operations[Name] => {
    calls.push([name, ...input]);
    return use[name];
  };
  return {
    calls,
    status: () => noted('status')(),
    queue: (request) => noted('queue', request)(request),
    dead: (request) => noted('dead', request)(request),
    sync: (request) => noted('sync', request)(request),
    reconcile: () => noted('reconcile')(),
    cancelReconcile: () => noted('cancelReconcile')(),
    pauseReconcile: () => noted('pauseReconcile')(),
    resumeReconcile: () => noted('resumeReconcile')(),
    runFirstSync: () => noted('runFirstSync')(),
    gaps: (request) => noted('gaps', request)(request),
    retry: (selection) => noted('retry', selection)(selection),
    clearDead: (selection) => noted('clearDead', selection)(selection),
    clearQueue: () => noted('clearQueue')(),
    doctor: () => noted('doctor')(),
    plan: (scenes) => noted('plan', scenes)(scenes),
    planPage: (request) => noted('planPage', request)(request),
    testNotification: () => noted('testNotification')(),
    history: (request) => noted('history', request)(request),
    planUndo: (request) => noted('planUndo', request)(request),
    undo: (request) => noted('undo', request)(request),
    undoReport: (request) => noted('undoReport', request)(request),
    hold: (request) => noted('hold', request)(request),
    release: (request) => noted('release', request)(request),
    holds: (request) => noted('holds', request)(request),
    scene: (request) => noted('scene', request)(request),
    scenes: (request) => noted('scenes', request)(request),
    searchScenes: (request) => noted('searchScenes', request)(request),
    pin: (request) => noted('pin', request)(request),
    unpin: (request) => noted('unpin', request)(request),
    resume: () => noted('resume')(),
    adoptServer: () => noted('adoptServer')(),
  };
}
