import { afterEach, expect, test } from 'vitest';
import { hidePath } from '../../src/log/hidePaths.ts';
import { openWorld, type World } from '../world/world.ts';
import { liveFor } from './syncedWorld.ts';

let world: World;
afterEach(() => world.close());

/** Longer than a file may be missing before the doctor says so. */
const WHILE_MS = 12 * 60_000;

/** All that has to do with paths happens: maps are learned, files are missing, ambiguous, moved and scanned for. */
async function liveWithPaths(obfuscate: boolean): Promise<void> {
  world = await openWorld({ files: 4, settings: { obfuscate_paths: obfuscate, trigger_plex_scan: true } });
  await world.operations.sync({ kind: 'all' });
  await liveFor(world, 10_000);
  const { stash, plex } = world;
  stash.library.addScene({
    title: 'Missing',
    files: [{ path: '/data/only here/Secret film.mp4', size: 7_777 }],
  });
  stash.library.addScene({
    title: 'None',
    files: [{ path: '/elsewhere/Other "secret" film.mp4', size: 7_778 }],
  });
  for (const number of [1, 2, 5, 6]) await world.trigger(number);
  await liveFor(world, WHILE_MS);
  await world.operations.reconcile();
  plex.faults.add({ fault: 'status', argument: 500, nth: 1, count: 6 });
  await liveFor(world, WHILE_MS);
}

const lines = (): string => world.log.lines.join('');

test('with obfuscate_paths no log line and no finding has a path of a file or a folder', async () => {
  await liveWithPaths(true);
  const findings = JSON.stringify(await world.operations.doctor());
  for (const text of [lines(), findings]) {
    for (const secret of ['/data', '/media', '/elsewhere', 'ecret', 'only here'])
      expect(text).not.toContain(secret);
  }
  expect(lines()).toContain(hidePath('/data/only here/Secret film.mp4'));
  expect(findings).toContain(`${hidePath('/data')} => ${hidePath('/media')}`);
  // What it is for: addresses and reasons can still be read.
  expect(lines()).toContain(world.plex.url);
});

test('without it paths are there', async () => {
  await liveWithPaths(false);
  expect(lines()).toContain('/data/only here/Secret film.mp4');
});
