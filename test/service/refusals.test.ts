import { describe, expect, test } from 'vitest';
import { type BothServers, openBothServers } from '../processes/bothServers.ts';
import { mutate } from '../processes/editStash.ts';
import { eventually } from '../processes/eventually.ts';
import { plexsync, serve } from '../processes/plexsync.ts';

const where = (servers: BothServers, env: NodeJS.ProcessEnv = {}) => ({
  env: { ...servers.env, ...env },
  cwd: servers.folder,
});

const linesOf = (text: string): readonly string[] => text.split('\n').filter(Boolean);

describe('settings that are missing or wrong', () => {
  test.each([
    ['PLEXSYNC_PLEX_URL', undefined, /^plex_url: found nothing; .+/],
    ['PLEXSYNC_PLEX_TOKEN', undefined, /^plex_token: found nothing; .+/],
    ['PLEXSYNC_STASH_URL', undefined, /^stash_url: found nothing; .+/],
    ['PLEXSYNC_PLEX_URL', 'plex:32400', /^plex_url \(PLEXSYNC_PLEX_URL\): found "plex:32400"; allowed: .+/],
    [
      'PLEXSYNC_POLL_INTERVAL',
      'soon',
      /^poll_interval \(PLEXSYNC_POLL_INTERVAL\): found "soon"; allowed: .+/,
    ],
    [
      'PLEXSYNC_FOREIGN_ENTRIES',
      'drop',
      /^foreign_entries \(PLEXSYNC_FOREIGN_ENTRIES\): found "drop"; allowed: .+/,
    ],
  ])('%s=%s: one message, and nothing is begun', async (name, value, message) => {
    const servers = await openBothServers({ files: 1 });
    for (const command of ['serve', 'sync 1']) {
      const end = await plexsync(command.split(' '), where(servers, { [name]: value }));
      expect(end).toMatchObject({ code: 2, stdout: '' });
      expect(linesOf(end.stderr)).toEqual([expect.stringMatching(message)]);
    }
    expect(servers.plex.log.requests).toEqual([]);
  });

  test('a settings file that is named and not there', async () => {
    const servers = await openBothServers({ files: 1 });
    const end = await plexsync(['serve', '--config', 'none.json'], where(servers));
    expect(end).toMatchObject({ code: 2, stderr: `${servers.folder}/none.json does not exist.\n` });
  });

  test('a command that does not exist, and one without what it needs', async () => {
    const servers = await openBothServers({ files: 1 });
    for (const line of ['snyc 1', 'sync', 'retry', 'sync eleven', 'sync 1 --all']) {
      const end = await plexsync(line.split(' '), where(servers));
      expect({ line, code: end.code }).toEqual({ line, code: 2 });
      expect(end.stderr).not.toBe('');
    }
  });
});

describe('a server that refuses', () => {
  test.each([
    ['a wrong Plex token', { PLEXSYNC_PLEX_TOKEN: 'wrong' }, 'auth', /Plex .*40[13]/],
    ['a wrong Stash key', { PLEXSYNC_STASH_API_KEY: 'wrong' }, 'auth', /Stash .*40[13]/],
    ['an unknown library', { PLEXSYNC_PLEX_LIBRARY: 'Films' }, 'settings', /plex_library.+"Films".+"Movies"/],
  ])('%s: everything waits, with one clear message', async (_, env, failureClass, message) => {
    const servers = await openBothServers({ files: 5, hasHook: true });
    const daemon = await serve(where(servers, env));
    await mutate(servers, 'bulkSceneUpdate(input: { ids: [1, 2, 3, 4], studio_id: 1 }) { id }');
    const status = await eventually(async () => {
      const { stdout } = await plexsync(['status', '--json'], where(servers));
      const read = JSON.parse(stdout) as { pauses: readonly unknown[]; queue: { pending: number } };
      expect(read).toMatchObject({ queue: { pending: 4, running: 0, dead: 0 } });
      expect(read.pauses).toHaveLength(1);
      return read;
    });
    expect(status.pauses).toMatchObject([
      { failure: { class: failureClass, message: expect.stringMatching(message) } },
    ]);
    expect((await plexsync(['status'], where(servers))).stdout).toMatch(/^PAUSED /m);
    const errors = linesOf(daemon.stderr).filter((line) => line.includes('"level":"error"'));
    expect(errors).toHaveLength(1);
    expect(servers.plex.log.counts()).toMatchObject({ edits: 0 });
    daemon.signal('SIGTERM');
    await daemon.ended;

    // Corrected.
    await serve(where(servers));
    await eventually(() => expect(servers.differences([1, 2, 3, 4])).toEqual([]));
  });

  test('without a daemon, sync says so and keeps the job', async () => {
    const servers = await openBothServers({ files: 2 });
    const refused = await plexsync(['sync', '1'], where(servers, { PLEXSYNC_PLEX_TOKEN: 'wrong' }));
    expect(refused).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/1 job to be tried again.+Paused: /),
    });
    const done = await plexsync(['sync', '1'], where(servers));
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/Nothing is left to do/) });
    expect(servers.differences([1])).toEqual([]);
  });
});

test('edits during an outage of Plex and of Stash arrive when they are back', async () => {
  const servers = await openBothServers({ files: 5, hasHook: true });
  await serve(where(servers));
  await mutate(servers, 'sceneUpdate(input: { id: 1, title: "Before" }) { id }');
  await eventually(() => expect(servers.differences([1])).toEqual([]));
  await servers.plex.goDown();
  await mutate(servers, 'bulkSceneUpdate(input: { ids: [1, 2, 3, 4], studio_id: 2 }) { id }');
  await servers.stash.goDown();
  await servers.plex.comeBack();
  await servers.stash.comeBack();
  await eventually(() => expect(servers.differences([1, 2, 3, 4])).toEqual([]));
  servers.plex.log.assertHarmless();
});
