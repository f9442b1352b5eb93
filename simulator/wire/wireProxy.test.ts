import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWireProxy, type WireProxy } from './wireProxy.ts';

const BODY = 'x'.repeat(2_000);

/** What the server behind the wire has read to its end. */
let served: string[];
let wire: WireProxy;
let agent: Agent;
let close: () => Promise<void>;

beforeEach(async () => {
  served = [];
  const server = createServer((asked, answer) => {
    asked.on('error', () => undefined);
    asked.resume().on('end', () => {
      served.push(`${asked.method} ${asked.url}`);
      answer.end(BODY);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  wire = await startWireProxy({
    port: (server.address() as AddressInfo).port,
    random: () => 0.5,
    now: () => 7,
  });
  agent = new Agent({ keepAlive: true });
  close = async () => {
    agent.destroy();
    await wire.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => close());

/** The body, or the code of what went wrong. */
async function ask(path = '/', timeout = 5_000): Promise<string> {
  const asked = get(`${wire.url}${path}`, { agent, timeout });
  asked.on('timeout', () => asked.destroy(Object.assign(new Error('silence'), { code: 'SILENCE' })));
  // Told to the answer as well, once that has begun.
  asked.on('error', () => undefined);
  try {
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let body = '';
    for await (const piece of answer.setEncoding('latin1')) body += String(piece);
    return body;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

test('lets everything pass, and tells what was asked and when', async () => {
  expect([await ask('/one?a=b'), await ask('/two')]).toEqual([BODY, BODY]);
  expect(wire.requests).toEqual([
    { method: 'GET', path: '/one?a=b', isWebSocket: false, at: 7 },
    { method: 'GET', path: '/two', isWebSocket: false, at: 7 },
  ]);
  expect(wire.connections).toEqual({ tried: 1, open: 1, openAtMost: 1 });
  expect(wire.hits).toBe(0);
});

describe.each([
  ['refuse', { kind: 'refuse' }, 'ECONNREFUSED'],
  ['reset', { kind: 'reset' }, 'ECONNRESET'],
  ['cut-answer', { kind: 'cut-answer', within: 1_000 }, 'ECONNRESET'],
  ['cut-answer at once', { kind: 'cut-answer', within: 0 }, 'ECONNRESET'],
  ['reset-answer', { kind: 'reset-answer', within: 1_000 }, 'ECONNRESET'],
  ['garbage at once', { kind: 'garbage', within: 0 }, 'HPE_INVALID_CONSTANT'],
] as const)('%s', (_, trouble, code) => {
  test('is met by who asks, also on a connection that was good, and is over when it is', async () => {
    expect(await ask()).toBe(BODY);
    await wire.suffer(trouble);
    // A connection that was kept is found dead by the first one.
    await ask();
    expect(await ask()).toBe(code);
    await wire.suffer({ kind: 'none' });
    expect(await ask()).toBe(BODY);
  });
});

test('a black hole swallows, and what was lost in it stays lost', async () => {
  await wire.suffer({ kind: 'black-hole' });
  const lost = ask('/lost', 500);
  await expect.poll(() => wire.hits).toBe(1);
  await wire.suffer({ kind: 'none' });
  expect(await ask('/later')).toBe(BODY);
  expect(await lost).toBe('SILENCE');
  expect(served).toEqual(['GET /later']);
  expect(wire.requests.map(({ path }) => path)).toEqual(['/lost', '/later']);
});

test('a request that is reset in its middle never gets to the server whole', async () => {
  await wire.suffer({ kind: 'reset-request', within: 400 });
  const sent = request(`${wire.url}/upload`, { method: 'POST', agent }).end('y'.repeat(1_000));
  await expect(once(sent, 'response')).rejects.toMatchObject({ code: 'ECONNRESET' });
  await wire.suffer({ kind: 'none' });
  await ask();
  expect(served).toEqual(['GET /']);
});

test('garbage in the middle of an answer is as long as it is drawn', async () => {
  await wire.suffer({ kind: 'garbage', within: 1_000 });
  expect(await ask()).not.toBe(BODY);
  expect(wire.hits).toBe(1);
});

test.each([
  ['lag', { kind: 'lag', ms: 60 }, 120],
  ['throttle', { kind: 'throttle', bytesPerSecond: 20_000 }, 100],
] as const)('%s makes an answer late and leaves it whole', async (_, trouble, atLeastMs) => {
  await wire.suffer(trouble);
  const startedAt = performance.now();
  expect(await ask()).toBe(BODY);
  expect(performance.now() - startedAt).toBeGreaterThan(atLeastMs - 5);
});
