import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { numbersTo, openBothServers } from '../processes/bothServers.ts';
import { eventually } from '../processes/eventually.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { plexsync, serve } from '../processes/plexsync.ts';

test('a daemon whose inbox cannot be made says so in one sentence and leaves the data folder free', async () => {
  const servers = await openBothServers({ files: 1 });
  const env = { ...servers.env, PLEXSYNC_INBOX_DIR: '/dev/null/inbox' };
  const refused = await plexsync(['serve'], { env, cwd: servers.folder });
  expect(refused).toMatchObject({
    code: 1,
    signal: null,
    stderr: expect.stringMatching(
      /^inbox_dir: found \/dev\/null\/inbox, which cannot be used \(ENOTDIR.+\n$/,
    ),
  });
  await serve({ env: servers.env, cwd: servers.folder });
});

test.skipIf(!existsSync('/proc/self')).each([
  [
    'PLEXSYNC_DATA_DIR',
    'serve',
    /^PlexSync cannot write to \/proc\/plexsync\/folder\/.+ set data_dir to another folder\.\n$/,
  ],
  ['PLEXSYNC_DATA_DIR', 'status', /^PlexSync cannot write to \/proc\/plexsync\/folder\//],
  [
    'PLEXSYNC_INBOX_DIR',
    'serve',
    /^inbox_dir: found \/proc\/plexsync\/folder, which cannot be used \(ENOENT.+\n$/,
  ],
])('%s below /proc: %s says that nothing can be made there', async (name, command, sentence) => {
  const servers = await openBothServers({ files: 1 });
  const env = { ...servers.env, [name]: '/proc/plexsync/folder' };
  const refused = await plexsync([command], { env, cwd: servers.folder });
  expect(refused).toMatchObject({ code: 1, signal: null, stderr: expect.stringMatching(sentence) });
});

test('a daemon that cannot be reached by commands does not start', async () => {
  const servers = await openBothServers({ files: 1 });
  // Where the control socket would be.
  mkdirSync(path.join(servers.dataDir, 'control.sock'), { recursive: true });
  const refused = await plexsync(['serve'], { env: servers.env, cwd: servers.folder });
  expect(refused).toMatchObject({
    code: 1,
    signal: null,
    stderr: expect.stringMatching(/^PlexSync cannot start: .+control\.sock.*\n$/),
  });
});

test('an inbox that cannot be read does not stop the work that is there', async () => {
  const servers = await openBothServers({ files: 2 });
  const where = { env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '3600' }, cwd: servers.folder };
  // Nothing can be set aside where a file has the folder's name.
  mkdirSync(servers.inboxDir, { recursive: true });
  writeFileSync(path.join(servers.inboxDir, 'unreadable'), '');
  mkdirSync(path.join(servers.inboxDir, 'v1-0'));
  await serve(where);
  for (const number of numbersTo(2)) {
    const scene = servers.scene(number);
    servers.stash.library.editScene(scene, { title: `Beside an odd file ${number}` });
    leaveHookEvent(servers.inboxDir, { type: 'Scene.Update.Post', id: scene.id });
  }
  await eventually(() => expect(servers.differences(numbersTo(2))).toEqual([]));
});
