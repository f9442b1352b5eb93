import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CTRL_C, PROPOSED } from './scriptedPerson.ts';
import {
  ACCOUNT_TOKEN,
  expectSavedWell,
  openSetupWorld,
  SERVER_TOKEN,
  type SetupWorld,
} from './setupWorld.ts';

const alone = ({ stash }: SetupWorld): string => `setup --stash-url ${stash.url}`;
const given = (world: SetupWorld): string => `${alone(world)} --plex-token ${ACCOUNT_TOKEN}`;

describe('where nobody can be asked', () => {
  test('a token that is missing is named, with the ways to give it', async () => {
    const world = await openSetupWorld();
    expect(await world.run(alone(world))).toMatchObject({
      code: 2,
      out: '',
      err: [
        'plex_token is missing, and nobody can be asked here.',
        'Give it by --plex-token-file <file> or PLEXSYNC_PLEX_TOKEN, or sign in with a browser: --sign-in.\n',
      ].join('\n'),
    });
    expect(world.saved()).toBeNull();
  });

  test('an address of Plex that nobody tells is missing, too', async () => {
    const world = await openSetupWorld();
    const done = await world.run(alone(world), { environment: { PLEXSYNC_PLEX_TOKEN: 'of-a-server' } });
    expect(done).toMatchObject({ code: 2, err: expect.stringContaining('plex_url is missing') });
  });

  test('a token from a file, and the rest as proposed', async () => {
    const world = await openSetupWorld();
    writeFileSync(join(world.folder, 'token'), `${ACCOUNT_TOKEN}\n`);
    const done = await world.run(`${alone(world)} --plex-token-file ${join(world.folder, 'token')}`);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(world.saved()).toMatchObject({ plex_token: SERVER_TOKEN, plex_library: ['Scenes', 'Films'] });
    expect(done.out).not.toContain('│');
  });

  test('a token file that is not there is named', async () => {
    const world = await openSetupWorld();
    const done = await world.run('setup --plex-token-file none.txt');
    expect(done).toMatchObject({ code: 2, err: 'none.txt cannot be read (ENOENT).\n' });
  });

  test('--yes asks nothing on a terminal either', async () => {
    const world = await openSetupWorld();
    const done = await world.run(`${given(world)} --yes`, { script: [] });
    expect(done).toMatchObject({ code: 0, asked: [] });
  });

  test('--json answers by one document alone', async () => {
    const world = await openSetupWorld();
    const done = await world.run(`${given(world)} --json`);
    expect(JSON.parse(done.out)).toMatchObject({
      file: world.file,
      saved:
        ['plex_url', 'plex_library', 'plex_client_id', 'stash_url'].toSorted().length === 4
          ? expect.any(Array)
          : [],
      plex: { name: 'Basement', url: world.plex.url, reach: 'local', isOwner: true },
      libraries: ['Scenes', 'Films'],
      stash: { url: world.stash.url, scenes: 12 },
      files: { looked: 12, common: 12, agreeing: 12 },
      pathMaps: [{ from: '/data', to: '/media', support: 12 }],
      preview: { scenes: 12, failures: {} },
    });
  });
});

describe('where settings come from', () => {
  test('what stands in the environment holds by itself and is not written down; a flag is', async () => {
    const world = await openSetupWorld();
    const environment = { PLEXSYNC_PLEX_TOKEN: SERVER_TOKEN };
    world.plexTv.switches.serverTokens = 'known';
    await world.run(`${alone(world)} --max-retries 7 --path-map /data=>/media`, { environment });
    const saved = world.saved();
    expect(saved).toMatchObject({ max_retries: 7, path_map: ['/data=>/media'] });
    expect(saved).not.toHaveProperty('plex_token');
    expect(saved).not.toHaveProperty('plex_tv_url');
  });

  test('a token in the environment has to be good itself: it would win over a saved one', async () => {
    const world = await openSetupWorld();
    const environment = { PLEXSYNC_PLEX_TOKEN: ACCOUNT_TOKEN };
    expect(await world.run(alone(world), { environment })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Plex answered 401 .+\nCorrect PLEXSYNC_PLEX_TOKEN; or take it out/),
    });
    world.plex.library.acceptToken(ACCOUNT_TOKEN);
    expect((await world.run(alone(world), { environment })).code).toBe(0);
    expect(world.saved()).not.toHaveProperty('plex_token');
  });

  test('what else stands in the file stays, and it is closed to others', async () => {
    const world = await openSetupWorld();
    writeFileSync(
      world.file,
      '{"$schema": "x", "max_retries": 7, "plex_url": "not an address", "theirs": {"a": 1}}',
    );
    chmodSync(world.file, 0o644);
    const done = await world.run(given(world));
    expect(done.code).toBe(0);
    expect(world.saved()).toMatchObject({
      $schema: 'x',
      max_retries: 7,
      theirs: { a: 1 },
      plex_url: world.plex.url,
    });
    expectSavedWell(world);
  });

  test('another setting that is wrong is told before anything is asked', async () => {
    const world = await openSetupWorld();
    const done = await world.run('setup --max-retries many', { script: [] });
    expect(done).toMatchObject({ code: 2, err: expect.stringContaining('max_retries (--max-retries)') });
    expect(world.plexTv.requests).toEqual([]);
  });

  test('a file that is no JSON is left as it is', async () => {
    const world = await openSetupWorld();
    writeFileSync(world.file, '{"plex_token": hunter2');
    const done = await world.run(given(world));
    expect(done).toMatchObject({ code: 2, err: expect.not.stringContaining('hunter2') });
    expect(readFileSync(world.file, 'utf8')).toBe('{"plex_token": hunter2');
  });

  test('--config names a file that may not be there yet', async () => {
    const world = await openSetupWorld();
    const file = join(world.folder, 'other.json');
    const done = await world.run(`${given(world)} --config ${file}`);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining(`plexsync serve --config ${file}`) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('Ctrl-C', () => {
  test.each([
    ['at a question', [[/Which libraries/, CTRL_C]]],
    [
      'at the last one',
      [
        [/Which libraries/, PROPOSED],
        [/Path maps/, PROPOSED],
        [/Save this/, CTRL_C],
      ],
    ],
    [
      'or no for an answer',
      [
        [/Which libraries/, PROPOSED],
        [/Path maps/, PROPOSED],
        [/Save this/, false],
      ],
    ],
  ] as const)('%s: nothing is saved', async (_, script) => {
    const world = await openSetupWorld();
    writeFileSync(world.file, '{"max_retries": 7}');
    const done = await world.run(given(world), { script });
    expect(done).toMatchObject({ code: 1, err: 'The set-up was ended. Nothing was saved.\n' });
    expect(readFileSync(world.file, 'utf8')).toBe('{"max_retries": 7}');
  });

  test('while something is waited for', async () => {
    const world = await openSetupWorld();
    const done = await world.run(`${alone(world)} --sign-in`, {
      meanwhile: (waits, ending) => {
        if (waits === 3) ending.abort();
      },
    });
    expect(done).toMatchObject({ code: 1, err: 'The set-up was ended. Nothing was saved.\n' });
    expect(world.saved()).toBeNull();
  });
});
