import { expect, test } from 'vitest';
import { takeLock } from '../../src/store/sqlite/lock.ts';
import { openBothServers } from '../processes/bothServers.ts';
import { startNode } from '../processes/childProcess.ts';
import { MAIN } from '../processes/mainScript.ts';
import { plexsync, serve } from '../processes/plexsync.ts';

test('a service that is started while a command uses its folder runs once the command is done', async () => {
  const servers = await openBothServers({ files: 1 });
  const command = takeLock({ dataDir: servers.dataDir, now: Date.now(), role: 'command' });
  if (!command.ok) throw new Error(command.failure.message);
  const daemon = startNode([MAIN, 'serve'], { env: servers.env, cwd: servers.folder });
  await daemon.hasSaid('waiting up to 10 s');
  command.value.release();
  await daemon.hasSaid('"PlexSync runs"');
  expect(await plexsync(['status'], { env: servers.env, cwd: servers.folder })).toMatchObject({ code: 0 });
});

test('commands and a service that all start at once all do what they are for', async () => {
  const servers = await openBothServers({ files: 1 });
  const where = { env: servers.env, cwd: servers.folder };
  // The folder is there from an earlier day.
  expect(await plexsync(['status'], where)).toMatchObject({ code: 0 });
  const daemon = serve(where);
  const commands = await Promise.all(['status', 'queue', 'history'].map((name) => plexsync([name], where)));
  expect(commands).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
  await daemon;
  expect((await plexsync(['status'], where)).stdout).toMatch(/^Daemon +PlexSync .+ process \d+/);
});
