import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { apiKeySignIn } from './signIn.ts';
import { createStashEvents } from './stashEvents.ts';

/** Of a connection on which somebody says this. */
async function endAfter(said: string): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => socket.once('message', () => socket.send(said)));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const listen = createStashEvents({
    url,
    signIn: apiKeySignIn(''),
    tlsVerify: true,
    connectTimeoutMs: 5_000,
  });
  const { signal } = new AbortController();
  return (await listen({ signal, onOpen: () => undefined, onEvent: () => undefined })).why;
}

test('what is no message of the protocol ends the connection, in some words', async () => {
  expect((await endAfter(JSON.stringify({ type: 'x'.repeat(100_000) }))).length).toBeLessThan(400);
});

test('one whose characters take several bytes does so, too, and not the process', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  expect(await endAfter(JSON.stringify({ type: '€'.repeat(60) }))).toContain('€€€');
  expect(uncaught).toEqual([]);
});
