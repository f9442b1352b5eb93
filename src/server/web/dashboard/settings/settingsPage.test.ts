import { describe, expect, test } from 'vitest';
import { type Answers, withAnswers } from '../../../../core/firstRun/withAnswers.ts';
import { succeed } from '../../../../core/result.ts';
import { environmentLayer, fileLayer } from '../../../../core/settings/layers.ts';
import { resolveSettings } from '../../../../core/settings/resolve.ts';
import type { SettingsInFile } from '../../../../setup/settingsPlace.ts';
import { ON_THIS_MACHINE, visitor } from '../testing/visitor.ts';

const TOKEN = 'token-of-plex-1a2b';
const NEEDED = {
  plex_url: 'http://plex:32400',
  plex_token: TOKEN,
  stash_url: 'http://stash:9999',
  data_dir: '/data',
};

/** A visitor of a PlexSync whose settings stand in this file and environment. */
function visitSettings(file: Record<string, unknown> = NEEDED, environment: Record<string, string> = {}) {
  const kept = { file: file as Readonly<Record<string, unknown>>, goings: 0 };
  const read = (answers: Answers = {}) =>
    Promise.resolve(
      succeed(
        resolveSettings([
          fileLayer('config.json', withAnswers(kept.file, answers)),
          environmentLayer(environment),
        ]),
      ),
    );
  const settingsPlace: SettingsInFile = {
    kind: 'file',
    path: '/etc/config.json',
    read,
    save: (answers) => {
      kept.file = withAnswers(kept.file, answers);
      return Promise.resolve(succeed(undefined));
    },
    goOnWithSaved: () => {
      kept.goings += 1;
    },
  };
  return { ...visitor({ access: ON_THIS_MACHINE, settingsPlace }), kept };
}

const post = (at: ReturnType<typeof visitSettings>, form: Record<string, string>) =>
  at.ask('/settings', { form });

describe('the page of settings', () => {
  test('shows every value with its meaning, and no secret', async () => {
    const { text } = await visitSettings().ask('/settings');
    expect(text).toContain('value="http://plex:32400"');
    expect(text).toContain('Attempts at most');
    expect(text).not.toContain(TOKEN);
  });

  test('saves what was changed, as the file has it, and goes on with it', async () => {
    const at = visitSettings();
    const answer = await post(at, {
      plex_url: 'http://plex:32400',
      plex_token: '',
      max_retries: '7',
      dry_run: 'true',
      plex_library: 'Scenes\r\nA, B and C\r\n',
    });
    expect(answer).toMatchObject({ status: 303, to: '/settings' });
    expect(at.kept).toEqual({
      file: { ...NEEDED, max_retries: 7, dry_run: true, plex_library: ['Scenes', 'A, B and C'] },
      goings: 1,
    });
    expect((await at.ask('/settings')).text).toContain('Saved: Plex libraries, ');
  });

  test('an empty field leaves a setting to its default; an empty secret stays unless it is taken out', async () => {
    const at = visitSettings({ ...NEEDED, max_retries: 7, stash_api_key: 'key-7a8b' });
    await post(at, { max_retries: '', stash_api_key: '' });
    expect(at.kept.file).toEqual({ ...NEEDED, stash_api_key: 'key-7a8b' });
    await post(at, { stash_api_key: '', 'clear.stash_api_key': 'on' });
    expect(at.kept.file).toEqual(NEEDED);
  });

  test('saves nothing while anything is wrong, and says so beside it in the words of everywhere', async () => {
    const at = visitSettings();
    const { status, text } = await post(at, { max_retries: 'many', poll_interval: '60' });
    expect(status).toBe(422);
    expect(text).toContain('max_retries (config.json): found &quot;many&quot;; allowed: a whole number from');
    expect(text).toContain('value="many"');
    expect(text).toContain('value="60"');
    expect(at.kept).toEqual({ file: NEEDED, goings: 0 });
  });

  test('a required setting cannot be emptied', async () => {
    const at = visitSettings();
    expect((await post(at, { plex_url: '' })).status).toBe(422);
    expect(at.kept.file).toEqual(NEEDED);
  });

  test('what the environment says is shown and not changed', async () => {
    const at = visitSettings(NEEDED, { PLEXSYNC_MAX_RETRIES: '3' });
    expect((await at.ask('/settings')).text).toContain('Set by PLEXSYNC_MAX_RETRIES');
    await post(at, { max_retries: '7', data_dir: '/elsewhere' });
    expect(at.kept).toEqual({ file: NEEDED, goings: 0 });
  });

  test('a wrong secret is told without it', async () => {
    const at = visitSettings();
    const { status, text } = await post(at, { plex_token: 'has a space' });
    expect(status).toBe(422);
    expect(text).not.toContain('has a space');
  });
});

describe('a path map that another page proposes', () => {
  const PROPOSAL = '/settings?path_map=%2Fdata%3D%3E%2Fmedia%0A%2Fold%3D%3E%2Fnew';

  test('is filled in, and saved by a person alone', async () => {
    const at = visitSettings();
    const { status, text } = await at.ask(PROPOSAL);
    expect(status).toBe(200);
    expect(text).toContain('>/data=&gt;/media\n/old=&gt;/new</textarea>');
    expect(text).toContain('Nothing is saved before you press Save.');
    expect(at.kept.file).toEqual(NEEDED);
    await post(at, { path_map: '/data=>/media\r\n/old=>/new' });
    expect(at.kept.file).toMatchObject({ path_map: ['/data=>/media', '/old=>/new'] });
  });

  test('is said where it is set elsewhere', async () => {
    const environment = { PLEXSYNC_PATH_MAP: '/given=>/there' };
    const { text } = await visitSettings(NEEDED, environment).ask(PROPOSAL);
    expect(text).toContain(
      'Where it is set (PLEXSYNC_PATH_MAP), set it to <code>/data=&gt;/media, /old=&gt;/new</code>',
    );
    expect(text).toContain('>/given=&gt;/there</textarea>');
  });

  test('is all that a link can propose', async () => {
    const { text } = await visitSettings().ask(
      '/settings?plex_url=http%3A%2F%2Fevil.example&http_hosts=evil.example',
    );
    expect(text).not.toContain('evil.example');
  });
});

test('as a plugin it shows where the settings are changed', async () => {
  const read = () => Promise.resolve(succeed(resolveSettings([fileLayer('x', NEEDED)])));
  const { ask } = visitor({ access: ON_THIS_MACHINE, settingsPlace: { kind: 'stash', read } });
  const { text } = await ask('/settings');
  expect(text).toContain('changed in Stash');
  expect(text).not.toContain('>Save<');
  expect((await ask('/settings', { form: { max_retries: '1' } })).status).toBe(404);
});
