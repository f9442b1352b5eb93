import { describe, expect, test } from 'vitest';
import { settingsDespite } from '../core/settings/resolve.ts';
import { settingsInStash, withSwitchesShown } from './settingsInStash.ts';

const SET_UP = { plex_url: 'http://plex:32400', plex_token: 'token-of-plex' };
const settingsFrom = (values: Record<string, unknown>, environment: Record<string, string> = {}) =>
  settingsDespite(
    settingsInStash({
      place: { dataDir: '/stash/plexsync', inboxDir: '/stash/plexsync/inbox' },
      environment,
      stashUrl: 'http://127.0.0.1:9999',
      values,
    }),
  );

describe('settings as Stash keeps them', () => {
  test('before anybody has set it up, what is missing is named, and nothing is wrong', () => {
    const { problems, isNotSetUp } = settingsFrom({});
    expect(isNotSetUp).toBe(true);
    expect(problems).toEqual([
      'plex_url: found nothing; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #. Set it by PLEXSYNC_PLEX_URL, Plex address in Stash’s Settings > Plugins.',
      'plex_token: found nothing; allowed: a text without spaces and line ends. Set it by PLEXSYNC_PLEX_TOKEN, Plex token in Stash’s Settings > Plugins.',
    ]);
  });

  test('know where Stash and the folders are', () => {
    const { settings, problems } = settingsFrom(SET_UP);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      ...SET_UP,
      stash_url: 'http://127.0.0.1:9999',
      stash_tls_verify: false,
      data_dir: '/stash/plexsync',
      inbox_dir: '/stash/plexsync/inbox',
      enabled: true,
      strict_matching: true,
    });
  });

  test.each([
    ['absent', {}],
    ['null', { max_retries: null, plex_library: null, poll_interval: null }],
    ['a text that was emptied', { plex_library: '', path_map: '' }],
    [
      'a number that was cleared, which Stash stores as 0',
      { max_retries: 0, poll_interval: 0, read_timeout: 0 },
    ],
  ])('mean the default when %s', (_, values) => {
    const { settings, problems } = settingsFrom({ ...SET_UP, ...values });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ max_retries: 5, poll_interval: 30, read_timeout: 30, plex_library: [] });
  });

  test('a text in a number is named by what people see, and with what is allowed', () => {
    const { problems, isNotSetUp, settings } = settingsFrom({ ...SET_UP, max_retries: 'many' });
    expect(problems).toEqual([
      'max_retries (Attempts at most in Stash’s Settings > Plugins): found "many"; allowed: a whole number from 1 to 100.',
    ]);
    expect(isNotSetUp).toBe(false);
    expect(settings.max_retries).toBe(5);
  });

  test('a number that is written as a text is a number', () => {
    expect(settingsFrom({ ...SET_UP, max_retries: '7' }).settings.max_retries).toBe(7);
  });

  test('a library may be called "# 1"', () => {
    expect(settingsFrom({ ...SET_UP, plex_library: '# 1, #2' }).settings.plex_library).toEqual(['# 1', '#2']);
  });

  test('a default of true can be switched off by a word, since an empty switch shows off', () => {
    expect(settingsFrom({ ...SET_UP, plex_tls_verify: 'no' }).settings.plex_tls_verify).toBe(false);
    expect(settingsFrom({ ...SET_UP, plex_tls_verify: '' }).settings.plex_tls_verify).toBe(true);
  });

  test('stand above the environment of Stash, which stands above the defaults', () => {
    const environment = { PLEXSYNC_MAX_RETRIES: '9', PLEXSYNC_LOG_LEVEL: 'debug' };
    expect(settingsFrom({ ...SET_UP, max_retries: 3 }, environment).settings).toMatchObject({
      max_retries: 3,
      log_level: 'debug',
    });
  });

  test('do not move the folders, nor what only a service needs', () => {
    const values = { ...SET_UP, data_dir: '/elsewhere', stash_url: 'http://evil', stash_api_key: 'x' };
    expect(settingsFrom(values).settings).toMatchObject({
      data_dir: '/stash/plexsync',
      stash_url: 'http://127.0.0.1:9999',
      stash_api_key: '',
    });
  });

  test('where Stash cannot be reached as it says, the environment may say how', () => {
    const environment = { PLEXSYNC_STASH_URL: 'http://stash:9999' };
    expect(settingsFrom(SET_UP, environment).settings.stash_url).toBe('http://stash:9999');
  });
});

describe('the switches that are on by default', () => {
  test('are written where they are absent, and nothing else is touched', () => {
    expect(withSwitchesShown({})).toEqual({ enabled: true, strict_matching: true });
    expect(withSwitchesShown({ plex_url: 'x', enabled: false })).toEqual({
      plex_url: 'x',
      enabled: false,
      strict_matching: true,
    });
  });

  test('are asserted again when a page left open drops them', () => {
    expect(withSwitchesShown({ enabled: null, strict_matching: false })).toEqual({
      enabled: true,
      strict_matching: false,
    });
  });

  test('are left alone when they are there', () => {
    expect(withSwitchesShown({ enabled: false, strict_matching: true })).toBeNull();
  });
});
