import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openBothServers } from '../processes/bothServers.ts';
import { startNode } from '../processes/childProcess.ts';
import { mutate } from '../processes/editStash.ts';
import { eventually } from '../processes/eventually.ts';
import { MAIN } from '../processes/mainScript.ts';

/** Of whoever starts PlexSync: what it makes would be open to all. */
const CARELESS = 'data:text/javascript,process.umask(0)';

const GROUP_AND_OTHERS = 0o077;
const OTHERS = 0o007;

/** What lies in a folder, and the folder itself, with rights that it must not have. */
function open(folder: string, forbidden: number): readonly string[] {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return names
    .map((name) => ({ name, mode: statSync(path.join(folder, name)).mode }))
    .filter(({ mode }) => (mode & forbidden) !== 0)
    .map(({ name, mode }) => `${name} ${(mode & 0o777).toString(8)}`);
}

test('nobody else can read what PlexSync stores, however careless its user is', async () => {
  const servers = await openBothServers({ files: 2, hasHook: true });
  const where = { env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '3600' }, cwd: servers.folder };
  const daemon = startNode(['--import', CARELESS, MAIN, 'serve'], where);
  await daemon.hasSaid('"PlexSync runs"');
  await mutate(servers, 'sceneUpdate(input: { id: 1, title: "Private" }) { id }');
  await eventually(() => expect(servers.differences([1])).toEqual([]));
  expect(readdirSync(servers.dataDir)).toEqual(
    expect.arrayContaining(['control.sock', 'daemon.json', 'daemon.lock', 'plexsync.db', 'plexsync.db-wal']),
  );
  expect(open(servers.dataDir, GROUP_AND_OTHERS)).toEqual([]);
  // Shared with a Stash of another user, and with nobody else.
  expect(open(servers.inboxDir, OTHERS)).toEqual([]);
});
