import { expect, test } from 'vitest';
import { NO_TALLY } from '../../core/planning/tally.ts';
import { NO_COUNTS } from '../../core/reconcile/progress.ts';
import type { ReconcileStatus } from '../reconcile.ts';
import { reconcileWords } from './reconcileWords.ts';

const NOW = 1_000_000_000;
const idle: ReconcileStatus = { running: null, rest: null, last: null, nextAt: null };
const running = {
  startedAt: NOW,
  total: 10,
  counts: NO_COUNTS,
  survey: null,
  remainingMs: null,
  failure: null,
};
const last = { startedAt: NOW - 9_000, endedAt: NOW - 5_000, outcome: 'done' as const, counts: NO_COUNTS };

test.each<[Partial<ReconcileStatus>, string]>([
  [{}, 'none yet'],
  [{ nextAt: NOW + 7_200_000 }, 'none yet; next in 2 hours'],
  [{ last }, '5 seconds ago: 0 scenes, 0 in step, 0 looked at'],
  [
    {
      last: {
        ...last,
        outcome: 'cancelled',
        counts: { ...NO_COUNTS, scenes: 9, needPerson: 1, destroyed: 2 },
      },
    },
    '5 seconds ago, cancelled: 9 scenes, 0 in step, 0 looked at, 1 for a person, 2 destroyed',
  ],
  [
    { last: { ...last, counts: { ...NO_COUNTS, scenes: 9, inStep: 5, queued: 1, notInPlex: 3 } } },
    '5 seconds ago: 9 scenes, 5 in step, 1 looked at, 3 not in Plex',
  ],
  [{ running: { ...running, startedAt: null } }, 'about to begin: Plex’s libraries are read'],
  [{ running }, 'runs: 0 of 10 scenes (0 %); 0 queued'],
  [{ running: { ...running, total: 0 } }, 'runs: 0 of 0 scenes (100 %); 0 queued'],
  [
    { running: { ...running, counts: { ...NO_COUNTS, scenes: 12 }, remainingMs: 0 } },
    'runs: 12 of 10 scenes (100 %), a moment left; 0 queued',
  ],
  [
    { running: { ...running, failure: { class: 'unreachable', peer: 'stash', message: 'Stash is away.' } } },
    'waits: Stash is away.',
  ],
  [
    { running: { ...running, survey: { ...NO_TALLY, scenes: 5, wouldChange: 3 } } },
    'runs and writes nothing: 0 of 10 scenes (0 %); 3 would change',
  ],
  [
    { running, rest: { kind: 'paused', since: NOW - 7_200_000 } },
    'is paused until `plexsync reconcile --resume` (since 2 hours); 0 of 10 scenes (0 %); 0 queued',
  ],
  [
    { last, rest: { kind: 'plex-scans', library: 'Films' } },
    'waits while Plex looks through its library "Films"; 5 seconds ago: 0 scenes, 0 in step, 0 looked at',
  ],
])('%j', (status, words) => {
  expect(reconcileWords({ ...idle, ...status }, NOW)).toBe(words);
});
