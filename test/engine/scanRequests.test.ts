import { afterEach, expect, test } from 'vitest';
import { openSynced } from '../faults/syncedWorld.ts';
import { type Listening, listening } from '../world/plexEvents.ts';
import type { World, WorldOptions } from '../world/world.ts';

let world: World;
let plex: Listening | null = null;
afterEach(async () => {
  world.plex.log.assertHarmless();
  await plex?.close();
  plex = null;
  await world.close();
});

async function open(settings: WorldOptions['settings'] = { trigger_plex_scan: true }): Promise<void> {
  world = await openSynced({ files: 4, settings });
}

/** A file that Stash has found and Plex has not, in a folder of both. */
function addScene(name: string, folder = 'new'): number {
  world.plex.library.addFile({ path: `/media/${folder}/${name}.mp4`, size: 77, durationMs: 1_000 });
  return world.stash.library.addScene({
    title: name,
    files: [{ path: `/data/${folder}/${name}.mp4`, size: 77 }],
  }).id;
}

const scans = (): readonly (string | undefined)[] =>
  world.plex.log.requests
    .filter(({ kind }) => kind === 'scans')
    .map(({ path, query }) => `${path} ${query.map(([key, value]) => `${key}=${value}`).join('&')}`);

const titleAt = (path: string): string | undefined => {
  const [key = ''] = world.plex.library.ratingKeys({ path });
  return world.plex.library.read(key)?.fields.title;
};

test('a newly scanned scene gets its metadata without anyone’s help', async () => {
  await open();
  plex = await listening(world);
  await world.trigger(addScene('A & B + 1% é'));
  await world.work();
  expect(scans()).toEqual(['/library/sections/1/refresh path=/media/new']);
  for (let second = 0; second < 3; second++) await plex.settle();
  expect(titleAt('/media/new/A & B + 1% é.mp4')).toBe('A & B + 1% é');
  expect(scans()).toHaveLength(1);
});

test('Plex is not asked to scan unless that is wanted', async () => {
  await open({});
  await world.trigger(addScene('New'));
  await world.workFor(600_000);
  expect(scans()).toEqual([]);
});

test('nothing is asked of Plex in a dry run', async () => {
  await open();
  await world.restart({ dry_run: true });
  await world.trigger(addScene('New'));
  await world.work();
  expect(scans()).toEqual([]);
});

test('a folder is asked for once a minute, however many of its files are missing', async () => {
  await open();
  for (let number = 0; number < 5; number++) {
    await world.trigger(addScene(`New ${number}`));
    await world.work();
    world.clock.advance(11_000);
  }
  expect(scans()).toHaveLength(1);
});

test('a file outside all libraries is not asked for', async () => {
  await open();
  const { id } = world.stash.library.addScene({ title: 'x', files: [{ path: '/other/x.mp4', size: 9 }] });
  await world.trigger(id);
  await world.work();
  expect(scans()).toEqual([]);
});

test('a library that Plex looks through already is left to it, and asked about after that', async () => {
  await open();
  world.plex.switches.scanStart = 'at-once';
  world.plex.library.scan('1', '/media/elsewhere');
  await world.trigger(addScene('New'));
  await world.work();
  expect(scans()).toEqual([]);
  world.clock.advance(30_000);
  await world.engine.poll();
  expect(scans()).toEqual(['/library/sections/1/refresh path=/media/new']);
});

test('a Plex that refuses to scan costs the scene nothing', async () => {
  await open();
  world.plex.faults.add({ fault: 'status', argument: 500, url: /refresh/ });
  const scene = addScene('New');
  await world.trigger(scene);
  await world.work();
  expect(await world.engine.store.queue.list({ states: ['waiting'], limit: 9 })).toMatchObject([
    { subject: { id: String(scene) }, attempt: 1, failure: { class: 'no-match' } },
  ]);
});

test.each([
  [{}, ['1 scene waits for Plex to know its file.']],
  [{ trigger_plex_scan: true }, []],
] as const)('who waits for long with %o is told what to do', async (settings, expected) => {
  await open(settings);
  world.stash.library.addScene({ title: 'x', files: [{ path: '/other/x.mp4', size: 9 }] });
  await world.trigger(5);
  await world.work();
  world.clock.advance(11 * 60_000);
  const checks = await world.operations.doctor();
  expect(checks.filter(({ name }) => name === 'Not in Plex').map(({ found }) => found)).toEqual(expected);
});
