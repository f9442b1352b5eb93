import { mkdirSync, renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openBothServers } from '../processes/bothServers.ts';
import { eventually } from '../processes/eventually.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { serve } from '../processes/plexsync.ts';

test.each([
  ['and nothing is put there', () => undefined],
  ['and an empty one is put there', (dataDir: string) => mkdirSync(dataDir)],
])('a daemon whose data folder is taken away ends and says so, %s', async (_, replace) => {
  const servers = await openBothServers({ files: 1 });
  const where = { env: servers.env, cwd: servers.folder };
  const daemon = await serve(where);
  renameSync(servers.dataDir, `${servers.dataDir}-away`);
  replace(servers.dataDir);
  expect(await daemon.ended).toEqual({ code: 1, signal: null });
  expect(daemon.stderr.trimEnd().split('\n').at(-1)).toBe(
    `The data folder ${servers.dataDir} was taken away or replaced while PlexSync ran, so it has ended. Start it again to go on with what lies there now.`,
  );

  const scene = servers.scene(1);
  servers.stash.library.editScene(scene, { title: 'In the new folder' });
  leaveHookEvent(servers.inboxDir, { type: 'Scene.Update.Post', id: scene.id });
  await serve(where);
  await eventually(() => expect(servers.differences([1])).toEqual([]));
});
