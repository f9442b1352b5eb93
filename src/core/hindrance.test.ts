import { expect, test } from 'vitest';
import { recordFailure, recordSuccess } from './breaker.ts';
import { hindranceWords, type WorkState } from './hindrance.ts';

const nothing: WorkState = {
  setup: null,
  stop: null,
  pauses: [],
  breakers: { plex: recordSuccess(), stash: recordSuccess() },
};
const setup = { problems: ['plex_url: found nothing.', 'plex_token: found nothing.'] };
const stop = { reason: 'Most links fail.', advice: 'Run plexsync resume.' };
const pauses = [{ failure: { class: 'auth', message: 'Plex said 401.', advice: 'Correct it.' } as const }];
const once = recordFailure(recordSuccess(), { now: 0, random: 0, reason: 'Plex refused the connection' });
const breakers = { ...nothing.breakers, plex: once };

test('nothing stands in the way of work when both servers answer', () => {
  expect(hindranceWords(nothing)).toBeNull();
});

test.each<[string, Partial<WorkState>, string]>([
  [
    'settings',
    { setup, stop, pauses, breakers },
    'Not set up: plex_url: found nothing. plex_token: found nothing.',
  ],
  ['a safety stop', { stop, pauses, breakers }, 'Stopped: Most links fail. Run plexsync resume.'],
  ['a pause', { pauses, breakers }, 'Paused: Plex said 401. Correct it.'],
  ['a server that did not answer', { breakers }, 'No answer: Plex refused the connection'],
])('%s is told with its reason, before what comes after it', (_, state, words) => {
  expect(hindranceWords({ ...nothing, ...state })).toBe(words);
});

test('two servers that do not answer are told both', () => {
  const stash = recordFailure(recordSuccess(), { now: 0, random: 0, reason: 'Stash is not ready' });
  expect(hindranceWords({ ...nothing, breakers: { plex: once, stash } })).toBe(
    'No answer: Plex refused the connection · Stash is not ready',
  );
});

test('a failure that was stored without its reason is told without it', () => {
  const plex = { state: 'closed', failuresInRow: 2 } as const;
  expect(hindranceWords({ ...nothing, breakers: { ...nothing.breakers, plex } })).toBe(
    'No answer: the reason is not known',
  );
});
