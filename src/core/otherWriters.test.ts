import { expect, test } from 'vitest';
import { otherWriters } from './otherWriters.ts';

const plugin = (id: string, enabled = true) => ({ id, name: `Plugin ${id}`, enabled });

test('an enabled plugin that writes to Plex, too, is named with what to do', () => {
  expect(otherWriters([plugin('tagger'), plugin('Stash2Plex')])).toEqual([
    'The plugin Stash2Plex of Stash is enabled: it writes scenes to Plex, too.',
  ]);
  expect(otherWriters([plugin('PlexSync'), plugin('Stash2Plex')])).toHaveLength(2);
});

test.each([
  ['one that is disabled', plugin('Stash2Plex', false)],
  ['PlexSync itself', plugin('plexsync')],
  ['an id that only looks like one of them', plugin('stash2plex')],
  ['an id that is a property of every object', plugin('constructor')],
])('nothing is said of %s', (_what, one) => {
  expect(otherWriters([one])).toEqual([]);
});
