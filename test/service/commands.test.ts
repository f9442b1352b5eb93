import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BothServers, numbersTo, openBothServers } from '../processes/bothServers.ts';
import { mutate } from '../processes/editStash.ts';
import { eventually } from '../processes/eventually.ts';
import { type CommandEnd, plexsync, serve } from '../processes/plexsync.ts';

const FILES = 6;

/** A PlexSync whose commands meet a daemon, or do it themselves. */
async function openService(hasDaemon: boolean, env: Readonly<Record<string, string>> = {}) {
  const servers = await openBothServers({ files: FILES });
  const where = { env: { ...servers.env, PLEXSYNC_POLL_INTERVAL: '3600', ...env }, cwd: servers.folder };
  if (hasDaemon) await serve(where);
  const run = (line: string): Promise<CommandEnd> => plexsync(line.split(' '), where);
  return {
    servers,
    run,
    text: async (line: string): Promise<string> => {
      const end = await run(line);
      expect(end).toMatchObject({ code: 0, stderr: '' });
      return end.stdout;
    },
    json: async (line: string): Promise<unknown> => {
      const end = await run(`${line} --json`);
      expect(end).toMatchObject({ code: 0, stderr: '' });
      return JSON.parse(end.stdout) as unknown;
    },
  };
}

const haveArrived = (servers: BothServers, numbers: readonly number[]): Promise<void> =>
  eventually(() => expect(servers.differences(numbers)).toEqual([]));

describe.each([
  ['to a running daemon', true],
  ['without a daemon', false],
])('commands %s', (_, hasDaemon) => {
  test('status tells of servers, queue and libraries', async () => {
    const { text, json, servers } = await openService(hasDaemon);
    expect(await text('sync 1')).toMatch(hasDaemon ? /the daemon does it now/ : /Nothing is left to do/);
    await haveArrived(servers, [1]);
    const daemon = hasDaemon ? expect.objectContaining({ pid: expect.any(Number) }) : null;
    expect(await json('status')).toMatchObject({
      daemon,
      enabled: true,
      breakers: { plex: { state: 'closed' }, stash: { state: 'closed' } },
      queue: { dead: 0 },
      index: [{ title: 'Movies', items: FILES }],
      pathMaps: [{ from: '/data', to: '/media' }],
      dataDir: servers.dataDir,
    });
    const words = await text('status');
    expect(words).toMatch(hasDaemon ? /^Daemon +PlexSync .+, running for/ : /^Daemon +not running/);
    expect(words).toMatch(/^Library +Movies: 6 items, completely read/m);
  });

  test('plan shows what sync then writes, and history what it wrote', async () => {
    const { text, json, servers } = await openService(hasDaemon);
    await mutate(servers, 'sceneUpdate(input: { id: 2, title: "As planned" }) { id }');
    expect(await json('plan 2')).toMatchObject({
      scenes: [{ sceneId: '2', failure: null, items: [{ evidence: expect.any(String) }] }],
      summary: { scenes: 1, wouldChange: 1, fields: { title: { first: 1 } } },
    });
    expect(await json('plan --all')).toMatchObject({ summary: { scenes: FILES } });
    expect(await text('plan 2')).toMatch(/title .+As planned/);
    expect(servers.plex.log.counts()).toMatchObject({ edits: 0 });

    expect(await json('sync 2')).toMatchObject({ added: 1, coalesced: 0 });
    await haveArrived(servers, [2]);
    await eventually(async () =>
      expect(await json('history 2')).toMatchObject([
        { sceneId: '2', state: 'arrived', changes: expect.arrayContaining([]) },
      ]),
    );
    expect(await text('history')).toMatch(/title .+As planned/);
    expect(await text('plan 2')).toContain('Nothing to write: all fields are the same.');
  });

  test('sync by time and of all', async () => {
    const { json, servers } = await openService(hasDaemon);
    await mutate(servers, `bulkSceneUpdate(input: { ids: [${numbersTo(3).join()}], studio_id: 1 }) { id }`);
    expect(await json('sync --recent 24h')).toMatchObject({ added: FILES });
    await haveArrived(servers, numbersTo(FILES));
    await mutate(servers, 'sceneUpdate(input: { id: 4, title: "Once more" }) { id }');
    expect(await json('sync --all')).toMatchObject({ added: 1 });
    await haveArrived(servers, numbersTo(FILES));
  });

  test('dead letters are listed with what to do, and tried again', async () => {
    const { run, text, json, servers } = await openService(hasDaemon);
    expect(await text('dead')).toBe('No dead letters.\n');
    const { id } = servers.stash.library.addScene({ title: 'Has no file' });
    // Without a daemon, what went wrong is logged by the command itself.
    expect(await run(`sync ${id}`)).toMatchObject({
      code: 0,
      stderr: hasDaemon ? '' : expect.stringMatching(/^\{"level":"warn".+has no file.+\}\n$/),
    });
    const letter = { subject: { kind: 'scene', id: String(id) }, failure: { class: 'not-syncable' } };
    await eventually(async () => expect(await json('dead')).toMatchObject([letter]));
    expect(await text('dead --kind not-syncable')).toMatch(
      /^Cannot be in Plex \(1 dead letter;.+What to do:/s,
    );
    expect(await json('dead --kind ambiguous')).toEqual([]);
    for (const which of [String(id), '--all', '--kind not-syncable']) {
      const retry = await run(`retry ${which} --json`);
      expect(JSON.parse(retry.stdout)).toMatchObject({ retried: 1 });
      await eventually(async () => expect(await json('dead')).toMatchObject([letter]));
    }
    expect(await json('retry --kind ambiguous')).toEqual({ retried: 0 });
  });

  test('queue lists what waits while Plex is away', async () => {
    const { run, text, json, servers } = await openService(hasDaemon);
    expect(await text('queue')).toBe('Nothing is queued.\n');
    await servers.plex.goDown();
    const { code } = await run('sync 1');
    expect(code).toBe(hasDaemon ? 0 : 3);
    const plex = {
      state: hasDaemon ? 'open' : 'closed',
      reason: expect.stringMatching(/^Plex refused the connection/),
    };
    await eventually(async () =>
      expect(await json('status')).toMatchObject({
        queue: { pending: 1, running: 0 },
        breakers: { plex },
      }),
    );
    expect(await json('queue')).toMatchObject([{ subject: { kind: 'scene', id: '1' }, state: 'pending' }]);
    expect(await text('queue')).toMatch(/^JOB .+\nscene 1 +pending /);
    await servers.plex.comeBack();
    if (!hasDaemon) await text('sync 1');
    await haveArrived(servers, [1]);
  });

  test('the first sync is shown before it writes, and writes when it is told to', async () => {
    const { text, json, servers } = await openService(hasDaemon, { PLEXSYNC_FIRST_SYNC: 'ask' });
    expect(await text('first-sync')).toContain('Nothing was compared yet.');
    expect(await text('sync --all')).toContain('It writes nothing yet');
    await eventually(async () => expect(await text('first-sync')).toMatch(/^Compared /));
    const shown = await text('first-sync');
    expect(shown).toMatch(/nothing was written\. 6 scenes: 6 would change, 0 in step; /);
    expect(shown).toMatch(/^studio +6 +6 first written by PlexSync$/m);
    expect(shown).toContain('The first 6 that would change, as of now:\n\nScene 1 ');
    expect(await text('status')).toMatch(/^First sync +waits for your word .*6 would change/m);
    expect(servers.plex.log.counts().edits).toBe(0);
    expect(await json('first-sync --run')).toMatchObject({ wasAsking: true, scenes: FILES });
    await haveArrived(servers, numbersTo(FILES));
    expect(await text('first-sync')).toBe(
      'The first sync is accepted: comparisons of everything write what differs.\n',
    );
  });

  test('doctor, reconcile and clear', async () => {
    const { run, text, json, servers } = await openService(hasDaemon);
    expect((await run('doctor')).stdout).toMatch(/^✓ Settings +complete$/m);
    expect(await json('reconcile')).toMatchObject({ added: 1, scenes: FILES });
    await haveArrived(servers, numbersTo(FILES));
    const { id } = servers.stash.library.addScene({ title: 'Has no file' });
    await run(`sync ${id}`);
    await eventually(async () => expect(await json('dead')).toHaveLength(1));
    expect(await json('clear dead --kind ambiguous')).toEqual({ cleared: 0 });
    expect(await json(`clear dead ${id}`)).toEqual({ cleared: 1 });
    await servers.plex.goDown();
    expect(await run('doctor')).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/^✗ Plex +Plex refused/m),
    });
    await run('sync 1');
    await eventually(async () => expect(await json('queue')).toMatchObject([{ state: 'pending' }]));
    expect(await json('clear queue')).toEqual({ cleared: 1 });
    expect(await text('queue')).toBe('Nothing is queued.\n');
  });

  test('explain and resume', async () => {
    const { text, json, servers } = await openService(hasDaemon);
    expect(await json('explain')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'plex_url', value: servers.plex.url, origin: 'PLEXSYNC_PLEX_URL' }),
      ]),
    );
    expect(await text('explain')).toMatch(/^plex_token +\S+ +PLEXSYNC_PLEX_TOKEN$/m);
    expect(await json('resume')).toEqual({ wasStopped: false, destroyedAccepted: 0 });
  });
});

test('a flag that would not reach the running daemon is refused', async () => {
  const { run } = await openService(true);
  const end = await run('sync 1 --dry-run');
  expect(end).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^A daemon runs .+--dry-run would not reach/),
  });
});

test('forget waits for the daemon to end, then leaves nothing', async () => {
  const servers = await openBothServers({ files: FILES });
  const where = { env: servers.env, cwd: servers.folder };
  const daemon = await serve(where);
  await plexsync(['sync', '1'], where);
  expect(await plexsync(['forget', '--yes'], where)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^PlexSync runs \(process \d+\): nothing was removed\. /),
  });
  daemon.signal('SIGTERM');
  await daemon.ended;
  expect((await plexsync(['forget'], where)).stdout).toContain('plexsync.db');
  expect(await plexsync(['forget', '--yes'], where)).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(servers.dataDir)).toBe(false);
});

test('a daemon that does not answer is told apart from none', async () => {
  const servers = await openBothServers({ files: FILES });
  const where = { env: servers.env, cwd: servers.folder };
  const daemon = await serve(where);
  daemon.signal('SIGSTOP');
  const end = await plexsync(['status', '--json'], where);
  daemon.signal('SIGCONT');
  expect(end.code).toBe(3);
  expect(JSON.parse(end.stdout)).toMatchObject({ error: { reason: 'unreachable' } });
  expect(end.stderr).toMatch(/^The PlexSync daemon sent nothing for 5 s: [^\n]+\n$/);
});
