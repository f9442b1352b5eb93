import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fakeOperations, quietStatus } from '../../../test/fakes/fakeOperations.ts';
import { collectLog } from '../../../test/world/collectedLog.ts';
import { fail, succeed } from '../../core/result.ts';
import { RecentLines } from '../../log/recentLines.ts';
import type { Store } from '../../store/port.ts';
import { WebPort } from './webPort.ts';
import { createWebServer, type WebSettings } from './webServer.ts';

const store = {
  meta: { get: () => Promise.resolve(null) },
  queue: { census: () => Promise.resolve([]) },
} as unknown as Store;

const pictures = {
  ofItem: () => Promise.resolve(succeed(null)),
  ofScene: () => Promise.resolve(succeed(null)),
};

async function listen(given: Partial<WebSettings>) {
  const settings = { ...LOOPBACK, ...given };
  const door = new WebPort();
  const log = collectLog([settings.http_token]);
  const listening = await createWebServer(settings, { door, recentLog: new RecentLines() }).listen(
    {
      operations: fakeOperations(),
      pictures,
      stashUrl: '',
      store,
      readiness: () => Promise.resolve(quietStatus),
    },
    { logger: log.logger, settingsPlace: { kind: 'stash', read: () => Promise.resolve(fail('none')) } },
  );
  onTestFinished(() => door.close());
  return { ...listening, door, log: () => log.lines.join('') };
}

const LOOPBACK: WebSettings = {
  http_port: 0,
  http_bind: '127.0.0.1',
  http_hosts: [],
  http_password: '',
  http_token: '',
};

test('answers over TCP; has browsers ask again while the daemon is put together anew; and is closed', async () => {
  const { url, close, door } = await listen(LOOPBACK);
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  await close();
  const meanwhile = await fetch(`${url}/`);
  expect([meanwhile.status, meanwhile.headers.get('refresh')]).toEqual([503, '1']);
  await door.close();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
});

test('a port that is taken is told in the log, and is no reason to end', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { url, log } = await listen({ ...LOOPBACK, http_port: port });
  expect(url).toBeNull();
  expect(log()).toContain(`nothing answers on http_port: 127.0.0.1:${port} cannot be used`);
});

test('an address that this machine does not have is told in the log', async () => {
  const { url, log } = await listen({ ...LOOPBACK, http_bind: '192.0.2.1' });
  expect(url).toBeNull();
  expect(log()).toContain('192.0.2.1');
});

test('beyond this machine without a token, the log says why there are no metrics', async () => {
  const { log } = await listen({ ...LOOPBACK, http_bind: '0.0.0.0' });
  expect(log()).toContain('/metrics is refused');
  expect((await listen({ ...LOOPBACK, http_bind: '0.0.0.0', http_token: 'abcdef' })).log()).not.toContain(
    'refused',
  );
});
