import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { SafetyStop } from '../../src/engine/safetyStop.ts';
import { openStore } from '../../src/store/sqlite/openStore.ts';
import { openBothServers } from '../processes/bothServers.ts';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/freePort.ts';
import { leaveHookEvent } from '../processes/hookEvent.ts';
import { plexsync, serve } from '../processes/plexsync.ts';
import { PLEX_TOKEN, SECRETS } from '../processes/secrets.ts';
import { collectLog } from '../world/collectedLog.ts';

const HTTP_TOKEN = 'scrape-token-0ddba11';
const HOOK_SECRET = 'webhook-secret-0ddba11';

interface Received {
  readonly url: string;
  readonly bodies: readonly { readonly event: string; readonly text: string }[];
}

/** A receiver of webhooks. */
async function receive(): Promise<Received> {
  const bodies: { event: string; text: string }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      bodies.push(JSON.parse(body) as { event: string; text: string });
      response.writeHead(204).end();
    });
  });
  onTestFinished(() => void server.close());
  return { bodies, url: `http://127.0.0.1:${await listen(server)}/${HOOK_SECRET}` };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

test('a running service tells programs how it is, in numbers that an edit moves, and says no secret', async () => {
  const port = await freePort();
  const servers = await openBothServers({
    files: 2,
    env: { PLEXSYNC_HTTP_PORT: String(port), PLEXSYNC_HTTP_TOKEN: HTTP_TOKEN },
  });
  const daemon = await serve({ env: servers.env, cwd: servers.folder });
  const get = async (path: string, token = HTTP_TOKEN) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.status, text: await answer.text() };
  };
  expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect(await get('/readyz')).toEqual({ status: 200, text: 'ok\n' });
  expect((await get('/metrics', 'another')).status).toBe(401);

  servers.stash.library.editScene(servers.scene(1), { title: 'As it shall be' });
  leaveHookEvent(servers.inboxDir, { type: 'Scene.Update.Post', id: 1 });
  const metrics = await eventually(async () => {
    const { text } = await get('/metrics');
    expect(text).toMatch(/plexsync_edit_to_written_seconds_count\{source="hook"\} 1\n/);
    expect(text).toMatch(/plexsync_feed_lag_seconds \d/);
    return text;
  });
  expect(metrics).toMatch(/plexsync_writes_total\{field="title"\} 1\n/);
  expect(metrics).toMatch(/plexsync_requests_total\{peer="plex",code="200"\} \d+\n/);
  expect(metrics).toMatch(/plexsync_requests_total\{peer="stash",code="200"\} \d+\n/);
  expect(metrics).toMatch(/plexsync_index_items\{library="Movies"\} 2\n/);
  for (const secret of [...SECRETS, HTTP_TOKEN, 'As it shall be', servers.folder]) {
    expect(metrics).not.toContain(secret);
    expect(daemon.stderr).not.toContain(secret === servers.folder ? HTTP_TOKEN : secret);
  }
  daemon.signal('SIGTERM');
  expect(await daemon.ended).toEqual({ code: 0, signal: null });
});

test('a service that Plex does not let in is alive and not ready', async () => {
  const port = await freePort();
  const servers = await openBothServers({
    files: 1,
    env: { PLEXSYNC_HTTP_PORT: String(port), PLEXSYNC_PLEX_TOKEN: 'not-the-token' },
  });
  await serve({ env: servers.env, cwd: servers.folder });
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  await eventually(async () => expect(await status('/readyz')).toBe(503));
  expect(await status('/healthz')).toBe(200);
});

test('a webhook is told of a safety stop by the daemon and of a test by a command; its address is said nowhere', async () => {
  const received = await receive();
  const servers = await openBothServers({ files: 1, env: { PLEXSYNC_NOTIFY_URL: received.url } });
  const where = { env: servers.env, cwd: servers.folder };
  await stopWriting(servers.dataDir);
  const daemon = await serve(where);
  await eventually(() => expect(received.bodies).toMatchObject([{ event: 'stopped' }]));
  const tested = await plexsync(['notify', '--test'], where);
  expect(tested).toMatchObject({ code: 0, stdout: 'The webhook took the notification.\n' });
  expect(received.bodies).toMatchObject([{ event: 'stopped' }, { event: 'test' }]);

  const explained = await plexsync(['explain'], where);
  for (const said of [daemon.stderr, tested.stdout, explained.stdout])
    expect(said).not.toContain(HOOK_SECRET);
  expect(JSON.stringify(received.bodies)).not.toContain(PLEX_TOKEN);
});

/** As a daemon that found a reason has left it. */
async function stopWriting(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const opened = openStore({ dataDir, now: Date.now() });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { store } = opened.value;
  await new SafetyStop({ meta: store.meta, clock: systemClock, logger: collectLog([]).logger }).engage({
    kind: 'safety',
    reason: 'Why',
  });
  await store.close();
}

test('a webhook that does not take it is told in words that do not hold its address', async () => {
  const servers = await openBothServers({
    files: 1,
    env: { PLEXSYNC_NOTIFY_URL: `http://127.0.0.1:${await freePort()}/${HOOK_SECRET}` },
  });
  const where = { env: servers.env, cwd: servers.folder };
  const tested = await plexsync(['notify', '--test'], where);
  expect(tested.code).not.toBe(0);
  expect(tested.stderr).toContain(
    'The notification did not get through: the webhook does not answer (refused).',
  );
  expect(tested.stderr + tested.stdout).not.toContain(HOOK_SECRET);

  const unset = await plexsync(['notify', '--test'], {
    ...where,
    env: { ...where.env, PLEXSYNC_NOTIFY_URL: '' },
  });
  expect(unset.stderr).toContain('notify_url is not set');
  const wrong = await plexsync(['notify', '--test'], {
    ...where,
    env: { ...where.env, PLEXSYNC_NOTIFY_URL: `file:///${HOOK_SECRET}` },
  });
  expect(wrong.stderr).toContain('notify_url (PLEXSYNC_NOTIFY_URL): found a value that is not shown');
  expect(wrong.stderr).not.toContain(HOOK_SECRET);
});
