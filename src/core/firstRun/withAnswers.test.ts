import { expect, test } from 'vitest';
import { withAnswers } from './withAnswers.ts';

test('what stood there stays in its place, also what is no setting; what is new follows in order', () => {
  const before = { $schema: 'x', plex_token: 'old', max_retries: 7, mine: null };
  const after = withAnswers(before, { stash_url: 'http://s', plex_token: 'new', plex_url: 'http://p' });
  expect(JSON.stringify(after)).toBe(
    JSON.stringify({
      $schema: 'x',
      plex_token: 'new',
      max_retries: 7,
      mine: null,
      plex_url: 'http://p',
      stash_url: 'http://s',
    }),
  );
});

test('an answer of nothing takes a setting out, and no answer leaves it', () => {
  const before = { path_map: ['/a=>/b'], stash_api_key: 'key' };
  expect(withAnswers(before, { path_map: null, stash_url: null })).toEqual({ stash_api_key: 'key' });
});
