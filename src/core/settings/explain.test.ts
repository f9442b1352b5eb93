import { expect, test } from 'vitest';
import { explainSettings } from './explain.ts';
import { environmentLayer, fileLayer } from './layers.ts';
import { resolveSettings } from './resolve.ts';
import { SETTING_KEYS } from './table.ts';

const explained = explainSettings(
  resolveSettings([
    fileLayer('plexsync.config.json', {
      plex_url: 'http://plex:32400',
      plex_token: 'hunter2',
      max_retries: 'x',
    }),
    environmentLayer({ PLEXSYNC_PLEX_LIBRARY: 'Scenes' }),
  ]),
);
const line = (key: string): unknown => explained.find((each) => each.key === key);

test('every setting is explained, in the order of the table; a hidden one only when it is set', () => {
  expect(explained.map(({ key }) => key)).toEqual(SETTING_KEYS.filter((key) => key !== 'plex_tv_url'));
  const set = resolveSettings([fileLayer('a file', { plex_tv_url: 'http://127.0.0.1:1' })]);
  expect(explainSettings(set).map(({ key }) => key)).toEqual(SETTING_KEYS);
});

test('a value stands with where it came from', () => {
  expect(line('plex_library')).toEqual({
    key: 'plex_library',
    value: ['Scenes'],
    origin: 'PLEXSYNC_PLEX_LIBRARY',
    problem: null,
  });
  expect(line('poll_interval')).toMatchObject({ value: 30, origin: 'default' });
});

test('a secret is masked without telling its length, an unset one is null', () => {
  expect(line('plex_token')).toMatchObject({ value: '********', origin: 'plexsync.config.json' });
  expect(line('stash_api_key')).toMatchObject({ value: null });
});

test('a wrong or missing value is explained too', () => {
  expect(line('max_retries')).toMatchObject({ value: null, problem: expect.stringContaining('found "x"') });
  expect(line('stash_url')).toMatchObject({ value: null, problem: expect.stringContaining('found nothing') });
});
