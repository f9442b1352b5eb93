import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type StashSimulator, startStashSimulator } from './simulator.ts';

let nowMs = Date.parse('2026-11-24T03:00:00Z');
let stash: StashSimulator;
beforeEach(async () => {
  stash = await startStashSimulator({ clock: () => nowMs, switches: { apiKey: 'right' } });
});
afterEach(() => stash.close());

const ask = (headers: Record<string, string> = {}, path = '/graphql') =>
  fetch(`${stash.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: '{"query":"{ version { hash } }"}',
    redirect: 'manual',
  });
const statusOf = async (headers: Record<string, string> = {}, path?: string) =>
  (await ask(headers, path)).status;
const signIn = async (password: string) => {
  const form = new URLSearchParams({ username: 'stash', password });
  const answer = await fetch(`${stash.url}/login`, { method: 'POST', body: form, redirect: 'manual' });
  return { status: answer.status, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
};

describe('without a password', () => {
  test('everybody is let in, but a key that is sent must be right', async () => {
    expect(await statusOf()).toBe(200);
    expect(await statusOf({ ApiKey: 'right' })).toBe(200);
    expect(await statusOf({}, '/graphql?apikey=right')).toBe(200);
    expect(await statusOf({ ApiKey: 'wrong' })).toBe(401);
    expect(await statusOf({}, '/graphql?apikey=wrong')).toBe(401);
  });

  test.each(['192.168.1.2', '10.0.0.1, 127.0.0.1', '100.64.3.4', 'fd00::1'])(
    'a request that came by way of %s is let in',
    async (forwarded) => {
      expect(await statusOf({ 'X-Forwarded-For': forwarded })).toBe(200);
    },
  );

  test.each(['8.8.8.8', '10.0.0.1, 8.8.8.8', '2001:db8::1', 'garbage'])(
    'one request that came by way of %s shuts everybody out',
    async (forwarded) => {
      expect(await statusOf({ 'X-Forwarded-For': forwarded })).toBe(403);
      expect(await statusOf()).toBe(403);
    },
  );
});

describe('with a password', () => {
  beforeEach(() => {
    stash.switches.password = 'secret';
  });

  test('a request needs the key or a session; else it is refused without a word', async () => {
    const refused = await ask();
    expect([refused.status, await refused.text()]).toEqual([401, '']);
    expect(await statusOf({ ApiKey: 'right' })).toBe(200);
    const { cookie } = await signIn('secret');
    expect(await statusOf({ Cookie: cookie })).toBe(200);
    expect(await statusOf({ Cookie: cookie, ApiKey: 'wrong' })).toBe(401);
    expect(await statusOf({ Cookie: 'session=garbage' })).toBe(401);
  });

  test('the right one gives a session; an older Stash leads on to a page', async () => {
    expect((await signIn('secret')).status).toBe(200);
    stash.switches.olderStash = true;
    expect((await signIn('secret')).status).toBe(302);
  });

  test('a wrong one gives no session', async () => {
    expect(await signIn('guess')).toEqual({ status: 401, cookie: '' });
  });

  test('a page redirects to the sign-in, which is HTML', async () => {
    const page = await ask({}, '/scenes?page=2');
    expect([page.status, page.headers.get('location')]).toEqual([
      302,
      '/login?returnURL=%2Fscenes%3Fpage%3D2',
    ]);
  });

  test('a session lasts an hour from its last use', async () => {
    const { cookie } = await signIn('secret');
    nowMs += 3_599_000;
    const used = await ask({ Cookie: cookie });
    expect(used.status).toBe(200);
    nowMs += 3_599_000;
    expect(await statusOf({ Cookie: cookie })).toBe(401);
    expect(await statusOf({ Cookie: used.headers.get('set-cookie')?.split(';')[0] ?? '' })).toBe(200);
  });

  test('the health check needs none', async () => {
    expect((await fetch(`${stash.url}/healthz`)).status).toBe(200);
  });

  test('one that comes from outside is let in with the key', async () => {
    expect(await statusOf({ ApiKey: 'right', 'X-Forwarded-For': '8.8.8.8' })).toBe(200);
  });
});
