import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENVIRONMENT, plexsync, TOKEN } from '../../test/fakes/commandLine.ts';
import type { CliContext } from './context.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'plexsync-settings-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const run = (args: string, world: Partial<CliContext> = {}): ReturnType<typeof plexsync> =>
  plexsync(args, { cwd, ...world });

describe('settings', () => {
  test('come from file, environment and flags; booleans have --no-', async () => {
    await writeFile(
      join(cwd, 'plexsync.config.json'),
      '\ufeff{"max_retries": 6, "inbox_dir": "in", "enabled": true}',
    );
    const { request } = await run('--no-enabled sync 1 --poll-interval 5 --dry-run');
    expect(request?.settings).toMatchObject({
      plex_url: 'http://plex:32400',
      max_retries: 6,
      poll_interval: 5,
      enabled: false,
      dry_run: true,
      data_dir: join(cwd, 'plexsync-data'),
      inbox_dir: join(cwd, 'in'),
    });
  });

  test('paths in a file count from its folder; the inbox lies in the data directory unless set', async () => {
    const file = join(cwd, 'conf.json');
    await writeFile(file, '{"data_dir": "data"}');
    const { request } = await run(`serve --config ${file}`, { cwd: '/' });
    expect(request?.settings).toMatchObject({
      data_dir: join(cwd, 'data'),
      inbox_dir: join(cwd, 'data', 'inbox'),
    });
  });

  test('every problem is told at once, exit code 2, and nothing is started', async () => {
    const environment = { ...ENVIRONMENT, PLEXSYNC_PLEX_URL: 'plex', PLEXSYNC_MAX_RETRIES: 'many' };
    const { code, err, events } = await run('serve', { environment });
    expect({ code, events }).toEqual({ code: 2, events: [] });
    expect(err).toBe(
      [
        'plex_url (PLEXSYNC_PLEX_URL): found a text that is no address; allowed: an address like http://127.0.0.1:32400, without user name, password, ? or #.',
        'max_retries (PLEXSYNC_MAX_RETRIES): found "many"; allowed: a whole number from 1 to 100.\n',
      ].join('\n'),
    );
  });

  test('an unknown key in the file is a warning', async () => {
    await writeFile(join(cwd, 'plexsync.config.json'), '{"plex_libary": "x"}');
    const { code, err } = await run('status');
    expect({ code, err }).toEqual({
      code: 0,
      err: 'Warning: "plex_libary" (plexsync.config.json) is no setting and is ignored; did you mean plex_library?\n',
    });
  });

  test.each([
    ['{"plex_token": "hunter2",}', 'is no valid JSON: line 1, column 26.'],
    [
      '{"plex_token": "hunter2", "enabled": tru}',
      'is no valid JSON: a value begins with } (texts need "quotes").',
    ],
    ['{"plex_token": hunter2}', 'is no valid JSON: a value begins with h (texts need "quotes").'],
    ['{"plex_token": "hunter2"', 'is no valid JSON: line 1, column 25.'],
    ['', 'is no valid JSON: it ends too early.'],
    ['["hunter2"]', ': found a list; allowed: a JSON object of settings.'],
  ])('a broken file %j is told without quoting it', async (text, words) => {
    const file = join(cwd, 'plexsync.config.json');
    await writeFile(file, text);
    const { code, err } = await run('explain');
    expect({ code, err }).toEqual({ code: 2, err: `${file}${words.startsWith(':') ? '' : ' '}${words}\n` });
  });

  test('a sign that cannot be seen is named by its number', async () => {
    const file = join(cwd, 'odd.json');
    await writeFile(file, '\u001b[2J');
    const { err } = await run(`explain --config ${file}`);
    expect(err).toContain('a value begins with \\u001b');
    expect(err).not.toContain('\u001b');
  });

  test('a file that was asked for has to be there', async () => {
    const { code, err } = await run('explain --config nowhere.json');
    expect({ code, err }).toEqual({ code: 2, err: `${join(cwd, 'nowhere.json')} does not exist.\n` });
  });

  test('explain shows values and origins, masks secrets, and needs no daemon', async () => {
    const { code, out, events } = await run('explain --max-retries 7');
    expect({ code, events }).toEqual({ code: 0, events: [] });
    expect(out).toMatch(/^SETTING +VALUE +FROM\n/);
    expect(out).toMatch(/^plex_url +http:\/\/plex:32400 +PLEXSYNC_PLEX_URL$/m);
    expect(out).toMatch(/^plex_token +\*{8} +PLEXSYNC_PLEX_TOKEN$/m);
    expect(out).toMatch(/^max_retries +7 +--max-retries$/m);
    expect(out).not.toContain(TOKEN);
  });

  test('explain shows the good beside the bad', async () => {
    const { code, out } = await run('explain --max-retries 0', { environment: {} });
    expect(code).toBe(2);
    expect(out).toMatch(/^max_retries +\(wrong, see below\)/m);
    expect(out).toMatch(/^plex_url +\(missing, see below\)/m);
    expect(out).toContain('max_retries (--max-retries): found "0"; allowed: a whole number from 1 to 100.');
  });
});
