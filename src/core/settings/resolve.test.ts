import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { environmentLayer, fileLayer, flagLayer } from './layers.ts';
import { type Resolutions, resolveSettings, settingsOf, unknownKeys } from './resolve.ts';
import { SETTING_KEYS, SETTINGS, type SettingKey } from './table.ts';

const NEEDED = { plex_url: 'http://plex:32400', plex_token: 'token-1234', stash_url: 'http://stash:9999' };
const FILE = 'plexsync.config.json';

const resolveFile = (values: Record<string, unknown>): Resolutions =>
  resolveSettings([fileLayer(FILE, { ...NEEDED, ...values }), environmentLayer({}), flagLayer({})]);

const problemOf = (key: SettingKey, value: unknown): string => {
  const resolution = resolveFile({ [key]: value })[key];
  return resolution.ok ? '' : resolution.problem;
};
const valueOf = (key: SettingKey, value: unknown): unknown => {
  const resolution = resolveFile({ [key]: value })[key];
  return resolution.ok ? resolution.value : resolution.problem;
};

describe('precedence', () => {
  test('defaults, then the file, then the environment, then flags', () => {
    const resolutions = resolveSettings([
      fileLayer(FILE, { ...NEEDED, poll_interval: 10, max_retries: 6, read_timeout: 40 }),
      environmentLayer({ PLEXSYNC_MAX_RETRIES: '7', PLEXSYNC_READ_TIMEOUT: '50', PATH: '/bin' }),
      flagLayer({ read_timeout: '60' }),
    ]);
    expect(resolutions).toMatchObject({
      connect_timeout: { value: 5, origin: { kind: 'default', name: 'default' } },
      poll_interval: { value: 10, origin: { kind: 'file', name: FILE } },
      max_retries: { value: 7, origin: { kind: 'environment', name: 'PLEXSYNC_MAX_RETRIES' } },
      read_timeout: { value: 60, origin: { kind: 'flag', name: '--read-timeout' } },
    });
  });

  test.each([null, '', '  ', undefined])('%j says nothing: the layers below count', (empty) => {
    const resolutions = resolveSettings([
      fileLayer(FILE, { ...NEEDED, max_retries: 6 }),
      flagLayer({ max_retries: empty, enabled: empty }),
    ]);
    expect(resolutions.max_retries).toMatchObject({ value: 6, origin: { kind: 'file' } });
    expect(resolutions.enabled).toMatchObject({ value: true, origin: { kind: 'default' } });
  });

  test('a wrong value is reported, not covered by the layer below', () => {
    const resolutions = resolveSettings([
      fileLayer(FILE, { ...NEEDED, max_retries: 6 }),
      flagLayer({ max_retries: 'many' }),
    ]);
    expect(resolutions.max_retries).toMatchObject({ ok: false, origin: { name: '--max-retries' } });
  });

  test('a wrong value that a higher layer replaces does no harm', () => {
    const resolutions = resolveSettings([
      fileLayer(FILE, { ...NEEDED, max_retries: 'many' }),
      flagLayer({ max_retries: '6' }),
    ]);
    expect(resolutions.max_retries).toMatchObject({ ok: true, value: 6 });
  });
});

describe('the ten keys that users know', () => {
  test('have the types and defaults that they know', () => {
    const settings = settingsOf(resolveFile({}));
    expect(settings).toMatchObject({
      ok: true,
      value: {
        plex_url: 'http://plex:32400',
        plex_token: 'token-1234',
        plex_library: [],
        enabled: true,
        max_retries: 5,
        poll_interval: 30,
        strict_matching: true,
        preserve_plex_edits: false,
        connect_timeout: 5,
        read_timeout: 30,
      },
    });
  });
});

describe('texts, as environment and flags give them', () => {
  test.each([
    ['true', true],
    ['YES', true],
    [' on ', true],
    ['1', true],
    [1, true],
    ['false', false],
    ['No', false],
    ['off', false],
    ['0', false],
    [0, false],
  ])('boolean %j is %j', (text, value) => {
    expect(valueOf('dry_run', text)).toBe(value);
  });

  test.each([
    ['30', 30],
    [' 1.5 ', 1.5],
    [2, 2],
  ])('number %j is %j', (text, value) => {
    expect(valueOf('poll_interval', text)).toBe(value);
  });

  test('a list is split at commas; a JSON list may hold commas', () => {
    expect(valueOf('plex_library', ' Scenes , Archive,, ')).toEqual(['Scenes', 'Archive']);
    expect(valueOf('plex_library', ['Scenes, old', ' '])).toEqual(['Scenes, old']);
  });

  test('a time of day may begin with one digit', () => {
    expect(resolveFile({ reconcile_time: ' 4:05 ' }).reconcile_time).toMatchObject({ value: '04:05' });
  });

  test('a choice is known in any case', () => {
    expect(valueOf('log_level', 'DEBUG')).toBe('debug');
  });
});

describe('addresses', () => {
  test.each([
    ['http://plex:32400/', 'http://plex:32400'],
    [' https://example.org/plex// ', 'https://example.org/plex'],
    ['HTTP://PLEX:80', 'http://plex'],
    ['http://[::1]:32400', 'http://[::1]:32400'],
  ])('%j becomes %j', (text, url) => {
    expect(valueOf('plex_url', text)).toBe(url);
  });

  test.each([
    'plex:32400',
    'ftp://plex',
    'http://',
    'http://plex?x=1',
    'http://plex/#/',
    '//plex',
    'file:///x',
  ])('%j is refused', (text) => {
    expect(problemOf('plex_url', text)).toMatch(
      /^plex_url \(plexsync\.config\.json\): found .+; allowed: .+\.$/,
    );
  });
});

describe('a bad value gives one message: setting, where, found, allowed', () => {
  test.each<[SettingKey, unknown, string]>([
    [
      'max_retries',
      '5.5',
      'max_retries (plexsync.config.json): found "5.5"; allowed: a whole number from 1 to 100.',
    ],
    [
      'poll_interval',
      0,
      'poll_interval (plexsync.config.json): found 0; allowed: a number from 1 to 86400 s.',
    ],
    [
      'connect_timeout',
      '5s',
      'connect_timeout (plexsync.config.json): found "5s"; allowed: a number from 1 to 300 s.',
    ],
    [
      'enabled',
      'maybe',
      'enabled (plexsync.config.json): found "maybe"; allowed: true or false (also yes, no, on, off, 1, 0).',
    ],
    [
      'foreign_entries',
      {},
      'foreign_entries (plexsync.config.json): found an object; allowed: keep, remove.',
    ],
    [
      'plex_library',
      [1],
      'plex_library (plexsync.config.json): found a list; allowed: names separated by commas, or a JSON list of texts.',
    ],
    [
      'reconcile_time',
      '24:00',
      'reconcile_time (plexsync.config.json): found "24:00"; allowed: a time of day from 00:00 to 23:59.',
    ],
    ['data_dir', 'a\u0000b', 'data_dir (plexsync.config.json): found "a\\u0000b"; allowed: a path.'],
  ])('%s %j', (key, value, message) => {
    expect(problemOf(key, value)).toBe(message);
  });

  test('path maps are read as they will be used', () => {
    expect(valueOf('path_map', '/data=>/media, D:\\Videos=>/mnt/videos')).toEqual([
      '/data=>/media',
      'D:\\Videos=>/mnt/videos',
    ]);
    expect(problemOf('path_map', ['/data=>/media', '/a->/b'])).toMatch(
      /^path_map \(plexsync\.config\.json\): found "\/a->\/b", which has no "=>"; allowed: .+\.$/,
    );
  });

  test('a required setting that is nowhere names the places where it can be set', () => {
    const resolutions = resolveSettings([fileLayer(FILE, {}), environmentLayer({}), flagLayer({})]);
    expect(settingsOf(resolutions)).toEqual({
      ok: false,
      failure: [
        expect.stringContaining(
          'plex_url: found nothing; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #. Set it by plexsync.config.json, PLEXSYNC_PLEX_URL, --plex-url.',
        ),
        expect.stringContaining('plex_token: found nothing'),
        expect.stringContaining('stash_url: found nothing'),
      ],
    });
  });

  test('a long or odd text is shown short and on one line', () => {
    const problem = problemOf('log_level', `${'x'.repeat(500)}\n`);
    expect(problem.length).toBeLessThan(200);
    expect(problemOf('log_level', 'a\nb\u001b[2J')).toContain('"a\\nb\\u001b[2J"');
  });
});

describe('secrets stay out of messages', () => {
  test('a token with a line end inside', () => {
    expect(problemOf('plex_token', 'secret-part\nmore')).toBe(
      'plex_token (plexsync.config.json): found a value that is not shown; allowed: a text without spaces and line ends.',
    );
  });

  test('a password or token in an address', () => {
    expect(problemOf('plex_url', 'http://me:hunter2@plex:32400')).not.toContain('hunter2');
    expect(problemOf('plex_url', 'http://plex/?X-Plex-Token=hunter2')).not.toContain('hunter2');
    expect(problemOf('plex_url', 'http://plex/#hunter2')).not.toContain('hunter2');
  });

  test('a token typed where the address belongs', () => {
    expect(problemOf('plex_url', 'xYz123hunter2')).not.toContain('hunter2');
  });

  test('a line end that came along with copying is no harm', () => {
    expect(valueOf('plex_token', 'token-1234\n')).toBe('token-1234');
  });
});

describe('unknown keys', () => {
  test('of the file are named, with the nearest key', () => {
    const layer = fileLayer(FILE, {
      plexurl: 'x',
      'PLEX-TOKEN': 'y',
      polling: 3,
      constructor: 1,
      $schema: '',
    });
    expect(unknownKeys(layer)).toEqual([
      '"plexurl" (plexsync.config.json) is no setting and is ignored; did you mean plex_url?',
      '"PLEX-TOKEN" (plexsync.config.json) is no setting and is ignored; did you mean plex_token?',
      '"polling" (plexsync.config.json) is no setting and is ignored.',
      '"constructor" (plexsync.config.json) is no setting and is ignored.',
    ]);
  });

  test('of the environment count only when they are near a setting', () => {
    const layer = environmentLayer({ PLEXSYNC_PLEX_TOKN: 'hunter2', PLEXSYNC_NODE: '/usr/bin/node' });
    expect(unknownKeys(layer)).toEqual([
      '"plex_tokn" (PLEXSYNC_PLEX_TOKN) is no setting and is ignored; did you mean plex_token?',
    ]);
  });
});

describe('properties', () => {
  test('whatever JSON the file holds, each setting is a value or one message', () => {
    const anyKey = fc.oneof(fc.constantFrom(...SETTING_KEYS), fc.string());
    fc.assert(
      fc.property(fc.dictionary(anyKey, fc.jsonValue()), (values) => {
        const resolutions = resolveSettings([fileLayer(FILE, values)]);
        expect(Object.keys(resolutions)).toEqual(SETTING_KEYS);
        for (const resolution of Object.values(resolutions)) {
          if (!resolution.ok) expect(resolution.problem).toMatch(/: found .+; allowed: .+\.|: found nothing/);
        }
      }),
    );
  });

  test('a value that was accepted is accepted again, unchanged, as the text it prints as', () => {
    const numbers = SETTING_KEYS.filter((key) => SETTINGS[key].kind === 'number');
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.double({ min: 1, max: 300, noNaN: true }),
        (key, number) => {
          const value = valueOf(key, Math.round(number * 100) / 100);
          fc.pre(typeof value === 'number');
          expect(valueOf(key, String(value))).toBe(value);
        },
      ),
    );
  });
});

test('the name of what is no setting is shown as it is, in one line, and no longer than it has to be', () => {
  const name = 'PLEXSYNC_PLEX_URL\u001b\n';
  const [warning = ''] = unknownKeys(environmentLayer({ [name]: 'x' }));
  expect(warning).toContain('\\u001b\\n');
  expect(warning).not.toMatch(/\p{Cc}/u);
  const before = process.threadCpuUsage();
  const [long = ''] = unknownKeys(fileLayer(FILE, { ['{'.repeat(100_000)]: 1 }));
  expect(long.length).toBeLessThan(300);
  expect(process.threadCpuUsage(before).user).toBeLessThan(2_000_000);
});

test('an address is what can be asked, however long and odd it is', () => {
  // URL.canParse() says yes to it, and new URL() throws.
  const odd = `http://${'X-Plex-Token="'.repeat(4_000)}a.example.org/x`;
  expect(() => problemOf('plex_url', odd)).not.toThrow();
  expect(problemOf('plex_url', odd)).toMatch(/^plex_url .*allowed: an address like/);
  expect(problemOf('performer_photo', odd.replace('http:', 'https:'))).toMatch(/https/);
});

test('an address with a long row of slashes in it is read as fast as others', () => {
  const before = process.threadCpuUsage();
  valueOf('plex_url', `http://plex/${'/'.repeat(60_000)}x`);
  expect(process.threadCpuUsage(before).user).toBeLessThan(1_000_000);
  expect(valueOf('plex_url', 'http://plex/a///')).toBe('http://plex/a');
});
