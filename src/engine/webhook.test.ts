import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { test as testAlert } from '../core/notify/alert.ts';
import type { WebhookKind } from '../core/notify/webhookAddress.ts';
import { nobodyListens, serveHttp, serveHttps } from '../http/testing/loopback.ts';
import { createWebhook } from './webhook.ts';

const SECRET = 'hook-secret-7d0d0';

/** Sends to an address that is all secret; no words about it may hold any of that. */
async function send(server: string, kind: WebhookKind = 'json') {
  const url = new URL(`/hooks/${SECRET}?token=${SECRET}`, server);
  url.username = 'me';
  url.password = SECRET;
  const sent = await createWebhook({ url: url.href, kind })(testAlert, 0);
  if (!sent.ok) expect(sent.failure.words).not.toMatch(/hook-secret|hooks|127\.0\.0\.1|token/);
  return sent;
}

test('sends the whole address, with its sign-in and its query, and the form of the receiver', async () => {
  const got: { url?: string | undefined; headers?: IncomingHttpHeaders; body: string } = { body: '' };
  const url = await serveHttp((request, response) => {
    got.url = request.url;
    got.headers = request.headers;
    request.setEncoding('utf8').on('data', (text: string) => {
      got.body += text;
    });
    request.on('end', () => response.writeHead(204).end());
  });
  expect(await send(url, 'ntfy')).toMatchObject({ ok: true });
  expect(got).toMatchObject({
    url: `/hooks/${SECRET}?token=${SECRET}`,
    headers: {
      authorization: `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`,
      title: testAlert.title,
    },
    body: testAlert.text,
  });
});

describe('what it says of a failure', () => {
  test.each([
    [400, true],
    [401, true],
    [404, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('an answer of %i, final: %s', async (status, isFinal) => {
    const url = await serveHttp((_, response) => response.writeHead(status).end(SECRET));
    expect(await send(url)).toMatchObject({
      failure: { words: `the webhook answered ${status}`, isFinal },
    });
  });

  test('how long it is to wait', async () => {
    const url = await serveHttp((_, response) => response.writeHead(429, { 'retry-after': '7' }).end());
    expect(await send(url)).toMatchObject({ failure: { retryAfterMs: 7_000 } });
  });

  test('a redirect is not followed', async () => {
    let asked = 0;
    const other = await serveHttp((_, response) => {
      asked++;
      response.end();
    });
    const url = await serveHttp((_, response) => response.writeHead(307, { location: other }).end());
    expect(await send(url)).toMatchObject({ failure: { isFinal: true } });
    expect(asked).toBe(0);
  });

  test('nobody listens, or the certificate is nobody’s', async () => {
    expect(await send(await nobodyListens())).toMatchObject({ failure: { isFinal: false } });
    expect(await send(await serveHttps((_, response) => response.end()))).toMatchObject({
      failure: { isFinal: false },
    });
  });
});

test('an answer that is longer than is read is a good one all the same', async () => {
  const url = await serveHttp((_, response) => response.end('x'.repeat(100_000)));
  expect(await send(url)).toMatchObject({ ok: true });
});
