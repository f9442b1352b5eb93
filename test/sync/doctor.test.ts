import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultFrom } from '../../simulator/plex/faults.ts';
import type { Finding } from '../../src/core/doctor/finding.ts';
import { sectionKey, sectionUuid } from '../../src/core/ids.ts';
import { examine } from '../../src/engine/doctor/examine.ts';
import { lookAtHost } from '../../src/engine/doctor/lookAtHost.ts';
import { Inbox } from '../../src/engine/inbox.ts';
import { listenToPlex } from '../../src/engine/listenToPlex.ts';
import { warningsAbout } from '../../src/store/sqlite/sqliteVersion.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import type { World } from '../world/world.ts';
import { settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const HOUR = 3_600_000;

/** As of a daemon: without one each world would be warned of that. */
const doctor = (world: World): Promise<readonly Finding[]> =>
  examine(world.engine, { daemon: { pid: 4711, startedAt: 0, logFile: null } });
const shown = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ name, state, found }) => `${state} ${name}: ${found}`);
const amiss = async (world: World): Promise<readonly string[]> =>
  shown((await doctor(world)).filter(({ state }) => state !== 'ok'));
const line = async (world: World, name: string): Promise<string | undefined> =>
  shown(await doctor(world)).find((each) => each.includes(` ${name}: `));

async function openSynced(options: Parameters<typeof open>[0] = {}): Promise<World> {
  const world = await open(options);
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  return world;
}

test('all is well: each thing is told with what was found, and nothing is changed', async () => {
  const world = await openSynced();
  const before = await world.operations.status();
  const findings = await doctor(world);
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(shown(findings)).toEqual(
    expect.arrayContaining([
      'ok Settings: complete',
      expect.stringMatching(/^ok Node\.js: v\d/),
      expect.stringMatching(/^ok Data folder: .*: writable, \d+ [GT]B free/),
      expect.stringMatching(/^ok Database: sound, \d+ kB$/),
      'ok Stash: answers, of unknown version, with all fields that are needed',
      'ok Stash sign-in: none is asked for',
      'ok Scenes: 3 can be read',
      'ok Stash’s events: Stash tells when a task ends',
      'ok Stash’s clock: agrees with this machine’s',
      'ok Plex: answers, 1.43.5.10000-simulator',
      'ok Plex’s clock: agrees with this machine’s',
      'ok Plex token: accepted, and the owner’s',
      'ok Libraries: "Movies"',
      'ok Plex’s events: Plex tells of changes as they happen',
      'ok File index: 3 items of 1 library',
      'ok Path maps: /data => /media (3 files)',
      'ok Matches: 3 of 3 scenes linked (100 %)',
      'ok Queue: nothing is pending, 0 waiting for Plex',
      'ok Work: nothing stands in the way',
    ]),
  );
  expect(await world.operations.status()).toEqual(before);
});

test('before the first sync only what that will bring is missing, and no server is taken for ours', async () => {
  const world = await open();
  expect(await amiss(world)).toEqual([
    'warning File index: No library was read yet.',
    'warning Matches: No scene is linked to an item yet.',
  ]);
  expect(await world.engine.store.meta.get('plex-machine-identifier')).toBeNull();
});

test('without a daemon that is told, and all else is looked at all the same', async () => {
  const world = await openSynced();
  const findings = await world.operations.doctor();
  expect(shown(findings.filter(({ state }) => state !== 'ok'))).toEqual([
    'warning Daemon: None runs: what is edited waits until one does.',
  ]);
  expect(findings).toHaveLength((await doctor(world)).length);
});

test('what is not set up is told, and the servers whose settings are there are asked all the same', async () => {
  const world = await open({
    problems: ['plex_token: found nothing; allowed: a text.'],
    settings: { plex_url: 'http://127.0.0.1:1' },
  });
  expect(shown(await doctor(world))).toEqual(
    expect.arrayContaining([
      'problem Settings: plex_token: found nothing; allowed: a text.',
      'ok Scenes: 3 can be read',
      expect.stringMatching(/^problem Plex: Plex refused the connection/),
    ]),
  );
  expect((await world.operations.status()).queue).toMatchObject({ pending: 0 });
});

describe('the machine', () => {
  const withHost = async (world: World, change: object): Promise<readonly string[]> => {
    const host = await lookAtHost(world.engine.settings.data_dir);
    const findings = await examine(world.engine, {
      daemon: { pid: 1, startedAt: 0, logFile: null },
      look: () => Promise.resolve({ ...host, folder: { ...host.folder, ...change } }),
    });
    return shown(findings.filter(({ state }) => state !== 'ok'));
  };

  test('a full disk, and a network file system', async () => {
    const world = await openSynced();
    expect(await withHost(world, { freeBytes: 5e6 })).toEqual([
      expect.stringMatching(/^problem Data folder: Only 5 MB are free/),
    ]);
    expect(await withHost(world, { fileSystem: 'nfs4' })).toEqual([
      expect.stringMatching(/^warning Data folder: .* network file system \(nfs4\)/),
    ]);
  });

  test('a folder that is none', async () => {
    const { data_dir: dataDir } = (await open()).engine.settings;
    const file = path.join(dataDir, 'a-file');
    writeFileSync(file, '');
    expect((await lookAtHost(file)).folder.refusal).toBe('ENOTDIR');
    expect((await lookAtHost(dataDir)).folder).toMatchObject({ refusal: null, openFiles: [] });
  });

  test('a database that others may read, where they may enter its folder', async () => {
    const { data_dir: dataDir } = (await open()).engine.settings;
    const file = path.join(dataDir, 'plexsync.db');
    chmodSync(file, 0o644);
    expect((await lookAtHost(dataDir)).folder.openFiles).toEqual([]);
    chmodSync(dataDir, 0o755);
    expect((await lookAtHost(dataDir)).folder.openFiles).toEqual([file]);
  });

  test('a damaged database', async () => {
    const world = await openSynced();
    world.engine.store.examine = () => Promise.resolve({ damage: 'row 3 is missing', parts: 9, examined: 2 });
    expect(await amiss(world)).toEqual(['problem Database: It is damaged: row 3 is missing']);
  });
});

describe('Stash', () => {
  test('away', async () => {
    const world = await open();
    await world.stash.goDown();
    expect(await line(world, 'Stash')).toMatch(/^problem Stash: Stash refused the connection/);
    expect(await line(world, 'Scenes')).toBeUndefined();
  });

  test('that is something else', async () => {
    const world = await open();
    world.stash.faults.add({ fault: 'html' });
    const stash = (await doctor(world)).find(({ name }) => name === 'Stash');
    expect(stash).toMatchObject({ state: 'problem', advice: expect.stringContaining('stash_url') });
  });

  test('with a key that is right, wrong or missing', async () => {
    const world = await openSynced({
      stash: { apiKey: 'k3y', password: 'pw' },
      settings: { stash_api_key: 'k3y' },
    });
    expect(await line(world, 'Stash sign-in')).toBe('ok Stash sign-in: the API key is accepted');
    world.stash.switches.apiKey = 'another';
    const [stash] = (await doctor(world)).filter(({ name }) => name === 'Stash');
    expect(stash).toMatchObject({ state: 'problem', advice: expect.stringContaining('Set stash_api_key') });
    await world.restart({ stash_api_key: '' });
    expect(await line(world, 'Stash')).toMatch(/^problem Stash: .*401/);
  });

  test('without scenes', async () => {
    const world = await open({ files: 0 });
    expect(await line(world, 'Scenes')).toBe('warning Scenes: Stash has none.');
  });

  test('whose hook was never seen, and has just been', async () => {
    const world = await openSynced();
    world.stash.plugins.add({ id: 'plexsync', pluginDir: '/plugins/plexsync' });
    expect(await line(world, 'Hook')).toMatch(/^warning Hook: .* has told of no edit yet/);
    const { settings, store, clock, logger, reach } = world.engine;
    const directory = settings.inbox_dir;
    mkdirSync(directory, { recursive: true });
    const inbox = new Inbox({ directory, queue: store.queue, meta: store.meta, clock, logger, reach });
    leaveHookEvent(directory, { type: 'Scene.Update.Post', id: 1 });
    await inbox.takeIn({ isEnabled: true });
    await world.work();
    expect(await line(world, 'Hook')).toBe('ok Hook: last told of an edit a moment ago');
  });

  test('whose clock is wrong, which is not Plex’s', async () => {
    const world = await openSynced({ stash: { clockAheadMs: -2 * HOUR } });
    expect(await amiss(world)).toEqual(['warning Stash’s clock: It is 2 hours behind this machine’s.']);
  });

  test('behind a proxy that passes no WebSocket on', async () => {
    const world = await openSynced();
    world.stash.sockets.isBlocked = true;
    expect(await amiss(world)).toEqual([
      'warning Stash’s events: Stash does not tell of changes: HTTP 200 in place of a WebSocket.',
    ]);
    expect(world.stash.sockets.count).toBe(0);
  });

  test('with another plugin that writes to Plex, at once, without a poll', async () => {
    const world = await openSynced();
    world.stash.plugins.add({ id: 'PlexSync', pluginDir: '/plugins/PlexSync' });
    expect(await amiss(world)).toEqual([
      expect.stringContaining('warning Other writers: The plugin PlexSync of Stash is enabled'),
    ]);
  });
});

describe('Plex', () => {
  test('away', async () => {
    const world = await open();
    await world.plex.goDown();
    expect(await line(world, 'Plex')).toMatch(/^problem Plex: Plex refused the connection/);
    expect(await line(world, 'Plex token')).toBeUndefined();
  });

  test('that is starting', async () => {
    const world = await open();
    world.plex.faults.add(faultFrom('maintenance /identity count=all'));
    const plex = (await doctor(world)).find(({ name }) => name === 'Plex');
    expect(plex).toMatchObject({
      state: 'problem',
      found: expect.stringContaining('Plex is not ready: Plex Media Server is currently running'),
      advice: 'Nothing to do: Plex is starting.',
    });
  });

  test('with a bad token', async () => {
    const world = await openSynced();
    await world.restart({ plex_token: 'wrong' });
    expect((await amiss(world))[0]).toMatch(/^problem Plex token: .*401/);
  });

  test.each(['403', '401'] as const)('with a guest’s token, refused by %s', async (guestPrefs) => {
    const world = await openSynced({ plex: { guestPrefs } });
    world.plex.library.acceptToken('guest', { isOwner: false });
    await world.restart({ plex_token: 'guest' });
    expect(await amiss(world)).toEqual([
      'problem Plex token: It is not the token of the server’s owner, who alone may edit.',
    ]);
    expect((await world.operations.status()).pauses).toEqual([]);
  });

  test('that tells nobody who the owner is', async () => {
    const world = await openSynced();
    world.plex.faults.add(faultFrom('status=404 /:/prefs count=all'));
    expect(await line(world, 'Plex token')).toBe(
      'ok Plex token: accepted; Plex does not tell whether it is the owner’s',
    );
  });

  test('without the library that is named', async () => {
    const world = await openSynced();
    await world.restart({ plex_library: ['Films'] });
    expect(await amiss(world)).toEqual([
      expect.stringContaining('problem Libraries: plex_library: found "Films"'),
    ]);
  });

  test('that is another server', async () => {
    const world = await openSynced();
    await world.engine.store.meta.set('plex-machine-identifier', 'another');
    const server = (await doctor(world)).find(({ name }) => name === 'Plex server');
    expect(server).toMatchObject({ state: 'problem', advice: expect.stringContaining('adopt-server') });
    expect((await world.operations.status()).stop).toBeNull();
  });

  test.each([
    ['an-hour-ahead', 'warning Plex’s clock: It is 59 minutes ahead of this machine’s.'],
    ['absent', 'ok Plex’s clock: Plex does not tell the time'],
  ] as const)('whose clock is %s', async (dateHeader, expected) => {
    const world = await openSynced({ plex: { dateHeader } });
    world.clock.advance(500);
    expect(await line(world, 'Plex’s clock')).toBe(expected);
  });

  test('that refuses the WebSocket', async () => {
    const world = await openSynced();
    world.plex.faults.add({
      fault: 'status',
      argument: 404,
      url: /websockets/,
      count: Number.POSITIVE_INFINITY,
    });
    expect(await amiss(world)).toEqual([
      'warning Plex’s events: Plex does not tell of changes: Plex answered 404.',
    ]);
  });

  test('as the daemon hears it', async () => {
    const world = await openSynced();
    const ending = new AbortController();
    const opened = Promise.withResolvers<void>();
    const round = listenToPlex(world.engine, () => opened.resolve(), ending.signal)();
    await opened.promise;
    const upgrades = world.plex.log.counts().notifications;
    expect(await line(world, 'Plex’s events')).toMatch(/^ok /);
    expect(world.plex.log.counts().notifications).toBe(upgrades);
    world.plex.notifications.dropAll();
    await round;
    expect(await line(world, 'Plex’s events')).toBe(
      'warning Plex’s events: Plex does not tell of changes: Plex ended the connection.',
    );
  });
});

describe('matching and work', () => {
  test('a path map that fits no file', async () => {
    const world = await openSynced({ files: 12 });
    await world.restart({ path_map: ['/elsewhere=>/media'] });
    expect(await amiss(world)).toEqual([
      'warning Path maps: The map 1 of path_map fits none of 12 linked files.',
    ]);
    await world.restart({ path_map: ['/data=>/media'] });
    expect(await line(world, 'Path maps')).toBe('ok Path maps: /data => /media (given, fits 12 of 12)');
  });

  test('few matches, dead letters, and a queue that does not move', async () => {
    const world = await openSynced();
    for (let number = 0; number < 4; number++) {
      world.stash.library.addScene({
        title: `Elsewhere ${number}`,
        files: [{ path: `/data/only in Stash ${number}.mp4`, size: 77_000 + number, durationMs: 60_000 }],
      });
    }
    expect(await line(world, 'Matches')).toBe('warning Matches: 3 of 7 scenes linked (42 %)');
    await world.trigger(1);
    world.clock.advance(2 * HOUR);
    expect(await line(world, 'Queue')).toBe('warning Queue: 1 job pending, the oldest for 2 hours.');
    const { id } = world.stash.library.addScene({ title: 'Has no file' });
    await world.trigger(id);
    await world.work();
    expect(await line(world, 'Dead letters')).toBe(
      'warning Dead letters: 1 scene for a person to look at (Cannot be in Plex: 1).',
    );
    await world.trigger(4);
    await world.work();
    world.clock.advance(HOUR);
    expect(await line(world, 'Not in Plex')).toBe(
      'warning Not in Plex: 1 scene waits for Plex to know its file.',
    );
  });

  test('a library that is read in part', async () => {
    const world = await openSynced();
    await world.engine.store.index.beginListing({
      uuid: sectionUuid('another'),
      key: sectionKey('9'),
      title: 'Archive',
    });
    expect(await amiss(world)).toEqual(['warning File index: Not read to the end yet: "Archive".']);
  });

  test('a dry run, and an old SQLite', async () => {
    const world = await openSynced();
    await world.restart({ dry_run: true });
    expect(await line(world, 'Work')).toBe('warning Work: a dry run: nothing is written');
    const host = await lookAtHost(world.engine.settings.data_dir);
    const [sqliteWarning = ''] = warningsAbout('3.50.4');
    const findings = await examine(world.engine, {
      daemon: null,
      look: () => Promise.resolve({ ...host, node: { ...host.node, sqliteWarning } }),
    });
    expect(findings.find(({ name }) => name === 'Node.js')).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('SQLite 3.50.4'),
    });
  });

  test('a stop, a pause, an outage, and being switched off', async () => {
    const world = await openSynced();
    await world.engine.stop.engage({ kind: 'safety', reason: 'Most links fail.' });
    expect(await line(world, 'Work')).toBe('problem Work: stopped: Most links fail.');
    await world.operations.resume();
    world.engine.gate.noteFailure({ class: 'settings', peer: 'plex', message: 'plex_library does not fit.' });
    expect(await line(world, 'Work')).toBe('problem Work: waits: plex_library does not fit.');
    await world.restart();
    await world.plex.goDown();
    for (let time = 0; time < 5; time++) await world.engine.plex.sections();
    expect(await line(world, 'Work')).toMatch(/^problem Work: waits: Plex refused the connection/);
    await world.plex.comeBack();
    await world.restart({ enabled: false });
    expect((await amiss(world)).at(-1)).toBe('warning Work: switched off');
  });
});
