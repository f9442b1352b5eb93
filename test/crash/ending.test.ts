import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BothServers, numbersTo, openBothServers } from '../processes/bothServers.ts';
import type { ChildProcess } from '../processes/childProcess.ts';
import { eventually } from '../processes/eventually.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { plexsync, serve } from '../processes/plexsync.ts';

const FILES = 5;
/** The grace that requests under way have, and time for a busy machine. Docker kills after 10 s. */
const ENDS_WITHIN_MS = 8_000;

const where = (servers: BothServers) => ({ env: servers.env, cwd: servers.folder });

function editAll(servers: BothServers, title: string): void {
  for (const number of numbersTo(FILES)) {
    const scene = servers.scene(number);
    servers.stash.library.editScene(scene, { title: `${title} ${number}` });
    leaveHookEvent(servers.inboxDir, { type: 'Scene.Update.Post', id: scene.id });
  }
}

const expectArrival = (servers: BothServers): Promise<void> =>
  eventually(() => expect(servers.differences(numbersTo(FILES))).toEqual([]));

async function endByTerm(daemon: ChildProcess): Promise<number> {
  const startedAt = performance.now();
  daemon.signal('SIGTERM');
  expect(await daemon.ended).toEqual({ code: 0, signal: null });
  expect(daemon.stderr).toContain('"PlexSync has ended"');
  return performance.now() - startedAt;
}

describe('SIGTERM', () => {
  test('ends an idle daemon at once and leaves no sign of life', async () => {
    const servers = await openBothServers({ files: FILES });
    const daemon = await serve(where(servers));
    const alive = path.join(servers.inboxDir, 'alive');
    await eventually(() => expect(existsSync(alive)).toBe(true));
    await endByTerm(daemon);
    expect(existsSync(alive)).toBe(false);
    expect(existsSync(path.join(servers.dataDir, 'control.sock'))).toBe(false);
    expect(existsSync(path.join(servers.dataDir, 'daemon.json'))).toBe(false);
  });

  test.each([
    ['takes edits and never answers', { fault: 'never', method: 'PUT' }],
    ['never answers anything', { fault: 'never' }],
    ['trickles', { fault: 'trickle', argument: 10_000 }],
  ] as const)('does not wait for a Plex that %s, and what was under way arrives later', async (_, fault) => {
    const servers = await openBothServers({ files: FILES });
    const script = servers.plex.faults.add({ ...fault, count: Number.POSITIVE_INFINITY });
    const daemon = await serve(where(servers));
    editAll(servers, 'Black hole');
    await eventually(() => expect(script.hits).toBeGreaterThan(0));
    expect(await endByTerm(daemon)).toBeLessThan(ENDS_WITHIN_MS);

    servers.plex.faults.clear();
    await serve(where(servers));
    await expectArrival(servers);
    servers.plex.log.assertHarmless();
  });

  test('does not wait for a Stash that never answers', async () => {
    const servers = await openBothServers({ files: FILES });
    servers.stash.faults.add({ fault: 'silent' });
    const daemon = await serve(where(servers));
    editAll(servers, 'Silence');
    // The first question to Stash follows on it.
    await eventually(() => expect(servers.plex.log.requests.length).toBeGreaterThan(0));
    expect(await endByTerm(daemon)).toBeLessThan(ENDS_WITHIN_MS);
    expect(servers.stash.log.requests).not.toEqual([]);
    expect(servers.stash.log.requests.every(({ status }) => status === null)).toBe(true);
  });

  test('lets an edit that is under way come to its end', async () => {
    const servers = await openBothServers({ files: FILES });
    const slow = { fault: 'delay', argument: 800, method: 'PUT' } as const;
    const script = servers.plex.faults.add(slow);
    const daemon = await serve(where(servers));
    editAll(servers, 'Slow');
    await eventually(() => expect(script.hits).toBe(1));
    await endByTerm(daemon);
    const history = await plexsync(['history', '--json'], where(servers));
    const entries = JSON.parse(history.stdout) as readonly { readonly state: string }[];
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map(({ state }) => state))).toEqual(new Set(['arrived']));
  });
});

test('a killed daemon leaves its sign of life, which runs out by itself; the next one renews it', async () => {
  const servers = await openBothServers({ files: FILES });
  const daemon = await serve(where(servers));
  const alive = path.join(servers.inboxDir, 'alive');
  await eventually(() => expect(existsSync(alive)).toBe(true));
  daemon.signal('SIGKILL');
  await daemon.ended;
  const aliveForMs = statSync(alive).mtimeMs - Date.now();
  expect(aliveForMs).toBeLessThanOrEqual(15_000);
  const next = await serve(where(servers));
  await endByTerm(next);
  expect(existsSync(alive)).toBe(false);
});

test('what hooks left while no daemon ran, not even once, is taken by the next', async () => {
  const servers = await openBothServers({ files: FILES });
  editAll(servers, 'Before the first start');
  const first = await serve(where(servers));
  await expectArrival(servers);
  await endByTerm(first);
  editAll(servers, 'Between two starts');
  await serve(where(servers));
  await expectArrival(servers);
});

test('a second daemon on a data folder waits for it in vain, and is refused in one sentence that names the holder', async () => {
  const servers = await openBothServers({ files: FILES });
  const first = await serve(where(servers));
  const second = await plexsync(['serve'], where(servers));
  expect(second).toMatchObject({ code: 1, stdout: '' });
  const [waits = '', ...refusal] = second.stderr.split(/(?<=\n)/);
  expect(JSON.parse(waits)).toMatchObject({ level: 'info', process: first.pid });
  expect(refusal.join('')).toMatch(
    new RegExp(
      `^Another PlexSync is using the data folder ${servers.dataDir} \\(process ${first.pid}, since [^)]+\\)\\. ` +
        'Stop it, or set data_dir to another folder\\.\\n$',
    ),
  );
  editAll(servers, 'Still at work');
  await expectArrival(servers);
});
