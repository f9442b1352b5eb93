import { expect, test } from 'vitest';
import { comparisonCaveat, type Rest, restWords } from './rest.ts';

test.each<[Rest, string]>([
  [{ kind: 'paused', since: 0 }, 'is paused until `plexsync reconcile --resume`'],
  [
    { kind: 'plex-scans', library: 'Films "A"' },
    'waits while Plex looks through its library "Films \\"A\\""',
  ],
  [{ kind: 'streaming', streams: 1 }, 'waits while Plex plays something (1 stream; wait_while_streaming)'],
  [{ kind: 'streaming', streams: 2 }, 'waits while Plex plays something (2 streams; wait_while_streaming)'],
])('%j', (rest, words) => {
  expect(restWords(rest)).toBe(words);
});

test('a comparison that rests and asks is told with both, one that does neither with nothing', () => {
  expect(comparisonCaveat({ reconcile: { rest: { kind: 'paused', since: 0 } }, firstSync: {} })).toBe(
    'It is paused until `plexsync reconcile --resume`. It writes nothing yet, since the first sync asks first: `plexsync first-sync` shows what would change.',
  );
  expect(comparisonCaveat({ reconcile: { rest: null }, firstSync: null })).toBeNull();
});
