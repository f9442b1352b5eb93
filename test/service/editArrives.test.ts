import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type BothServers, numbersTo, openBothServers } from '../processes/bothServers.ts';
import { mutate } from '../processes/editStash.ts';
import { eventually } from '../processes/eventually.ts';
import { serve } from '../processes/plexsync.ts';
import { PLEX_TOKEN, STASH_API_KEY } from '../processes/secrets.ts';

/** What users are promised is seconds; the bench measures. */
const SOON_MS = 5_000;
const BULK = 200;

async function arrivesSoon(servers: BothServers, numbers: readonly number[]): Promise<void> {
  const startedAt = performance.now();
  await eventually(() => expect(servers.differences(numbers).slice(0, 3)).toEqual([]));
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
}

/** The first start reads the library and learns the path maps; what is promised holds from then on. */
async function serveReady(servers: BothServers): Promise<void> {
  await serve({ env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '3600' }, cwd: servers.folder });
  await mutate(servers, 'sceneUpdate(input: { id: 1, title: "The first of all" }) { id }');
  await eventually(() => expect(servers.differences([1])).toEqual([]));
}

test('edits of all kinds arrive within seconds by hook.sh alone', async () => {
  const servers = await openBothServers({ files: 20, hasHook: true });
  await serveReady(servers);

  await mutate(servers, 'sceneUpdate(input: { id: 3, title: "A new title", tag_ids: [1, 2] }) { id }');
  await arrivesSoon(servers, [3]);
  await mutate(servers, 'sceneUpdate(input: { id: 3, studio_id: 2, performer_ids: [1, 3] }) { id }');
  await arrivesSoon(servers, [3]);
  await mutate(servers, 'sceneUpdate(input: { id: 3, tag_ids: [2] }) { id }');
  await arrivesSoon(servers, [3]);
  await mutate(servers, 'tagUpdate(input: { id: 2, name: "Under another name" }) { id }');
  await arrivesSoon(servers, [3]);
  await mutate(servers, 'performerUpdate(input: { id: 1, name: "Another Name" }) { id }');
  await arrivesSoon(servers, [3]);
  await mutate(servers, 'studioUpdate(input: { id: 2, name: "Another Studio" }) { id }');
  await arrivesSoon(servers, [3]);
  await mutate(servers, 'tagDestroy(input: { id: 2 })');
  await arrivesSoon(servers, [3]);

  expect(servers.stash.log.hooks.every(({ exitCode, stdout }) => exitCode === 0 && stdout === '')).toBe(true);
  expect(servers.stash.log.lines).toEqual([]);
  servers.plex.log.assertHarmless();
});

test(`a bulk edit of ${BULK} scenes runs as many hooks, and all of them arrive`, async () => {
  const servers = await openBothServers({ files: BULK, hasHook: true });
  await serveReady(servers);
  servers.plex.log.clear();
  const ids = numbersTo(BULK).filter((number) => servers.scene(number).title !== '');
  const change = 'studio_id: 1, tag_ids: { mode: SET, ids: [1, 3] }';
  await mutate(servers, `bulkSceneUpdate(input: { ids: [${ids.join()}], ${change} }) { id }`);
  await arrivesSoon(servers, ids);
  expect(servers.stash.log.hooks.filter(({ type }) => type === 'Scene.Update.Post')).toHaveLength(
    ids.length + 1,
  );
  expect(servers.stash.log.lines).toEqual([]);
  expect(readdirSync(servers.inboxDir).filter((name) => name.startsWith('v1-'))).toEqual([]);
  servers.plex.log.assertHarmless();
});

test('the look for changes alone brings edits, where Stash has no hook', async () => {
  const servers = await openBothServers({ files: 10 });
  await serve({ env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '1' }, cwd: servers.folder });
  // What is there at the first look is the starting point.
  await eventually(() => expect(servers.stash.log.count('findScenes')).toBeGreaterThan(1));
  await mutate(servers, 'sceneUpdate(input: { id: 2, title: "Seen by looking" }) { id }');
  await mutate(servers, 'bulkSceneUpdate(input: { ids: [3, 4, 5], studio_id: 1 }) { id }');
  await arrivesSoon(servers, [2, 3, 4, 5]);
  expect(servers.stash.log.hooks).toEqual([]);
});

test('what a task of Stash changed without a hook arrives when the task ends, and scenes it took away are noticed', async () => {
  const servers = await openBothServers({ files: 10, hasHook: true });
  await serveReady(servers);
  await eventually(() => expect(servers.stash.sockets.subscriptionCount).toBe(2));
  const { library, jobs, log } = servers.stash;
  jobs.add('Auto-tagging...', () => {
    for (const number of [2, 3]) library.editScene(servers.scene(number), { tagIds: [1], title: 'Tagged' });
    library.scenes.delete(10);
    return Promise.resolve();
  });
  await arrivesSoon(servers, [2, 3]);
  expect(log.hooks.filter(({ type }) => type.startsWith('Scene'))).toHaveLength(1);
  await eventually(() =>
    expect(log.requests.some(({ variables }) => Object.values(Object(variables)).includes('10'))).toBe(true),
  );
});

test('settings from file, environment and flags make one daemon, the later ones winning', async () => {
  const servers = await openBothServers({ files: 5, hasHook: true });
  const file = {
    stash_url: servers.stash.url,
    stash_api_key: STASH_API_KEY,
    plex_url: 'http://127.0.0.1:9',
    plex_library: 'None such',
    data_dir: 'data',
    inbox_dir: 'inbox',
  };
  writeFileSync(path.join(servers.folder, 'plexsync.config.json'), JSON.stringify(file));
  const env = { PLEXSYNC_PLEX_URL: servers.plex.url, PLEXSYNC_PLEX_TOKEN: PLEX_TOKEN };
  const daemon = await serve({ env, cwd: servers.folder }, [
    '--plex-library',
    'Movies',
    '--log-level',
    'debug',
  ]);
  await mutate(servers, 'sceneUpdate(input: { id: 2, title: "By three ways" }) { id }');
  await eventually(() => expect(servers.differences([2])).toEqual([]));
  expect(daemon.stderr).toContain(`"data":${JSON.stringify(servers.dataDir)}`);
});

test('a dry run does everything but the writes, and what it left is brought when it ends', async () => {
  const servers = await openBothServers({ files: 5, hasHook: true });
  const daemon = await serve({ env: { ...servers.env, PLEXSYNC_DRY_RUN: 'true' }, cwd: servers.folder });
  await mutate(servers, 'sceneUpdate(input: { id: 2, title: "Not yet" }) { id }');
  await daemon.hasSaid('"dry run: would write"');
  daemon.signal('SIGTERM');
  await daemon.ended;
  expect(servers.plex.log.counts()).toMatchObject({ edits: 0 });
  await serve({ env: servers.env, cwd: servers.folder });
  await eventually(() => expect(servers.differences([2])).toEqual([]));
});
