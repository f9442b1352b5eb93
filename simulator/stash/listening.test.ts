import { describe, expect, onTestFinished, test } from 'vitest';
import { askStash } from './askStash.ts';
import { type StashSimulatorOptions, startStashSimulator } from './simulator.ts';

const start = async (options: StashSimulatorOptions) => {
  const stash = await startStashSimulator(options);
  onTestFinished(() => stash.close());
  return stash;
};
const VERSION = { query: '{ version { hash } }' };

describe('Stash listens on loopback', () => {
  test.each([
    [undefined, 'http://127.0.0.1'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['0.0.0.0', 'http://127.0.0.1'],
    ['[::]', 'http://[::1]'],
    ['[::1]', 'http://[::1]'],
  ])('when told to bind to %s', async (host, expected) => {
    const stash = await start(host === undefined ? {} : { host });
    expect(stash.url).toBe(`${expected}:${stash.port}`);
    expect((await askStash(stash.url, VERSION)).status).toBe(200);
  });

  test('but not when an address of IPv6 lacks its brackets', async () => {
    await expect(startStashSimulator({ host: '::' })).rejects.toThrow('too many colons in address');
  });

  test('with a certificate that nobody else has signed', async () => {
    const stash = await start({ isSecure: true });
    expect(stash.url).toMatch(/^https:/);
    expect((await askStash(stash.url, VERSION)).status).toBe(200);
    const refused = await fetch(stash.url).catch((error: Error) => error.cause);
    expect(refused).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  test('again on the same port after it was down', async () => {
    const stash = await start({ isSecure: true, host: '[::]' });
    await stash.goDown();
    await expect(askStash(stash.url, VERSION)).rejects.toThrow('ECONNREFUSED');
    await stash.comeBack();
    expect((await askStash(stash.url, VERSION)).status).toBe(200);
  });
});

test('its answers bear the time of its own clock', async () => {
  const stash = await start({ clock: () => 1_000_000, switches: { clockAheadMs: 5_000 } });
  const answer = await fetch(`${stash.url}/healthz`);
  expect(answer.headers.get('date')).toBe(new Date(1_005_000).toUTCString());
});
