import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { test as testAlert } from '../../src/core/notify/alert.ts';
import { WEBHOOK_KINDS } from '../../src/core/notify/webhookAddress.ts';
import { createWebhook } from '../../src/engine/webhook.ts';
import { createHttpClient } from '../../src/http/request.ts';
import { visitor } from '../../src/server/web/dashboard/testing/visitor.ts';
import { temporaryFolder } from '../../src/store/sqlite/testing/temporaryFolder.ts';
import { giveCover, uploadsAmong } from '../sync/covers.ts';
import { png } from '../world/pictures.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

/** A server that notes who asks, and sends whoever does so to `location`. */
async function leadingTo(location: () => string) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(302, { location: location() }).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('no server leads PlexSync to another one', () => {
  test.each(['Plex', 'Stash'])(
    'a redirect of %s is told and not followed, and no token goes along',
    async (name) => {
      const inside = await leadingTo(() => '/');
      const outside = await leadingTo(() => `${inside.url}/latest/meta-data`);
      const http = createHttpClient({
        name,
        url: outside.url,
        tlsVerify: true,
        connectTimeoutMs: 2_000,
        readTimeoutMs: 2_000,
      });
      const headers = { 'x-plex-token': 'S3CRET', ApiKey: 'S3CRET' };
      const answer = await http({ method: 'GET', path: '/', headers, maxBytes: 1_000, isRead: true });
      expect(answer).toMatchObject({ failure: { kind: 'redirect' } });
      expect(inside.asked).toEqual([]);
    },
  );

  test.each(WEBHOOK_KINDS)('a webhook of the kind %s that redirects is given up', async (kind) => {
    const inside = await leadingTo(() => '/');
    const outside = await leadingTo(() => inside.url);
    const sent = await createWebhook({ url: outside.url, kind })(testAlert, 0);
    expect(sent).toMatchObject({ failure: { isFinal: true } });
    expect(inside.asked).toEqual([]);
  });

  test('the address that Stash gives for a cover is not asked, and goes to nobody', async () => {
    const inside = await leadingTo(() => '/');
    world = await openWorld({
      files: 1,
      settings: { sync_poster: true, stash_api_key: 'key-Wx27' },
      stash: { apiKey: 'key-Wx27' },
    });
    await world.edit(1, { title: `see ${inside.url}/image.jpg` });
    await giveCover(world, 1, png('a'));
    await world.work();
    expect(inside.asked).toEqual([]);
    const asked = world.plex.log.requests.map(({ path, query }) => JSON.stringify([path, query]));
    expect(uploadsAmong(world.plex.log.requests)).toHaveLength(1);
    // The title may name whatever it likes; no parameter is an address of Stash, and none its key.
    expect(
      asked.filter(
        (each) => each.includes('key-Wx27') || each.includes(new URL(world?.stash.url ?? '').host),
      ),
    ).toEqual([]);
  });
});

test('no address of the dashboard reads a file', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'secret'), 'mine');
  const { ask, signIn } = visitor();
  const outside = [
    '/assets/../../../../etc/passwd',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/....//....//etc/passwd',
    '/assets/..\\..\\windows\\win.ini',
    `/assets/${encodeURIComponent(path.join(folder, 'secret'))}`,
    '/assets//etc/passwd',
    '/assets/dashboard.js%00.css',
    '/log/download?file=/etc/passwd',
  ];
  // Before the sign-in and after it.
  for (const isIn of [false, true]) {
    if (isIn) await signIn('correct horse');
    for (const address of outside) {
      const { text, status } = await ask(address);
      expect([address, [200, 303, 401, 404].includes(status)]).toEqual([address, true]);
      expect([address, /root:|mine|\[fonts\]/.exec(text)]).toEqual([address, null]);
    }
  }
});
