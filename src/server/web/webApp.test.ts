import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { fakeOperations, quietStatus } from '../../../test/fakes/fakeOperations.ts';
import { collectLog } from '../../../test/world/collectedLog.ts';
import type { Status } from '../../engine/operations.ts';
import type { AccessSettings } from './access.ts';
import { createMetrics } from './metrics/metrics.ts';
import { type WebAppOptions, webApp } from './webApp.ts';

const TOKEN = 'scrape-me-7d0d0';
const log = collectLog([TOKEN]);
const LOOPBACK = { http_bind: '127.0.0.1', http_hosts: [], http_password: '', http_token: '' };

function appWith(
  status: Partial<Status> = {},
  { access, ...options }: Partial<Omit<WebAppOptions, 'access'>> & { access?: Partial<AccessSettings> } = {},
) {
  const app = webApp({
    operations: fakeOperations({ status: () => Promise.resolve({ ...quietStatus, ...status }) }),
    readiness: () => Promise.resolve({ ...quietStatus, ...status }),
    store: { meta: { get: () => Promise.resolve(null) }, queue: { census: () => Promise.resolve([]) } },
    metrics: createMetrics(),
    access: { ...LOOPBACK, ...access },
    dashboard: new Hono(),
    now: () => 0,
    logger: log.logger,
    ...options,
  });
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.request(path, { headers: { host: '127.0.0.1:7475', ...headers } });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
}

describe('/healthz', () => {
  test('is ok where the database answers, whatever waits', async () => {
    const get = appWith({ setup: { problems: ['plex_url: found nothing'] } });
    expect(await get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  test('is not where it does not, and says no more than that', async () => {
    const broken = () => Promise.reject(new Error('/home/me/plexsync.db is malformed'));
    const get = appWith({}, { store: { meta: { get: broken }, queue: { census: broken } } });
    expect(await get('/healthz')).toMatchObject({ status: 503, text: 'not ok: see the log\n' });
    expect(log.lines.join('')).toContain('plexsync.db is malformed');
  });
});

describe('/readyz', () => {
  const reason = 'GET http://plex.example:32400/ said "secret words"';
  const open = { state: 'open', openedAt: 0, probeAt: 0, opened: 1, reason } as const;
  const closed = { state: 'closed', failuresInRow: 3, reason } as const;
  const paused = (kind: 'auth' | 'settings', peer: 'plex' | 'stash') =>
    ({ failure: { class: kind, peer, message: reason }, since: 0 }) as const;

  test.each<[string, Partial<Status>, number, string]>([
    ['work goes on', {}, 200, 'ok'],
    ['a server fails now and then', { breakers: { plex: closed, stash: closed } }, 200, 'ok'],
    ['it is switched off', { enabled: false, dryRun: true }, 200, 'ok'],
    ['there are warnings and dead letters', { warnings: [reason] }, 200, 'ok'],
    ['settings are missing', { setup: { problems: [reason] } }, 503, 'not ready: not set up'],
    [
      'a safety stop stands',
      { stop: { kind: 'safety', reason, advice: reason, since: 0 } },
      503,
      'not ready: stopped until a person says how to go on',
    ],
    ['Plex is away', { breakers: { plex: open, stash: closed } }, 503, 'not ready: Plex is unreachable'],
    [
      'Stash is away, and Plex lets nobody in',
      { breakers: { plex: closed, stash: open }, pauses: [paused('auth', 'plex')] },
      503,
      'not ready: Plex refuses the sign-in; Stash is unreachable',
    ],
    [
      'a library is not there',
      { pauses: [paused('settings', 'plex')] },
      503,
      'not ready: settings do not fit Plex',
    ],
  ])('when %s', async (_, status, code, words) => {
    expect(await appWith(status)('/readyz')).toMatchObject({ status: code, text: `${words}\n` });
  });
});

describe('/metrics', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test('needs no token on loopback where none is set', async () => {
    const { status, text, headers } = await appWith()('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('plexsync_info{version="1.2.3"} 1\n');
  });

  test.each([
    ['is refused beyond loopback without http_token', '0.0.0.0', '', {}, 403],
    ['is refused beyond loopback without http_token, whatever is sent', '0.0.0.0', '', bearer(''), 403],
    ['asks for the token beyond loopback', '0.0.0.0', TOKEN, {}, 401],
    ['asks for the token on loopback, too, where one is set', '127.0.0.1', TOKEN, {}, 401],
    ['takes no other token', '0.0.0.0', TOKEN, bearer(`${TOKEN}x`), 401],
    ['takes no part of it', '0.0.0.0', TOKEN, bearer(TOKEN.slice(0, -1)), 401],
    ['takes it as a bearer token only', '0.0.0.0', TOKEN, { authorization: `Basic ${TOKEN}` }, 401],
    ['takes the token', '0.0.0.0', TOKEN, bearer(TOKEN), 200],
  ])('%s', async (_, bind, token, headers, code) => {
    const answer = await appWith({}, { access: { http_bind: bind, http_token: token } })('/metrics', headers);
    expect(answer.status).toBe(code);
    expect(answer.text).not.toContain(TOKEN);
  });

  test('says no secret, title, path or address that the state holds', async () => {
    const secret = 'http://plex.example/?X-Plex-Token=abc /data/a.mp4 "A title"';
    const { text } = await appWith({
      dataDir: secret,
      inboxDir: secret,
      warnings: [secret],
      setup: { problems: [secret] },
      stop: { kind: 'safety', reason: secret, advice: secret, since: 0 },
      pauses: [{ failure: { class: 'auth', message: secret, peer: 'plex' }, since: 0 }],
      pathMaps: [{ from: secret, to: secret, support: 1 }],
      breakers: {
        plex: { state: 'open', openedAt: 0, probeAt: 0, opened: 1, reason: secret },
        stash: { state: 'closed', failuresInRow: 1, reason: secret },
      },
    })('/metrics');
    for (const part of ['plex.example', 'Token', '/data', 'title']) expect(text).not.toContain(part);
  });
});

describe('a page of a stranger in a user’s browser', () => {
  const foreign = { host: 'rebind.example.com:7475' };

  test.each(['/healthz', '/readyz', '/metrics', '/'])(
    'gets nothing of %s by a name of its own',
    async (path) => {
      expect((await appWith()(path, foreign)).status).toBe(421);
    },
  );

  test('is not what is asked by a name of http_hosts', async () => {
    const get = appWith({}, { access: { http_hosts: ['Rebind.example.com'] } });
    expect((await get('/healthz', foreign)).status).toBe(200);
  });

  test('is not what sends the token: any name does then', async () => {
    const get = appWith({}, { access: { http_token: TOKEN } });
    expect((await get('/metrics', { ...foreign, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });
});

test('other paths are not there, and other methods neither', async () => {
  expect((await appWith()('/')).status).toBe(404);
});
