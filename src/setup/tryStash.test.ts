import { expect, onTestFinished, test } from 'vitest';
import { startStashSimulator } from '../../simulator/stash/simulator.ts';
import { nobodyListens, serveHttp } from '../http/testing/loopback.ts';
import { findStash, tryStash } from './tryStash.ts';

const asking = {
  tlsVerify: true,
  connectTimeoutMs: 1000,
  readTimeoutMs: 1000,
  cutOff: new AbortController().signal,
};

test('of several addresses those are found where a Stash answers, be it locked', async () => {
  const open = await startStashSimulator({});
  const locked = await startStashSimulator({ switches: { apiKey: 'key-1', password: 'pw' } });
  const other = await serveHttp((_, response) => response.end('hello'));
  onTestFinished(async () => void (await Promise.all([open.close(), locked.close()])));
  const urls = [await nobodyListens(), locked.url, other, open.url];
  expect(await findStash(urls, asking)).toEqual([
    { url: locked.url, isLocked: true },
    { url: open.url, isLocked: false },
  ]);
  expect(await tryStash({ url: locked.url, apiKey: 'key-1' }, asking)).toMatchObject({
    ok: true,
    value: { scenes: 0 },
  });
  expect(await tryStash({ url: locked.url, apiKey: 'key-2' }, asking)).toMatchObject({
    ok: false,
    failure: { class: 'auth' },
  });
});
