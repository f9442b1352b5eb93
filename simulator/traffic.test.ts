import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Traffic } from './traffic.ts';

test('bytes are counted while a connection is open and stay counted when it has closed', async () => {
  const traffic = new Traffic();
  const server = createServer((_request, response) => response.end('x'.repeat(5_000)));
  traffic.watch(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await (await fetch(url)).text();
  const whileOpen = traffic.bytes();
  expect(whileOpen.received).toBeGreaterThan(30);
  expect(whileOpen.sent).toBeGreaterThan(5_000);
  expect(whileOpen.sent).toBeLessThan(5_500);
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
  expect(traffic.bytes()).toEqual(whileOpen);
});
