import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/testing/loopback.ts';
import { PROPOSED, type Script } from './scriptedPerson.ts';
import { ACCOUNT_TOKEN, openSetupWorld, type SetupWorld, STASH_KEY } from './setupWorld.ts';

const LIBRARIES: Script[number] = [/Which libraries/, ['Scenes']];
const SAVE: Script[number] = [/Save this/, PROPOSED];
const given = ({ stash }: SetupWorld): string =>
  `setup --plex-token ${ACCOUNT_TOKEN} --stash-url ${stash.url}`;

describe('Stash', () => {
  test('asks for its key until it is right, and does not show it', async () => {
    const world = await openSetupWorld({ stashLocked: true });
    const done = await world.run(given(world), {
      script: [
        LIBRARIES,
        [/API key of Stash/, 'wrong'],
        [/API key of Stash/, STASH_KEY],
        [/Path maps/, PROPOSED],
        SAVE,
      ],
    });
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringContaining('✗ API key      Stash refuses this one'),
    });
    expect(world.saved()).toMatchObject({ stash_url: world.stash.url, stash_api_key: STASH_KEY });
  });

  test('a wrong key ends a script, with what to do', async () => {
    const world = await openSetupWorld({ stashLocked: true });
    const wrong = await world.run(`${given(world)} --stash-api-key wrong`);
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Stash answered 401 .+\nSet stash_api_key to the key in Stash’s Settings/),
    });
    const none = await world.run(given(world));
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('Set stash_api_key') });
    expect(world.saved()).toBeNull();
  });

  test('what answers there and is no Stash is not taken for one', async () => {
    const world = await openSetupWorld();
    const url = await serveHttp((_, response) => response.end('<html>A router</html>'));
    const done = await world.run(`setup --plex-token ${ACCOUNT_TOKEN} --stash-url ${url}`);
    expect(done).toMatchObject({ code: 2, err: expect.stringContaining('what answers there is not Stash') });
    expect(world.saved()).toBeNull();
  });
});

describe('libraries', () => {
  test('others than films are not offered, and it is said why; all are proposed', async () => {
    const world = await openSetupWorld();
    const done = await world.run(given(world), {
      script: [[/Which libraries/, PROPOSED], [/Path maps/, PROPOSED], SAVE],
    });
    expect(done.asked[0]).toBe('Which libraries hold your scenes? [Scenes, Films]');
    expect(done.out).toContain('! Not offered  Series (it is for series)');
    expect(world.saved()).toMatchObject({ plex_library: ['Scenes', 'Films'] });
  });

  test('one that Plex does not have is refused with those it has; case is no matter', async () => {
    const world = await openSetupWorld();
    const wrong = await world.run(`${given(world)} --plex-library Series`);
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringContaining('plex_library: found "Series"; allowed: "Scenes", "Films".'),
    });
    expect((await world.run(`${given(world)} --plex-library scenes`)).code).toBe(0);
  });

  test('a Plex without any is told what to add', async () => {
    const world = await openSetupWorld({ plex: { sections: [{ title: 'Series', type: 'show' }] } });
    const done = await world.run(given(world));
    expect(done).toMatchObject({
      code: 2,
      err: expect.stringContaining('no library of the type movie, only Series (it is for series).'),
    });
  });
});

describe('files', () => {
  test('are counted by whether the maps explain their place; the maps are learned on', async () => {
    const world = await openSetupWorld({
      files: 30,
      itemsOf: (samples) =>
        samples.slice(0, 20).map(({ plexPath, size }, nth) => ({
          path: nth === 4 ? plexPath.replace('/media/', '/media/elsewhere/') : plexPath,
          size,
        })),
    });
    const done = await world.run(given(world), {
      script: [LIBRARIES, [/Path maps/, 'learn on'], SAVE],
    });
    expect(done.out).toMatch(
      /✓ Files {8}19 of 20 files agree\n│ +\/data => \/media, 19 files\n│ +1 lies elsewhere/,
    );
    expect(done.out).toContain('10 more of Stash are not in these libraries.');
    expect(world.saved()).not.toHaveProperty('path_map');
  });

  test('maps may be kept for good, or typed; what typed ones do is shown before', async () => {
    const world = await openSetupWorld();
    await world.run(given(world), { script: [LIBRARIES, [/Path maps/, 'never others'], SAVE] });
    expect(world.saved()).toMatchObject({ path_map: ['/data=>/media'] });
    const typed = await world.run(given(world), {
      script: [
        LIBRARIES,
        [/Path maps/, 'Others'],
        [/Stash prefix=>Plex prefix/, '/data=>/nowhere'],
        [/Use these/, PROPOSED],
        [/Path maps/, 'Others'],
        [/Stash prefix=>Plex prefix/, '/data=>/media, /old=>/media/old'],
        [/Use these/, PROPOSED],
        SAVE,
      ],
    });
    expect(typed.out).toContain('! Files        0 of 12 files agree');
    expect(typed.asked[1]).toContain('Keep those set before: /data=>/media');
    expect(world.saved()).toMatchObject({ path_map: ['/data=>/media', '/old=>/media/old'] });
  });

  test('the same paths on both sides need no map, and no question', async () => {
    const world = await openSetupWorld({
      itemsOf: (samples) => samples.map(({ stashPath, size }) => ({ path: stashPath, size })),
    });
    const done = await world.run(given(world), { script: [LIBRARIES, SAVE] });
    expect(done.out).toMatch(/✓ Files +12 of 12 files agree\n│ +Both sides name them by the same paths\./);
  });

  test('none in common: nothing is saved, unless that is meant', async () => {
    const world = await openSetupWorld({
      itemsOf: () => [{ path: '/media/holiday.mp4', size: 4711 }],
    });
    const refused = await world.run(given(world));
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toMatch(
      /^None of 12 files of Stash is in these libraries[\s\S]+for example, \/data\//,
    );
    expect(world.saved()).toBeNull();
    const meant = await world.run(`${given(world)} --anyway`);
    expect(meant.code).toBe(0);
    const person = await world.run(given(world), {
      script: [LIBRARIES, [/Go on all the same/, true], SAVE],
    });
    expect(person.code).toBe(0);
  });

  test('an empty side is named as such', async () => {
    const empty = await openSetupWorld({ itemsOf: () => [] });
    expect((await empty.run(given(empty))).err).toContain('The libraries of Plex are empty.');
    const unscanned = await openSetupWorld({ files: 0, itemsOf: () => [{ path: '/media/a.mp4', size: 1 }] });
    expect((await unscanned.run(given(unscanned))).err).toContain('Stash has no scene with a file.');
  });
});

describe('the first sync', () => {
  test('is shown by a sample, and nothing is written', async () => {
    const world = await openSetupWorld({ files: 40 });
    const done = await world.run(given(world), {
      script: [LIBRARIES, [/Path maps/, PROPOSED], SAVE],
    });
    expect(done.out).toMatch(/✓ First sync {3}a sample of 20 scenes: \d+ would change/);
    expect(done.out.match(/^│ {2}Scene \d+ ".+" → item \d+/gm)).toHaveLength(3);
    expect(done.out).toMatch(/FIELD +PLEX NOW +WOULD BE +WHY/);
    world.plex.log.assertHarmless();
    expect(world.plex.log.counts().edits).toBe(0);
  });

  test('that cannot be told now is no reason to save nothing', async () => {
    const world = await openSetupWorld();
    world.plex.faults.add({
      fault: 'status',
      argument: 503,
      url: /^\/library\/metadata/,
      count: Number.POSITIVE_INFINITY,
    });
    const done = await world.run(given(world));
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('! First sync   Plex answered 503') });
  });
});

test('everything fits 80 columns, but what is to be copied', async () => {
  const world = await openSetupWorld({ files: 40 });
  const done = await world.run(given(world), {
    script: [LIBRARIES, [/Path maps/, PROPOSED], SAVE],
  });
  // What a progress wrote is gone when something else takes its place.
  const lines = done.out.split('\n').map((line) => line.split('\u001b[K').at(-1) ?? '');
  expect(lines.filter((line) => line.length > 80 && !line.includes(world.folder))).toEqual([]);
});
