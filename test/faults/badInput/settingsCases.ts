import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadSettings } from '../../../src/cli/loadSettings.ts';
import { settingsOf } from '../../../src/core/settings/resolve.ts';
import { type BadInputArea, type BadInputCase, joined, type Observed } from './badInputCase.ts';
import { fileCase } from './fileCase.ts';

const FILE = 'plexsync.config.json';
const TOKEN = 'tok-Zq81-plex-secret';
const GOOD = { plex_url: 'http://plex:32400', plex_token: TOKEN, stash_url: 'http://stash:9999' };

/** A settings file with this text, or with good settings but for these. */
const settingsCase = (
  input: string,
  content: string | Readonly<Record<string, unknown>>,
  expected: Pick<Observed, 'state' | 'message'>,
): BadInputCase =>
  fileCase({
    input,
    expected,
    look: async (folder) => {
      const text = typeof content === 'string' ? content : JSON.stringify({ ...GOOD, ...content });
      writeFileSync(path.join(folder, FILE), text);
      const loaded = await loadSettings({ configFile: null, environment: {}, flags: {}, cwd: folder });
      if (!loaded.ok) return { state: 'does not start', message: checked(loaded.failure) };
      const settings = settingsOf(loaded.value.resolutions);
      if (!settings.ok) return { state: 'does not start', message: checked(joined(settings.failure)) };
      return { state: 'starts, and warns', message: checked(joined(loaded.value.warnings)) };
    },
  });

/** Whatever is wrong, nobody gets to read the token. */
function checked(message: string): string {
  if (message.includes(TOKEN)) throw new Error('the message shows the token');
  return message;
}

export const settingsCases: BadInputArea = {
  title: 'Settings',
  cases: [
    settingsCase('a file that is no JSON', `{ plex_token: ${TOKEN} }`, {
      state: 'does not start',
      message: 'DATA/plexsync.config.json is no valid JSON: line 1, column 3.',
    }),
    settingsCase('a file that ends too early', `{ "plex_token": "${TOKEN}"`, {
      state: 'does not start',
      message: 'DATA/plexsync.config.json is no valid JSON: line 1, column 39.',
    }),
    settingsCase('a file that is a list', `["${TOKEN}"]`, {
      state: 'does not start',
      message: 'DATA/plexsync.config.json: found a list; allowed: a JSON object of settings.',
    }),
    settingsCase(
      'required settings missing',
      { plex_url: null, plex_token: '', stash_url: '' },
      {
        state: 'does not start',
        message:
          'plex_url: found nothing; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #. Set it by plexsync.config.json, PLEXSYNC_PLEX_URL, --plex-url. · plex_token: found nothing; allowed: a text without spaces and line ends. Set it by plexsync.config.json, PLEXSYNC_PLEX_TOKEN, --plex-token. · stash_url: found nothing; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #. Set it by plexsync.config.json, PLEXSYNC_STASH_URL, --stash-url.',
      },
    ),
    settingsCase(
      'an address without http',
      { plex_url: 'plex:32400' },
      {
        state: 'does not start',
        message:
          'plex_url (plexsync.config.json): found "plex:32400"; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #.',
      },
    ),
    settingsCase(
      'a token where an address belongs',
      { plex_url: TOKEN },
      {
        state: 'does not start',
        message:
          'plex_url (plexsync.config.json): found a text that is no address; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #.',
      },
    ),
    settingsCase(
      'an address with user, password and token',
      { plex_url: `http://me:${TOKEN}@plex/?X-Plex-Token=${TOKEN}` },
      {
        state: 'does not start',
        message:
          'plex_url (plexsync.config.json): found "http://***@plex/?***"; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #.',
      },
    ),
    settingsCase(
      'a token with a space in it',
      { plex_token: `${TOKEN} x` },
      {
        state: 'does not start',
        message:
          'plex_token (plexsync.config.json): found a value that is not shown; allowed: a text without spaces and line ends.',
      },
    ),
    settingsCase(
      'a token that is a number',
      { plex_token: 12 },
      {
        state: 'does not start',
        message:
          'plex_token (plexsync.config.json): found a value that is not shown; allowed: a text without spaces and line ends.',
      },
    ),
    settingsCase(
      'a number that is a word',
      { max_retries: 'many' },
      {
        state: 'does not start',
        message: 'max_retries (plexsync.config.json): found "many"; allowed: a whole number from 1 to 100.',
      },
    ),
    settingsCase(
      'a number out of range',
      { poll_interval: 0 },
      {
        state: 'does not start',
        message: 'poll_interval (plexsync.config.json): found 0; allowed: a number from 1 to 86400 s.',
      },
    ),
    settingsCase(
      'a number that is not whole',
      { max_retries: 2.5 },
      {
        state: 'does not start',
        message: 'max_retries (plexsync.config.json): found 2.5; allowed: a whole number from 1 to 100.',
      },
    ),
    settingsCase(
      'a switch that is neither on nor off',
      { strict_matching: 'maybe' },
      {
        state: 'does not start',
        message:
          'strict_matching (plexsync.config.json): found "maybe"; allowed: true or false (also yes, no, on, off, 1, 0).',
      },
    ),
    settingsCase(
      'a choice that there is not',
      { foreign_entries: 'drop' },
      {
        state: 'does not start',
        message: 'foreign_entries (plexsync.config.json): found "drop"; allowed: keep, remove.',
      },
    ),
    settingsCase(
      'a list that is an object',
      { plex_library: { name: 'Movies' } },
      {
        state: 'does not start',
        message:
          'plex_library (plexsync.config.json): found an object; allowed: names separated by commas, or a JSON list of texts.',
      },
    ),
    settingsCase(
      'a path with a line end',
      { data_dir: 'a\nb' },
      {
        state: 'does not start',
        message: 'data_dir (plexsync.config.json): found "a\\nb"; allowed: a path.',
      },
    ),
    settingsCase(
      'a path map without an arrow',
      { path_map: '/data' },
      {
        state: 'does not start',
        message:
          'path_map (plexsync.config.json): found "/data", which has no "=>"; allowed: Stash prefix=>Plex prefix, both absolute, such as /data=>/media, D:\\Videos=>/mnt/videos or \\\\nas\\videos=>/videos.',
      },
    ),
    settingsCase(
      'a name that is no setting',
      { plexToken: TOKEN, polling: 5 },
      {
        state: 'starts, and warns',
        message:
          '"plexToken" (plexsync.config.json) is no setting and is ignored; did you mean plex_token? · "polling" (plexsync.config.json) is no setting and is ignored.',
      },
    ),
    settingsCase(
      'a text of 200 characters with control characters',
      { log_level: '\u001b[2J'.repeat(50) },
      {
        state: 'does not start',
        message:
          'log_level (plexsync.config.json): found "\\u001b[2J\\u001b[2J\\u001b[2J\\u001b[2J\\u001b[2J\\u001b[2J\\u001b[2J\\u001b[2J\\u001b[2…"; allowed: trace, debug, info, warn, error.',
      },
    ),
  ],
};
