import { expect, test } from 'vitest';
import { quietStatus } from '../../../../test/fakes/fakeOperations.ts';
import { NO_TALLY } from '../../../core/planning/tally.ts';
import { NO_COUNTS } from '../../../core/reconcile/progress.ts';
import type { Status } from '../../../engine/operations.ts';
import { stateView } from './stateView.ts';

const NOW = 1_000_000;
const queue = quietStatus.queue;
const stop = {
  kind: 'safety',
  reason: 'Most links fail.',
  advice: 'Run `plexsync resume`.',
  since: 0,
} as const;
const otherServer = {
  kind: 'server-changed',
  reason: 'Another server.',
  advice: 'Run `plexsync adopt-server`.',
  since: 0,
} as const;
const report = { startedAt: 0, endedAt: 1, tally: { ...NO_TALLY, scenes: 9, wouldChange: 4 }, sample: [] };
const running = { startedAt: 0, total: 9, survey: null, remainingMs: null, failure: null };

test.each<[string, Partial<Status>, string, readonly string[]]>([
  ['nothing to do', {}, 'good: Everything known is in step', ['reconcile', 'pauseReconcile']],
  ['a dry run', { dryRun: true }, 'good: In step, in a dry run', ['reconcile', 'pauseReconcile']],
  [
    'work',
    { queue: { ...queue, pending: 2, running: 1 } },
    'busy: Looking at 3 scenes',
    ['reconcile', 'pauseReconcile'],
  ],
  [
    'dead letters',
    { queue: { ...queue, dead: 1, pending: 5 } },
    'bad: 1 scene needs you',
    ['reconcile', 'pauseReconcile'],
  ],
  ['no settings', { setup: { problems: ['plex_url: found nothing.'] } }, 'bad: PlexSync is not set up', []],
  ['a safety stop', { stop, queue: { ...queue, dead: 1 } }, 'bad: Stopped: Most links fail.', ['resume']],
  ['another server', { stop: otherServer }, 'bad: Stopped: Another server.', ['adoptServer']],
  ['switched off', { enabled: false }, 'bad: PlexSync is switched off', []],
  [
    'an outage',
    {
      breakers: {
        ...quietStatus.breakers,
        plex: { state: 'open', openedAt: 0, probeAt: 9, opened: 1, reason: 'refused' },
      },
    },
    'bad: Work waits',
    ['reconcile', 'pauseReconcile'],
  ],
  [
    'a first sync that was counted',
    { firstSync: { report } },
    'busy: The first sync waits for your word',
    ['runFirstSync', 'reconcile', 'pauseReconcile'],
  ],
  [
    'a first sync to come',
    { firstSync: { report: null } },
    'busy: Ready for the first sync',
    ['reconcile', 'pauseReconcile'],
  ],
  [
    'a comparison that runs',
    { reconcile: { ...quietStatus.reconcile, running: { ...running, counts: NO_COUNTS } } },
    'good: Everything known is in step',
    ['pauseReconcile', 'cancelReconcile'],
  ],
  [
    'a comparison on pause',
    {
      reconcile: {
        ...quietStatus.reconcile,
        running: { ...running, counts: NO_COUNTS },
        rest: { kind: 'paused', since: 0 },
      },
    },
    'good: Everything known is in step',
    ['resumeReconcile', 'cancelReconcile'],
  ],
])('%s', (_, facts, headline, acts) => {
  const view = stateView({ ...quietStatus, ...facts }, NOW);
  expect([`${view.tone}: ${view.headline}`, view.acts]).toEqual([headline, acts]);
});

test('what to do next is told without the marks of the command line', () => {
  expect(stateView({ ...quietStatus, stop }, NOW).next).toBe('Run plexsync resume.');
});

test('counts and facts are those of the status', () => {
  const view = stateView(
    { ...quietStatus, links: 7, queue: { ...queue, waiting: 2, dead: 1 }, held: 3 },
    NOW,
  );
  expect(view.counts.map(({ name, count }) => `${count} ${name}`)).toEqual([
    '7 linked',
    '0 to look at',
    '2 waiting for Plex',
    '1 need you',
  ]);
  expect(view.facts).toContainEqual(['Held', '3 scenes']);
});
