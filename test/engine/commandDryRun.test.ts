import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { sceneSubject } from '../../src/core/scene.ts';
import { openStore } from '../../src/store/sqlite/openStore.ts';
import { type BothServers, openBothServers } from '../processes/bothServers.ts';
import { eventually } from '../processes/eventually.ts';
import { plexsync, serve } from '../processes/plexsync.ts';

/** As a daemon leaves it that ends before it comes to it. */
async function leaveInQueue({ dataDir }: BothServers, number: number): Promise<void> {
  const now = Date.now();
  const opened = openStore({ dataDir, now });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { store } = opened.value;
  const subject = sceneSubject(sceneId(String(number)));
  await store.queue.enqueue([{ subject, source: 'hook' }], { now, dueAt: now });
  await store.close();
}

test('what the dry run of a command took from the queue is written by the next daemon', async () => {
  const servers = await openBothServers({ files: 2 });
  const { scenes } = servers.stash.library;
  // Long ago: a poll looks twice at what is quite new, and would find the edit by itself.
  for (const number of [1, 2]) {
    scenes.update(servers.scene(number), { updatedAt: '2020-01-01T00:00:00Z' });
  }
  const where = { env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '3600' }, cwd: servers.folder };
  const first = await serve(where);
  first.signal('SIGTERM');
  await first.ended;
  scenes.update(servers.scene(1), { title: 'Left in the queue' });
  await leaveInQueue(servers, 1);

  expect(await plexsync(['sync', '2', '--dry-run'], where)).toMatchObject({ code: 0 });
  expect(servers.plex.log.counts().edits).toBe(0);
  await serve(where);
  await eventually(() => expect(servers.differences([1, 2])).toEqual([]));
});
